package dev.strandline.store.sqlite.internal;

import dev.strandline.error.StoreCorruptException;
import dev.strandline.spi.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what no store should hold. One query for each invariant, answering the subject and what
 * is wrong with it.
 */
public final class Checks {
  private static final String ADVICE_RECONCILE = " Reconcile the room.";
  private static final String ADVICE_MEDIUM =
      " Keep a copy of the file, then restore it from a backup or synchronise into a new one."
          + Failures.BEFORE_RESTORING;

  private record Check(String name, String sql, String advice) {}

  private static final List<Check> CHECKS =
      List.of(
          new Check(
              "live-and-buried",
              """
              SELECT m.message_id,
                'live, though a reading concluded at ' || t.deleted_at || ' that it was gone.'
              FROM tombstones t JOIN messages m ON m.message_id = t.message_id
              WHERE t.reason <> 'DELETED'
              """,
              ADVICE_RECONCILE),
          new Check(
              "settled-beyond-seen",
              """
              SELECT 'room:' || r.room_id,
                iif(s.updated_settled > s.updated_seen,
                  'UPDATED is settled at ' || s.updated_settled || ', but saw ' || s.updated_seen,
                  'DELETED is settled at ' || s.deleted_settled || ', but saw ' || s.deleted_seen)
                || '.'
              FROM room_state s JOIN rooms r ON r.room_key = s.room_key
              WHERE s.updated_settled > s.updated_seen OR s.deleted_settled > s.deleted_seen
              UNION ALL
              SELECT 'thread:' || root_id, 'settled at ' || settled || ', but saw ' || seen || '.'
              FROM thread_state WHERE settled > seen
              """,
              ADVICE_RECONCILE),
          new Check(
              "claim-beyond-history",
              """
              SELECT 'room:' || r.room_id,
                'claims its history down to ' || coalesce(s.claim_floor, 'the beginning')
                || ', which was read down to ' || coalesce(s.history_floor, 'nothing') || '.'
              FROM room_state s JOIN rooms r ON r.room_key = s.room_key
              WHERE s.claim_as_of IS NOT NULL AND NOT s.history_to_beginning
                AND (s.claim_to_beginning
                  OR (s.claim_floor IS NOT NULL
                    AND (s.history_floor IS NULL OR s.claim_floor < s.history_floor)))
              """,
              ADVICE_RECONCILE),
          new Check(
              "notes-left",
              """
              SELECT 'room:' || r.room_id, 'has notes of a whole reading, and none is under way.'
              FROM rooms r LEFT JOIN room_state s ON s.room_key = r.room_key
              WHERE s.reconciling_started_at IS NULL
                AND EXISTS (SELECT 1 FROM seen n WHERE n.room_key = r.room_key)
              """,
              ADVICE_RECONCILE),
          new Check(
              "medium",
              "SELECT 'file', integrity_check FROM pragma_integrity_check"
                  + " WHERE integrity_check <> 'ok'",
              ADVICE_MEDIUM),
          new Check(
              "medium",
              """
              SELECT "table", 'row ' || coalesce(rowid, '') || ' refers to a row of ' || parent
                || ' that is not there.' FROM pragma_foreign_key_check
              """,
              ADVICE_MEDIUM),
          new Check(
              "medium",
              """
              SELECT 'thread:' || root_id, 'the list of threads disagrees with the messages.'
              FROM (
                SELECT room_key, root_id, replies, newest_reply_at FROM threads WHERE replies > 0
                EXCEPT
                SELECT room_key, thread_id, count(*), max(sent_at) FROM messages
                WHERE thread_id IS NOT NULL GROUP BY thread_id, room_key)
              UNION
              SELECT 'thread:' || thread_id, 'the list of threads disagrees with the messages.'
              FROM (
                SELECT room_key, thread_id, count(*), max(sent_at) FROM messages
                WHERE thread_id IS NOT NULL GROUP BY thread_id, room_key
                EXCEPT
                SELECT room_key, root_id, replies, newest_reply_at FROM threads)
              """,
              ADVICE_MEDIUM));

  /** Of a file with plain documents. */
  private static final Check JSON = new Check("json", jsonCheck("messages"), ADVICE_RECONCILE);

  /** The same of one message, with its document as parameter 1 and its key as parameter 2. */
  private static final String JSON_OF_ONE =
      jsonCheck(
          "(SELECT message_id, room_key, thread_id, sent_at, updated_at, last_reply_at, ?1 AS json"
              + " FROM messages WHERE message_key = ?2)");

  /** Only of a file that has such an index, and has it whole. */
  private static final Check SEARCH_INDEX =
      new Check(
          "search-index",
          """
          SELECT 'message ' || message_key, 'is live and not in the search index.'
          FROM (SELECT message_key FROM messages EXCEPT SELECT id FROM message_words_docsize)
          UNION ALL
          SELECT 'message ' || id, 'is in the search index and not live.'
          FROM (SELECT id FROM message_words_docsize EXCEPT SELECT message_key FROM messages)
          """,
          " Make the index anew: strandline search --index, or open the file with"
              + " SearchIndexing.OFF and then with ON.");

  private final Session session;

  public Checks(Session session) {
    this.session = session;
  }

  /** Everything that is wrong; to be called within a reading transaction. */
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    List<Check> checks = new ArrayList<>(CHECKS);
    if (new SearchRows(session.rows()).isWhole()) {
      checks.add(SEARCH_INDEX);
    }
    Documents documents = session.documents();
    if (!(documents instanceof CompactDocuments)) {
      checks.add(JSON);
    }
    for (Check check : checks) {
      collect(findings, () -> found(check));
    }
    if (documents instanceof CompactDocuments) {
      collect(findings, () -> unreadable(documents));
    }
    return findings;
  }

  private static void collect(List<Finding> findings, Supplier<List<Finding>> check) {
    try {
      findings.addAll(check.get());
    } catch (StoreCorruptException e) {
      findings.add(new Finding("medium", "file", String.valueOf(e.getMessage())));
    }
  }

  private List<Finding> found(Check check, @Nullable Object... parameters) {
    return session
        .rows()
        .list(
            check.sql(),
            row -> new Finding(check.name(), row.text(1), row.textOrNull(2) + check.advice()),
            parameters);
  }

  /**
   * Reads every compressed document back, and compares it with the columns. A column that it was
   * compressed against makes it unreadable if it was changed.
   */
  private List<Finding> unreadable(Documents documents) {
    Check json = new Check("json", JSON_OF_ONE, ADVICE_RECONCILE);
    List<Finding> findings = new ArrayList<>();
    session
        .rows()
        .each(
            documents.sql().allOf("messages"),
            row -> {
              try {
                return found(json, documents.json(row), row.number("message_key"));
              } catch (IllegalArgumentException e) {
                return List.of(
                    new Finding(
                        "document",
                        String.valueOf(row.textOrNull("message_id")),
                        "cannot be read back, or a column of it was changed: "
                            + e.getMessage()
                            + "."
                            + ADVICE_MEDIUM));
              }
            },
            findings::addAll);
    return findings;
  }

  /**
   * Compares columns with what the document says in the same place. A document that does not say
   * it, or that SQLite cannot read, disagrees with nothing.
   */
  private static String jsonCheck(String messages) {
    String id = "json ->> '$._id'";
    String room = "json ->> '$.rid'";
    String thread = "nullif(json ->> '$.tmid', '')";
    return """
        SELECT message_id, 'the column ' || column_name || ' disagrees with the document.' FROM (
        """
        + String.join(
            " UNION ALL ",
            differs(messages, "message_id", "m.message_id", id, id + " IS NOT NULL"),
            differs(messages, "room_key", "r.room_id", room, room + " IS NOT NULL"),
            differs(messages, "thread_id", "m.thread_id", thread, "true"),
            differsInTime(messages, "sent_at", "ts"),
            differsInTime(messages, "updated_at", "_updatedAt"),
            differsInTime(messages, "last_reply_at", "tlm"))
        + ")";
  }

  private static String differs(
      String messages, String column, String stored, String said, String where) {
    return "SELECT m.message_id, '"
        + column
        + "' AS column_name FROM "
        + messages
        + " m JOIN rooms r ON r.room_key = m.room_key"
        + " WHERE json_valid(m.json) AND json_type(m.json) = 'object' AND "
        + where
        + " AND "
        + stored
        + " IS NOT ("
        + said
        + ")";
  }

  /** Dates are ISO-8601 text, or objects with milliseconds under {@code $date}. */
  private static String differsInTime(String messages, String column, String field) {
    String said =
        "iif(json_type(m.json, '$."
            + field
            + "') = 'text', CAST(round(unixepoch(m.json ->> '$."
            + field
            + "', 'subsec') * 1000) AS INTEGER), m.json ->> '$."
            + field
            + ".$date')";
    return differs(messages, column, "m." + column, said, said + " IS NOT NULL");
  }
}
