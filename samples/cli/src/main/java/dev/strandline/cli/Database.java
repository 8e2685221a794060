package dev.strandline.cli;

import dev.strandline.LocalCopy;
import dev.strandline.error.SchemaTooOldException;
import dev.strandline.store.sqlite.MigrationListener;
import dev.strandline.store.sqlite.SqliteStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that names the database, and how commands open it. */
final class Database {
  @Option(
      names = "--db",
      required = true,
      paramLabel = "FILE",
      description = "The database: a SQLite file.")
  @SuppressWarnings("NullAway.Init") // required
  private Path file;

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  Path file() {
    return file;
  }

  /** Reads from the database as it is now; another process may be writing to it meanwhile. */
  <T> T read(Function<LocalCopy, T> reading) {
    requireExisting();
    try (SqliteStore store = open(SqliteStore.builder())) {
      return reading.apply(LocalCopy.of(store));
    }
  }

  /** Opens it for reading. What an earlier version made is brought to this one's schema first. */
  SqliteStore open(SqliteStore.Builder settings) {
    try {
      return settings.openReadOnly(file);
    } catch (SchemaTooOldException e) {
      migrate();
      return settings.openReadOnly(file);
    }
  }

  /** Brings what an earlier version made to this one's schema, and says so. */
  private void migrate() {
    SqliteStore.builder()
        .migrations(telling(root()))
        .onIndexing(IndexProgress.of(root()))
        .migrate(file);
  }

  /** Says that a file of an earlier version is brought to this one's schema. */
  static MigrationListener telling(StrandlineCommand root) {
    return (path, version, newest) ->
        root.notes()
            .println(
                "An earlier version of Strandline made "
                    + path
                    + ": bringing it to schema version "
                    + version
                    + (version == newest ? "." : " of " + newest + "."));
  }

  /** The same for what is opened by this command. */
  MigrationListener migrations() {
    return telling(root());
  }

  /** Shows how far an index has come that is made on the way. */
  IndexProgress indexProgress() {
    return IndexProgress.of(root());
  }

  private StrandlineCommand root() {
    return (StrandlineCommand) spec.root().userObject();
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
