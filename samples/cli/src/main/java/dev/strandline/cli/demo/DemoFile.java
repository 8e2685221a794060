package dev.strandline.cli.demo;

import dev.strandline.cli.Problem;
import dev.strandline.error.StoreException;
import dev.strandline.spi.StoreReader;
import dev.strandline.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Sees to it that the demonstration never touches a database that is somebody's: a file may be
 * replaced only where a former demonstration's fake server filled it, which the workspace's
 * identity in it tells.
 */
final class DemoFile {
  private static final List<String> PARTS = List.of("-wal", "-shm", "");

  private DemoFile() {}

  /**
   * Makes way for a new database.
   *
   * @param serverId the identity of the demonstration's workspace
   * @return whether a former demonstration's file was removed
   * @throws Problem where the file is anything else
   */
  static boolean clear(Path file, String serverId) {
    if (!Files.exists(file)) {
      return false;
    }
    if (!isFormer(file, serverId)) {
      throw Problem.database(
          file + " exists and is not a former demonstration's database.",
          "Name a file that does not exist yet: demo --db FILE");
    }
    try {
      for (String part : PARTS) {
        Files.deleteIfExists(Path.of(file + part));
      }
    } catch (IOException e) {
      throw Problem.database(
          "the former demonstration's " + file + " cannot be removed: " + e.getMessage(),
          "Remove it yourself, or name another file: demo --db FILE");
    }
    return true;
  }

  private static boolean isFormer(Path file, String serverId) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (SqliteStore store = SqliteStore.openReadOnly(file)) {
      boolean former =
          store
              .read(StoreReader::owner)
              .filter(owner -> serverId.equals(owner.serverId()))
              .isPresent();
      if (former) {
        // Fails where another demonstration is still writing to it.
        SqliteStore.open(file).close();
      }
      return former;
    } catch (StoreException e) {
      throw Problem.database(
          file + " exists and is not a former demonstration's database: " + e.getMessage(),
          "Name a file that does not exist yet: demo --db FILE");
    }
  }
}
