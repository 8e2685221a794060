package dev.strandline.cli.inspect;

import dev.strandline.cli.text.JsonObject;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What could not be understood, the latest first. */
final class QuarantineList {
  private static final int PAGE = 50;

  /** A list shows the beginning of a longer entry. */
  private static final int SHOWN = 4000;

  private static final String SELECT =
      """
      SELECT q.quarantine_key, q.message_id, q.reason, q.first_seen_at,
          substr(q.json, 1, ?) AS json, length(q.json) AS length, r.room_id, r.name, q.list
        FROM quarantine q LEFT JOIN rooms r ON r.room_key = q.room_key
      """;
  private static final String PLACE = "(q.first_seen_at, q.quarantine_key) < (?, ?) ";
  private static final String LATEST_FIRST =
      "ORDER BY q.first_seen_at DESC, q.quarantine_key DESC LIMIT ?";
  private static final String ALL = SELECT + "WHERE " + PLACE + LATEST_FIRST;
  private static final String OF_ROOM =
      SELECT
          + "WHERE q.room_key = (SELECT room_key FROM rooms WHERE room_id = ?) AND "
          + PLACE
          + LATEST_FIRST;
  private static final String ONE = SELECT + "WHERE q.quarantine_key = ?";
  private static final String OF_MESSAGE = SELECT + "WHERE q.message_id = ? LIMIT ?";

  private final Sql sql;

  QuarantineList(Sql sql) {
    this.sql = sql;
  }

  /**
   * @param room only this room's, null for all
   * @param after with {@code afterAt} the entry behind which to go on; null for the first page
   */
  JsonObject page(@Nullable RoomId room, @Nullable Long after, @Nullable Long afterAt)
      throws SQLException {
    List<@Nullable Object> values = new ArrayList<>();
    values.add(SHOWN);
    if (room != null) {
      values.add(room.value());
    }
    values.add(afterAt == null ? Long.MAX_VALUE : afterAt);
    values.add(after == null ? Long.MAX_VALUE : after);
    values.add(PAGE + 1);
    List<JsonObject> places = new ArrayList<>();
    List<JsonObject> found =
        sql.list(
            room == null ? ALL : OF_ROOM,
            row -> {
              places.add(
                  new JsonObject()
                      .put("after", row.getLong("quarantine_key"))
                      .put("afterAt", row.getLong("first_seen_at")));
              return json(row);
            },
            values.toArray());
    boolean more = found.size() > PAGE;
    return new JsonObject()
        .put("entries", more ? found.subList(0, PAGE) : found)
        .put("next", more ? places.get(PAGE - 1) : null);
  }

  /** One entry with all of its text. */
  JsonObject entry(long key) throws SQLException {
    return sql.list(ONE, QuarantineList::json, Integer.MAX_VALUE, key).stream()
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.notFound(
                    "The entry is no longer in quarantine: it has arrived in a form that is"
                        + " understood."));
  }

  /** What is in quarantine under one id. */
  List<JsonObject> about(MessageId id) throws SQLException {
    return sql.list(OF_MESSAGE, QuarantineList::json, SHOWN, id.value(), PAGE);
  }

  private static JsonObject json(ResultSet row) throws SQLException {
    return new JsonObject()
        .put("key", row.getLong("quarantine_key"))
        .put("room", row.getString("room_id"))
        .put("name", row.getString("name"))
        .put("list", row.getString("list"))
        .put("id", row.getString("message_id"))
        .put("reason", row.getString("reason"))
        .put("firstSeenAt", row.getLong("first_seen_at"))
        .put("json", row.getString("json"))
        .put("length", row.getLong("length"));
  }
}
