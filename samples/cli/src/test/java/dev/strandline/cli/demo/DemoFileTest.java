package dev.strandline.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.cli.Problem;
import dev.strandline.spi.StoreOwner;
import dev.strandline.store.sqlite.SqliteStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFileTest {
  @TempDir private Path folder;

  private Path storeOf(String serverId) {
    Path file = folder.resolve("some.db");
    try (SqliteStore store = SqliteStore.open(file)) {
      store.write(
          writer -> {
            writer.putOwner(new StoreOwner("account", serverId));
            return writer;
          });
    }
    return file;
  }

  @Test
  void aFormerDemonstrationIsReplaced() {
    Path file = storeOf("fake-1");
    assertThat(DemoFile.clear(file, "fake-1")).isTrue();
    assertThat(file).doesNotExist();
    assertThat(DemoFile.clear(file, "fake-1")).isFalse();
  }

  @Test
  void somebodysDatabaseIsNeverTouched() {
    Path file = storeOf("another");
    assertThatThrownBy(() -> DemoFile.clear(file, "fake-1")).isInstanceOf(Problem.class);
    assertThat(file).exists();
  }

  @Test
  void neitherIsAnyOtherFile() throws Exception {
    Path file = folder.resolve("letter.txt");
    Files.writeString(file, "dear friend");
    assertThatThrownBy(() -> DemoFile.clear(file, "fake-1")).isInstanceOf(Problem.class);
    assertThat(Files.readString(file)).isEqualTo("dear friend");
    assertThatThrownBy(() -> DemoFile.clear(folder, "fake-1")).isInstanceOf(Problem.class);
  }
}
