package dev.strandline.store.sqlite.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.error.StoreFullException;
import dev.strandline.journal.RunEntry;
import dev.strandline.model.MessageId;
import dev.strandline.model.MessageKey;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.DirectoryList;
import dev.strandline.spi.Origin;
import dev.strandline.store.sqlite.MigrationListener;
import dev.strandline.store.sqlite.TestMessages;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a session does that cannot be seen from outside. */
final class QueryPlanTest {
  /** Tables of which a reader asks for every row, in the order of their key. */
  private static final Pattern READ_WHOLE =
      Pattern.compile("SCAN (CONSTANT ROW|owner|directory|scope_runs|compression)\\b");

  @TempDir Path folder;
  private Session session;

  @BeforeEach
  void open() {
    Path file = folder.resolve("store.db");
    Sessions sessions = new Sessions(file, new Sessions.Options(5000, 1 << 20), new Failures(file));
    session = sessions.writer();
    new Schema(file, session).migrate(MigrationListener.SILENT);
  }

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void noReadSortsOrReadsAWholeTableThatGrows() {
    for (String sql : statementsOfEveryRead()) {
      for (String step : plan(sql)) {
        assertThat(step).as(sql).doesNotContain("TEMP B-TREE").doesNotContain("AUTOMATIC");
        if (step.startsWith("SCAN")) {
          boolean whole = READ_WHOLE.matcher(step).lookingAt();
          boolean inOrder = step.contains("USING") && step.contains("INDEX");
          assertThat(whole || (inOrder && !step.startsWith("SCAN m "))).as(sql + step).isTrue();
        }
      }
    }
  }

  private Set<String> statementsOfEveryRead() {
    Set<String> statements = new LinkedHashSet<>();
    session.jdbi(
        handle ->
            handle
                .getConfig(SqlStatements.class)
                .setSqlLogger(
                    new SqlLogger() {
                      @Override
                      public void logAfterExecution(StatementContext context) {
                        statements.add(context.getRenderedSql());
                      }
                    }));
    Set<String> ofOpening = session.rows().statements();
    SqliteReader reader = new SqliteReader(session);
    MessageId id = new MessageId("m");
    MessageKey key = new MessageKey(ServerTime.EPOCH, id);
    reader.owner();
    reader.directory();
    reader.rooms();
    reader.room(TestMessages.ROOM);
    reader.roomOfSubscription("sub");
    reader.roomState(TestMessages.ROOM);
    reader.roomStates();
    reader.threadState(id);
    reader.threadStates(TestMessages.ROOM);
    reader.scopeRuns();
    reader.scopeRun(Scope.room(TestMessages.ROOM));
    reader.message(id);
    reader.version(id);
    reader.tombstone(id);
    for (Scope scope : List.of(Scope.room(TestMessages.ROOM), Scope.thread(id))) {
      reader.messages(scope, null, 1);
      reader.messages(scope, key, 1);
      reader.forEachMessage(scope, message -> {});
    }
    reader.inQuestion(id);
    reader.inQuestion(TestMessages.ROOM);
    reader.inQuestion();
    reader.forEachTombstone(TestMessages.ROOM, tombstone -> {});
    reader.threads(TestMessages.ROOM, 1);
    reader.counts(TestMessages.ROOM);
    reader.quarantine(null, 1);
    reader.quarantine(TestMessages.ROOM, 1);
    reader.quarantined(DirectoryList.ROOMS);
    reader.isSentAhead(TestMessages.ROOM);
    reader.journalReach();
    reader.run(1);
    reader.runs(9, 1);
    reader.pass(1);
    reader.passes(1);
    for (Scope scope : List.of(Scope.room(TestMessages.ROOM), Scope.thread(id))) {
      reader.passes(scope, 9, 1);
    }
    reader.page(1);
    new PageRows(session.rows())
        .of(RunEntry.begun(1, RunEntry.Kind.SYNC, "everything", 1, Instant.EPOCH), 0, 1);
    reader.links(id);
    statements.addAll(session.rows().statements());
    statements.removeAll(ofOpening);
    assertThat(statements).hasSize(42);
    return statements;
  }

  private List<String> plan(String sql) {
    return session.jdbi(
        handle -> {
          List<String> steps = new ArrayList<>();
          try (var statement = handle.getConnection().createStatement();
              var rows = statement.executeQuery("EXPLAIN QUERY PLAN " + sql)) {
            while (rows.next()) {
              steps.add(rows.getString("detail"));
            }
          } catch (SQLException e) {
            throw new AssertionError(sql, e);
          }
          return steps;
        });
  }

  @Test
  void r2_aFullDiskRollsBackAndTheSessionGoesOn() {
    putPages(0, 1);
    session.execute("PRAGMA max_page_count = 60");
    assertThatThrownBy(() -> putPages(1, 100))
        .isInstanceOf(StoreFullException.class)
        .hasMessageContaining("full");
    assertThat(count()).isEqualTo(100);
    session.execute("PRAGMA max_page_count = 100000");
    putPages(1, 3);
    assertThat(count()).isEqualTo(300);
    List<?> findings = session.reading(() -> new Checks(session).findings());
    assertThat(findings).isEmpty();
  }

  private void putPages(int from, int to) {
    session.writing(
        () -> {
          SqliteWriter writer = new SqliteWriter(session, new SearchIndex(session));
          for (int i = from * 100; i < to * 100; i++) {
            writer.putMessage(TestMessages.message("m" + i, i), Origin.ROOM);
          }
          return 0;
        });
  }

  private long count() {
    return session.reading(() -> new SqliteReader(session).counts(TestMessages.ROOM).messages());
  }
}
