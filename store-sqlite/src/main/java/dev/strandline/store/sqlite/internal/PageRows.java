package dev.strandline.store.sqlite.internal;

import dev.strandline.journal.Answer;
import dev.strandline.journal.PageEntry;
import dev.strandline.journal.Positions;
import dev.strandline.journal.Purpose;
import dev.strandline.journal.Question;
import dev.strandline.journal.RunEntry;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The journal's pages. */
final class PageRows {
  private static final String PUT =
      """
      REPLACE INTO journal_pages (page, run, pass, purpose, question, route, asked_after,
          asked_before, asked_count, attempt, started_at, took_ms, entries, bytes, date,
          continuation, has_positions, before_updated, before_deleted, before_history,
          before_beginning, before_as_of, before_stale, after_updated, after_deleted, after_history,
          after_beginning, after_as_of, after_stale, state, error_kind, requests, added, changed,
          removed, let_go, tombstones, unchanged, buried, poorer, quarantined)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
          ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String ONE = "SELECT * FROM journal_pages WHERE page = ?";

  /** Runs follow one another, so the pages of one are those up to the next one's first. */
  private static final String OF_RUN =
      """
      SELECT * FROM journal_pages WHERE page >= ? AND page > ?
        AND page < coalesce((SELECT first_page FROM journal_runs WHERE run > ? ORDER BY run LIMIT 1),
          9223372036854775807)
        AND run = ? ORDER BY page LIMIT ?
      """;

  private final Rows rows;

  PageRows(Rows rows) {
    this.rows = rows;
  }

  Optional<PageEntry> page(long number) {
    return rows.first(ONE, PageRows::page, number);
  }

  List<PageEntry> of(RunEntry run, long after, int limit) {
    return rows.list(
        OF_RUN, PageRows::page, run.firstPage(), after, run.number(), run.number(), limit);
  }

  void put(PageEntry page) {
    Question question = page.question();
    Answer answer = page.answer();
    Positions before = page.before() == null ? Positions.NONE : page.before();
    Positions after = page.after() == null ? Positions.NONE : page.after();
    rows.update(
        PUT,
        JournalRows.with(
            page.requests(),
            page.counts(),
            page.number(),
            page.run(),
            page.pass() == 0 ? null : page.pass(),
            page.purpose().name(),
            question == null ? null : question.what().name(),
            question == null ? null : question.route(),
            question == null ? null : Columns.millis(question.after()),
            question == null ? null : Columns.millis(question.before()),
            question == null ? null : question.count(),
            page.attempt(),
            page.startedAt().toEpochMilli(),
            page.took().toMillis(),
            answer == null ? null : answer.entries(),
            answer == null ? null : answer.bytes(),
            answer == null ? null : Columns.millis(answer.date()),
            answer == null ? null : Columns.millis(answer.continuation()),
            page.after() == null ? 0 : 1,
            Columns.millis(before.updated()),
            Columns.millis(before.deleted()),
            Columns.millis(before.history()),
            before.toBeginning() ? 1 : 0,
            Columns.millis(before.asOf()),
            before.stale(),
            Columns.millis(after.updated()),
            Columns.millis(after.deleted()),
            Columns.millis(after.history()),
            after.toBeginning() ? 1 : 0,
            Columns.millis(after.asOf()),
            after.stale(),
            page.state().name(),
            page.errorKind()));
  }

  private static PageEntry page(Row row) throws SQLException {
    boolean hasPositions = row.flag("has_positions");
    return new PageEntry(
        row.number("page"),
        row.number("run"),
        row.number("pass"),
        Purpose.valueOf(row.text("purpose")),
        question(row),
        row.count("attempt"),
        row.count("requests"),
        Instant.ofEpochMilli(row.number("started_at")),
        Duration.ofMillis(row.number("took_ms")),
        answer(row),
        JournalRows.counts(row),
        hasPositions ? positions(row, "before_") : null,
        hasPositions ? positions(row, "after_") : null,
        PageEntry.State.valueOf(row.text("state")),
        row.textOrNull("error_kind"));
  }

  private static @Nullable Question question(Row row) throws SQLException {
    String what = row.textOrNull("question");
    return what == null
        ? null
        : new Question(
            Question.What.valueOf(what),
            row.text("route"),
            row.time("asked_after"),
            row.time("asked_before"),
            row.count("asked_count"));
  }

  private static @Nullable Answer answer(Row row) throws SQLException {
    Long entries = row.numberOrNull("entries");
    if (entries == null) {
      return null;
    }
    return new Answer(
        entries, row.numberOrNull("bytes"), row.time("date"), row.time("continuation"));
  }

  private static Positions positions(Row row, String prefix) throws SQLException {
    return new Positions(
        row.time(prefix + "updated"),
        row.time(prefix + "deleted"),
        row.time(prefix + "history"),
        row.flag(prefix + "beginning"),
        row.time(prefix + "as_of"),
        row.textOrNull(prefix + "stale"));
  }
}
