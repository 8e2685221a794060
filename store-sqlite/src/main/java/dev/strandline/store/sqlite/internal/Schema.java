package dev.strandline.store.sqlite.internal;

import dev.strandline.error.NotAStoreException;
import dev.strandline.error.SchemaTooNewException;
import dev.strandline.error.SchemaTooOldException;
import dev.strandline.store.sqlite.MigrationListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The versions of the schema, and how a file gets from one to the next.
 *
 * <p>Each version is a few SQL files and one transaction, which raises {@code user_version} too: a
 * crash leaves a file at the version before or at the one after. The first one also sets {@code
 * application_id}, so that a file is either ours in full or still without any table of ours.
 */
public final class Schema {
  /** "Strd" in ASCII: what {@code PRAGMA application_id} answers for a store. */
  public static final int APPLICATION_ID = 0x53747264;

  private static final List<List<String>> MIGRATIONS =
      List.of(
          List.of("V1__first_schema.sql", PlainDocuments.SCRIPT),
          List.of("V2__in_question.sql"),
          List.of("V3__directory_entries.sql"),
          List.of("V4__words_version.sql"));

  private final Path file;
  private final Session session;

  public Schema(Path file, Session session) {
    this.file = file;
    this.session = session;
  }

  /**
   * The version of the file, 0 for one that holds nothing yet. Reads only.
   *
   * @throws NotAStoreException where the file is something else
   * @throws SchemaTooNewException where a newer Strandline made it
   */
  public int version() {
    int application = number("PRAGMA application_id");
    int version = number("PRAGMA user_version");
    if (application == 0 && version == 0 && number("SELECT count(*) FROM sqlite_schema") == 0) {
      // New, or left by a crash before the first transaction was through.
      return 0;
    }
    if (application != APPLICATION_ID || version < 1) {
      throw new NotAStoreException(
          file
              + " is an SQLite database that Strandline did not make. It was not touched; choose"
              + " another file for the store.",
          null);
    }
    if (version > MIGRATIONS.size()) {
      throw new SchemaTooNewException(
          file
              + " has schema version "
              + version
              + ", and this version of Strandline knows "
              + MIGRATIONS.size()
              + ". It was not touched; use the version that made it, or a later one.",
          null);
    }
    return version;
  }

  /**
   * Checks that the file can be read as it is.
   *
   * @throws SchemaTooOldException where a writer has to bring it to the newest version first
   */
  public void requireCurrent() {
    int version = version();
    if (version == 0) {
      throw new NotAStoreException(
          file + " is empty: nothing has been synchronised into it yet. Run a sync first.", null);
    }
    if (version < MIGRATIONS.size()) {
      throw new SchemaTooOldException(
          file
              + " has the older schema version "
              + version
              + ". Open it for writing once, which brings it to version "
              + MIGRATIONS.size()
              + ".",
          null);
    }
  }

  /**
   * Whether the file can be read as it is; false for one that a writer has to bring there first.
   */
  public boolean isCurrent() {
    return version() == MIGRATIONS.size();
  }

  /** Brings the file to the newest version, telling {@code listener} of each but the first. */
  public void migrate(MigrationListener listener) {
    int version = version();
    // Outside of a transaction, as SQLite wants it; it stays with the file.
    session.execute("PRAGMA journal_mode = WAL");
    for (int next = version + 1; next <= MIGRATIONS.size(); next++) {
      if (version > 0) {
        listener.migrating(file, next, MIGRATIONS.size());
      }
      migrateTo(next);
    }
  }

  private void migrateTo(int version) {
    session.writing(
        () -> {
          MIGRATIONS.get(version - 1).forEach(name -> session.script(resource(name)));
          session.execute("PRAGMA application_id = " + APPLICATION_ID);
          session.execute("PRAGMA user_version = " + version);
          return version;
        });
  }

  private int number(String sql) {
    return session.rows().first(sql, row -> row.count(1)).orElseThrow();
  }

  static String resource(String name) {
    try (InputStream in = Schema.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the jar");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
