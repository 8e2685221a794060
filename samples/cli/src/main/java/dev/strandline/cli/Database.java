package dev.strandline.cli;

import dev.strandline.LocalCopy;
import dev.strandline.store.sqlite.SqliteStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** The option that names the database, and how commands open it. */
final class Database {
  @Option(
      names = "--db",
      required = true,
      paramLabel = "FILE",
      description = "The database: a SQLite file.")
  @SuppressWarnings("NullAway.Init") // required
  private Path file;

  Path file() {
    return file;
  }

  /** Reads from the database as it is now; another process may be writing to it meanwhile. */
  <T> T read(Function<LocalCopy, T> reading) {
    requireExisting();
    try (SqliteStore store = SqliteStore.openReadOnly(file)) {
      return reading.apply(LocalCopy.of(store));
    }
  }

  /** The same, where several answers have to be of one moment. */
  <T> T readAtOneMoment(Function<LocalCopy, T> reading) {
    return read(local -> local.atOneMoment(reading));
  }

  /**
   * @throws Problem where there is no such file
   */
  void requireExisting() {
    if (!Files.exists(file)) {
      throw Problem.database(
          "there is no database at " + file + ".",
          "Create it with: strandline sync --db "
              + file
              + " --server URL --all (or see what one looks like: strandline demo)");
    }
  }
}
