package dev.strandline.store.sqlite.internal;

import dev.strandline.journal.Ending;
import dev.strandline.journal.JournalLimits;
import dev.strandline.journal.JournalReach;
import dev.strandline.journal.MessageLinks;
import dev.strandline.journal.PageCounts;
import dev.strandline.journal.PageEntry;
import dev.strandline.journal.PassEntry;
import dev.strandline.journal.RunEntry;
import dev.strandline.journal.Written;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The journal's runs and passes, and what leads from messages to its pages. */
final class JournalRows {
  private static final String PUT_RUN =
      """
      REPLACE INTO journal_runs (run, kind, asked, first_page, started_at, finished_at, ending,
          error_kind, requests, added, changed, removed, let_go, tombstones, unchanged, buried, poorer,
          quarantined)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String PUT_PASS =
      """
      REPLACE INTO journal_passes (pass, run, scope, started_at, finished_at, ending, error_kind,
          requests, added, changed, removed, let_go, tombstones, unchanged, buried, poorer,
          quarantined)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String REACH =
      """
      SELECT (SELECT min(run) FROM journal_runs), (SELECT max(run) FROM journal_runs),
        (SELECT max(pass) FROM journal_passes),
        (SELECT min(page) FROM journal_pages), (SELECT max(page) FROM journal_pages)
      """;
  private static final String RUN = "SELECT * FROM journal_runs WHERE run = ?";
  private static final String RUNS =
      "SELECT * FROM journal_runs WHERE run < ? ORDER BY run DESC LIMIT ?";
  private static final String PASS = "SELECT * FROM journal_passes WHERE pass = ?";
  private static final String PASSES_OF_RUN =
      "SELECT * FROM journal_passes WHERE run = ? ORDER BY pass";
  private static final String PASSES_OF_SCOPE =
      "SELECT * FROM journal_passes WHERE scope = ? AND pass < ? ORDER BY pass DESC LIMIT ?";

  private static final String LIVE =
      "SELECT added_page, written_page FROM messages WHERE message_id = ?";
  private static final String GRAVE =
      """
      SELECT r.room_id, t.added_page, t.removed_page, t.written_page
        FROM tombstones t JOIN rooms r ON r.room_key = t.room_key WHERE t.message_id = ?
      """;
  private static final String QUARANTINE =
      """
      SELECT r.room_id, q.reason, q.first_seen_at, q.written_page
        FROM quarantine q JOIN rooms r ON r.room_key = q.room_key
        WHERE q.message_id = ? ORDER BY q.quarantine_key
      """;
  private static final String WRITTEN_AFTER =
      """
      SELECT m.message_id, r.room_id, m.added_page, m.written_page, NULL
        FROM messages m JOIN rooms r ON r.room_key = m.room_key WHERE m.written_page > ?1
      UNION ALL
      SELECT t.message_id, r.room_id, t.added_page, NULL, t.removed_page
        FROM tombstones t JOIN rooms r ON r.room_key = t.room_key WHERE t.removed_page > ?1
      """;

  /** The condition of the partial indexes, word for word. */
  private static final String QUIET = "added + changed + removed + tombstones + quarantined = 0";

  private final Rows rows;
  private final PageRows pages;

  JournalRows(Rows rows) {
    this.rows = rows;
    pages = new PageRows(rows);
  }

  void put(RunEntry run) {
    rows.update(
        PUT_RUN,
        with(
            run.requests(),
            run.counts(),
            run.number(),
            run.kind().name(),
            run.asked(),
            run.firstPage(),
            run.startedAt().toEpochMilli(),
            Columns.millis(run.finishedAt()),
            name(run.ending()),
            run.errorKind()));
  }

  void put(PassEntry pass) {
    rows.update(
        PUT_PASS,
        with(
            pass.requests(),
            pass.counts(),
            pass.number(),
            pass.run(),
            pass.scope().toString(),
            pass.startedAt().toEpochMilli(),
            Columns.millis(pass.finishedAt()),
            name(pass.ending()),
            pass.errorKind()));
  }

  void put(PageEntry page) {
    pages.put(page);
  }

  JournalReach reach() {
    return rows.first(
            REACH,
            row ->
                new JournalReach(
                    row.number(1), row.number(2), row.number(3), row.number(4), row.number(5)))
        .orElse(JournalReach.NOTHING);
  }

  Optional<RunEntry> run(long number) {
    return rows.first(RUN, JournalRows::run, number);
  }

  List<RunEntry> runs(long before, int limit) {
    return rows.list(RUNS, JournalRows::run, before, limit);
  }

  Optional<PassEntry> pass(long number) {
    return rows.first(PASS, JournalRows::pass, number);
  }

  List<PassEntry> passes(long run) {
    return rows.list(PASSES_OF_RUN, JournalRows::pass, run);
  }

  List<PassEntry> passes(Scope scope, long before, int limit) {
    return rows.list(PASSES_OF_SCOPE, JournalRows::pass, scope.toString(), before, limit);
  }

  Optional<PageEntry> page(long number) {
    return pages.page(number);
  }

  List<PageEntry> pages(long run, long after, int limit) {
    return run(run).map(entry -> pages.of(entry, after, limit)).orElse(List.of());
  }

  MessageLinks links(MessageId id) {
    return new MessageLinks(
        rows.first(LIVE, row -> new MessageLinks.Live(row.number(1), row.number(2)), id.value())
            .orElse(null),
        rows.first(
                GRAVE,
                row ->
                    new MessageLinks.Grave(
                        new RoomId(row.text(1)), row.number(2), row.number(3), row.number(4)),
                id.value())
            .orElse(null),
        rows.list(
            QUARANTINE,
            row ->
                new MessageLinks.InQuarantine(
                    new RoomId(row.text(1)),
                    row.text(2),
                    Instant.ofEpochMilli(row.number(3)),
                    row.number(4)),
            id.value()));
  }

  void writtenAfter(long page, Consumer<? super Written> action) {
    rows.each(
        WRITTEN_AFTER,
        row ->
            new Written(
                new MessageId(row.text(1)),
                new RoomId(row.text(2)),
                row.number(3),
                row.number(4),
                row.number(5)),
        action,
        page);
  }

  void prune(JournalLimits limits, Instant now) {
    long oldest = now.minus(limits.age()).toEpochMilli();
    prune("journal_runs", "run", limits, oldest);
    prune("journal_passes", "pass", limits, oldest);
    prune("journal_pages", "page", limits, oldest);
  }

  /** Numbers rise with time, so the first that is young enough ends the search. */
  private void prune(String table, String key, JournalLimits limits, long oldest) {
    rows.update(
        ("DELETE FROM %1$s WHERE %2$s < coalesce("
                + "(SELECT %2$s FROM %1$s WHERE started_at >= ? ORDER BY %2$s LIMIT 1),"
                + " (SELECT max(%2$s) FROM %1$s))")
            .formatted(table, key),
        oldest);
    rows.update(
        ("DELETE FROM %1$s WHERE %3$s AND %2$s <= "
                + "(SELECT %2$s FROM %1$s WHERE %3$s ORDER BY %2$s DESC LIMIT 1 OFFSET ?)")
            .formatted(table, key, QUIET),
        limits.quiet());
    rows.update(
        ("DELETE FROM %1$s WHERE %2$s <= "
                + "(SELECT %2$s FROM %1$s ORDER BY %2$s DESC LIMIT 1 OFFSET ?)")
            .formatted(table, key),
        limits.pages());
  }

  /** The parameters of a row that ends with what was done. */
  static @Nullable Object[] with(int requests, PageCounts counts, @Nullable Object... first) {
    List<@Nullable Object> all = new ArrayList<>(Arrays.asList(first));
    all.add(requests);
    all.addAll(
        List.of(
            counts.added(),
            counts.changed(),
            counts.removed(),
            counts.letGo(),
            counts.tombstones(),
            counts.unchanged(),
            counts.buried(),
            counts.poorer(),
            counts.quarantined()));
    return all.toArray();
  }

  static PageCounts counts(Row row) throws SQLException {
    return new PageCounts(
        row.number("added"),
        row.number("changed"),
        row.number("removed"),
        row.number("let_go"),
        row.number("tombstones"),
        row.number("unchanged"),
        row.number("buried"),
        row.number("poorer"),
        row.number("quarantined"));
  }

  private static @Nullable String name(@Nullable Ending ending) {
    return ending == null ? null : ending.name();
  }

  private static @Nullable Ending ending(Row row) throws SQLException {
    String ending = row.textOrNull("ending");
    return ending == null ? null : Ending.valueOf(ending);
  }

  private static RunEntry run(Row row) throws SQLException {
    return new RunEntry(
        row.number("run"),
        RunEntry.Kind.valueOf(row.text("kind")),
        row.text("asked"),
        row.number("first_page"),
        Instant.ofEpochMilli(row.number("started_at")),
        row.instant("finished_at"),
        ending(row),
        row.count("requests"),
        counts(row),
        row.textOrNull("error_kind"));
  }

  private static PassEntry pass(Row row) throws SQLException {
    return new PassEntry(
        row.number("pass"),
        row.number("run"),
        Columns.scope(row.text("scope")),
        Instant.ofEpochMilli(row.number("started_at")),
        row.instant("finished_at"),
        ending(row),
        row.count("requests"),
        counts(row),
        row.textOrNull("error_kind"));
  }
}
