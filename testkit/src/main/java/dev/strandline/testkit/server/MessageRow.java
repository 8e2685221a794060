package dev.strandline.testkit.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A live message as the workspace keeps it: its JSON as bytes, and beside it what the indexes and
 * filters need. A stamp that is no date is {@link #NO_DATE}.
 *
 * <p>Bytes and not a tree, because a room may hold a million of them and a page is then a copy.
 * Immutable: an edit makes a new row with the same {@code position}, as an update leaves a document
 * at its place in the collection.
 */
// Rows are told apart by identity and their bytes never leave for writing.
@SuppressWarnings("ArrayRecordComponent")
record MessageRow(
    String id,
    String rid,
    String userId,
    @Nullable String tmid,
    boolean hidden,
    boolean starred,
    long ts,
    long updatedAt,
    long position,
    byte[] json) {

  /** A stamp that is missing or no date: it lies in no range, so that no feed has the row. */
  static final long NO_DATE = Long.MIN_VALUE;

  static final Comparator<MessageRow> BY_UPDATE =
      Comparator.comparingLong(MessageRow::updatedAt).thenComparingLong(MessageRow::position);
  static final Comparator<MessageRow> BY_TIME =
      Comparator.comparingLong(MessageRow::ts).thenComparingLong(MessageRow::position);

  /** A row that sorts after every row of the millisecond {@code stamp} in both orders. */
  static MessageRow endOf(long stamp) {
    return probe(stamp, Long.MAX_VALUE);
  }

  /** A row that sorts before every row of the millisecond {@code stamp} in both orders. */
  static MessageRow startOf(long stamp) {
    return probe(stamp, Long.MIN_VALUE);
  }

  private static MessageRow probe(long stamp, long position) {
    return new MessageRow("", "", "", null, false, false, stamp, stamp, position, new byte[0]);
  }

  static MessageRow of(String key, ObjectNode document, long ts, long updatedAt, long position) {
    String rid = Json.text(document, "rid");
    String user = Json.text(document.path("u"), "_id");
    return new MessageRow(
        key,
        rid == null ? "" : rid,
        user == null ? "" : user.intern(),
        Json.text(document, "tmid"),
        document.path("_hidden").asBoolean(false),
        document.has("starred"),
        ts,
        updatedAt,
        position,
        Json.bytes(document));
  }

  ObjectNode document() {
    return Json.document(json);
  }

  /** The document as the caller may see it: of its stars only the caller's own are left. */
  byte[] jsonFor(String callerId) {
    if (!starred) {
      return json;
    }
    ObjectNode document = document();
    var own = Json.array();
    for (JsonNode star : document.path("starred")) {
      if (callerId.equals(Json.text(star, "_id"))) {
        own.add(star);
      }
    }
    document.set("starred", own);
    return Json.bytes(document);
  }
}
