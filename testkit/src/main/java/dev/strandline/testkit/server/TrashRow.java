package dev.strandline.testkit.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A document in the trash: what was deleted, whole, with the collection it came from first and the
 * time of deletion last.
 *
 * @param updatedAt the {@code _updatedAt} of the document when it was deleted; what the DELETED
 *     feed is sorted by
 * @param shown what a sync answer shows of it, where that is not its id and time; otherwise null
 */
// Rows are told apart by identity and their bytes never leave for writing.
@SuppressWarnings("ArrayRecordComponent")
record TrashRow(
    String id,
    @Nullable String rid,
    @Nullable String tmid,
    long ts,
    long updatedAt,
    long deletedAt,
    long position,
    byte[] json,
    byte @Nullable [] shown) {

  static final Comparator<TrashRow> BY_DELETION =
      Comparator.comparingLong(TrashRow::deletedAt).thenComparingLong(TrashRow::position);
  static final Comparator<TrashRow> BY_UPDATE =
      Comparator.comparingLong(TrashRow::updatedAt).thenComparingLong(TrashRow::position);
  static final Comparator<TrashRow> BY_TIME =
      Comparator.comparingLong(TrashRow::ts).thenComparingLong(TrashRow::position);

  static TrashRow of(
      String collection, String key, ObjectNode document, long deletedAt, long position) {
    ObjectNode trashed = Json.object();
    trashed.put("__collection__", collection);
    for (Map.Entry<String, com.fasterxml.jackson.databind.JsonNode> field : document.properties()) {
      if (!field.getKey().equals("__collection__")) {
        trashed.set(field.getKey(), field.getValue());
      }
    }
    trashed.put("_deletedAt", Json.iso(deletedAt));
    return new TrashRow(
        key,
        Json.text(document, "rid"),
        Json.text(document, "tmid"),
        Json.millis(document, "ts"),
        Json.millis(document, "_updatedAt"),
        deletedAt,
        position,
        Json.bytes(trashed),
        null);
  }

  /** This row, of which a sync answer shows {@code entry}. */
  TrashRow showing(ObjectNode entry) {
    return new TrashRow(id, rid, tmid, ts, updatedAt, deletedAt, position, json, Json.bytes(entry));
  }

  static TrashRow endOf(long deletedAt) {
    return new TrashRow("", null, null, 0, 0, deletedAt, Long.MAX_VALUE, new byte[0], null);
  }

  static TrashRow startOf(long deletedAt) {
    return new TrashRow("", null, null, 0, 0, deletedAt, Long.MIN_VALUE, new byte[0], null);
  }

  /** The document as it was before its deletion. */
  ObjectNode document() {
    ObjectNode document = Json.document(json);
    document.remove("__collection__");
    document.remove("_deletedAt");
    return document;
  }

  /** The tombstone that a sync answer shows: id and time, nothing else, as a rule. */
  byte[] tombstone() {
    if (shown != null) {
      return shown;
    }
    String json =
        "{\"_id\":" + Json.quoted(id) + ",\"_deletedAt\":\"" + Json.iso(deletedAt) + "\"}";
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
