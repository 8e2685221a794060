package dev.strandline.store.sqlite.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.error.StoreFullException;
import dev.strandline.store.sqlite.MigrationListener;
import dev.strandline.store.sqlite.OldFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A migration on a disk that is full. */
final class FullDiskMigrationTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void r2_aDiskThatIsFullHalfWayThroughAMigrationLosesNothing(OldFile old) {
    Path file = old.in(folder);
    try (Session session = open(file)) {
      long messages = count(session, "messages");
      long pages = number(session, "PRAGMA page_count");
      int failures = 0;
      while (!new Schema(file, session).isCurrent()) {
        // One page more each time, so that it ends at every place where it needs one.
        session.execute("PRAGMA max_page_count = " + pages++);
        try {
          new Schema(file, session).migrate(MigrationListener.SILENT);
        } catch (StoreFullException e) {
          failures++;
          long version = number(session, "PRAGMA user_version");
          assertThat(version).isPositive();
          assertThat(count(session, "sqlite_schema WHERE name = 'in_question'"))
              .isEqualTo(version >= 2 ? 1 : 0);
          assertThat(count(session, "pragma_table_info('rooms') WHERE name = 'other_clocks'"))
              .isEqualTo(version >= 3 ? 1 : 0);
        }
        assertThat(count(session, "messages")).isEqualTo(messages);
      }
      assertThat(failures).isPositive();
      session.execute("PRAGMA max_page_count = 100000");
      new Schema(file, session).migrate(MigrationListener.SILENT);
      List<?> findings = session.reading(() -> new Checks(session).findings());
      assertThat(findings).isEmpty();
    }
  }

  private static Session open(Path file) {
    return new Sessions(file, new Sessions.Options(5000, 1 << 20), new Failures(file)).writer();
  }

  private static long count(Session session, String table) {
    return number(session, "SELECT count(*) FROM " + table);
  }

  private static long number(Session session, String sql) {
    return session.rows().first(sql, row -> row.number(1)).orElseThrow();
  }
}
