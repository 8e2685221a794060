package dev.strandline.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.strandline.error.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where SQLite's library is unpacked to. It is loaded once in a process, so in one of its own. */
class NativeLibraryTest {
  @TempDir private Path folder;
  private Path temporary;

  @BeforeEach
  void makeFolder() throws IOException {
    temporary = Files.createDirectory(folder.resolve("temporary files"));
  }

  /** Opens a store in a process of its own, and answers all that it says. */
  private String opening(String property, Path value) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-D" + property + "=" + value,
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Opening.class.getName(),
                folder.resolve("x.db").toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    // Newer Java warns of native code unless it is told not to.
    return String.join("\n", said.lines().filter(line -> !line.startsWith("WARNING:")).toList())
        .strip();
  }

  /** Opens a store for reading, as commands do. */
  static final class Opening {
    private Opening() {}

    public static void main(String[] args) {
      try (SqliteStore store = SqliteStore.open(Path.of(args[0]))) {
        boolean isEmpty = store.read(reader -> reader.owner().isEmpty());
        System.out.println(
            (isEmpty ? "opened " : "found ") + System.getProperty("org.sqlite.lib.path"));
      } catch (StoreException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private static List<Path> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(each -> !each.getFileName().toString().startsWith("hsperf")).toList();
    }
  }

  @Test
  void nothingIsLeftWhereItWasUnpacked() throws Exception {
    assertThat(opening("java.io.tmpdir", temporary)).isEqualTo("opened null");
    assertThat(in(temporary)).isEmpty();
    assertThat(opening("org.sqlite.tmpdir", temporary)).isEqualTo("opened null");
    assertThat(in(temporary)).isEmpty();
  }

  @Test
  void whatAKilledProcessLeftBehindIsRemoved() throws Exception {
    Path stale = Files.createDirectory(temporary.resolve("strandline-native-1"));
    Files.createFile(stale.resolve("libsqlitejdbc.so"));
    Files.setLastModifiedTime(stale, FileTime.from(Instant.now().minusSeconds(86_400)));
    Path fresh = Files.createDirectory(temporary.resolve("strandline-native-2"));
    Path others = Files.createDirectory(temporary.resolve("strandline"));

    assertThat(opening("java.io.tmpdir", temporary)).startsWith("opened");
    assertThat(in(temporary)).containsExactlyInAnyOrder(fresh, others);
  }

  @Test
  void aFolderThatIsNotThereIsNamedInOneLineWithTheProperty() throws Exception {
    assertThat(opening("java.io.tmpdir", folder.resolve("none")))
        .contains(folder.resolve("none").toString())
        .contains("there is no such folder")
        .contains("org.sqlite.tmpdir")
        .doesNotContain("\n");
  }

  @Test
  void aFolderThatMayHoldNoProgramsIsNamedInOneLineWithTheProperty() throws Exception {
    assumeTrue(System.getProperty("os.name").equals("Linux"));
    assumeTrue(mount("noexec"), "this account may not mount anything");
    try {
      assertThat(opening("java.io.tmpdir", temporary))
          .contains(temporary.toString())
          .contains("noexec")
          .contains("org.sqlite.tmpdir")
          .doesNotContain("\n");
      assertThat(in(temporary)).isEmpty();
    } finally {
      unmount();
    }
  }

  @Test
  void aFullFolderIsNamedInOneLineWithTheProperty() throws Exception {
    assumeTrue(System.getProperty("os.name").equals("Linux"));
    assumeTrue(mount("size=64k"), "this account may not mount anything");
    try {
      assertThat(opening("java.io.tmpdir", temporary))
          .contains("no room")
          .contains("org.sqlite.tmpdir")
          .doesNotContain("\n");
    } finally {
      unmount();
    }
  }

  private boolean mount(String options) throws Exception {
    try {
      return new ProcessBuilder(
                  "mount", "-t", "tmpfs", "-o", options, "tmpfs", temporary.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private void unmount() throws Exception {
    new ProcessBuilder("umount", temporary.toString()).start().waitFor();
  }
}
