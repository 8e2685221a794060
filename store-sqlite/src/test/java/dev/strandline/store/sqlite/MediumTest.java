package dev.strandline.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.strandline.error.StoreException;
import dev.strandline.error.StoreReadOnlyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store on a medium that cannot be written. Needs the right to mount one. */
class MediumTest {
  @TempDir private Path folder;
  private Path medium;
  private boolean isMounted;

  @BeforeEach
  void mount() throws Exception {
    medium = Files.createDirectory(folder.resolve("medium"));
    assumeTrue(System.getProperty("os.name").equals("Linux"));
    isMounted = run("mount", "-t", "tmpfs", "tmpfs", medium.toString());
    assumeTrue(isMounted, "this account may not mount anything");
  }

  @AfterEach
  void unmount() throws Exception {
    if (isMounted) {
      run("umount", medium.toString());
    }
  }

  private static boolean run(String... command) throws Exception {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void protect() throws Exception {
    assertThat(run("mount", "-o", "remount,ro", medium.toString())).isTrue();
  }

  private Path store() {
    Path file = folder.resolve("made.db");
    try (SqliteStore store = SqliteStore.open(file)) {
      store.write(
          writer -> {
            writer.putOwner(new dev.strandline.spi.StoreOwner("account", null));
            return writer;
          });
    }
    return file;
  }

  @Test
  void aStoreOnAReadOnlyMediumIsRead() throws Exception {
    Path file = Files.copy(store(), medium.resolve("x.db"));
    protect();
    for (int time = 0; time < 2; time++) {
      try (SqliteStore store = SqliteStore.openReadOnly(file)) {
        String account = store.read(reader -> reader.owner().orElseThrow().account());
        assertThat(account).isEqualTo("account");
        String queried =
            store.query((reader, connection) -> reader.owner().orElseThrow().account());
        assertThat(queried).isEqualTo("account");
        assertThat(store.check()).isEmpty();
      }
    }
  }

  @Test
  void whatOnlyTheLogHoldsIsNotReadOverButToldOf() throws Exception {
    Path file = folder.resolve("made.db");
    try (SqliteStore store = SqliteStore.open(file)) {
      store.write(
          writer -> {
            writer.putOwner(new dev.strandline.spi.StoreOwner("account", null));
            return writer;
          });
      Files.copy(file, medium.resolve("x.db"));
      Files.copy(folder.resolve("made.db-wal"), medium.resolve("x.db-wal"));
    }
    protect();
    assertThatThrownBy(() -> SqliteStore.openReadOnly(medium.resolve("x.db")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("read-only file system")
        .hasMessageContaining("-wal")
        .hasMessageContaining("Copy");
  }

  @Test
  void writingThereIsRefusedInOneSentence() throws Exception {
    Path file = Files.copy(store(), medium.resolve("x.db"));
    protect();
    assertThatThrownBy(() -> SqliteStore.open(file))
        .isInstanceOf(StoreReadOnlyException.class)
        .hasMessageContaining("cannot be written")
        .hasMessageNotContaining("java.");
  }
}
