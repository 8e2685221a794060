package dev.strandline.cli.inspect;

import dev.strandline.cli.text.JsonObject;
import dev.strandline.model.MessageKey;
import dev.strandline.model.RoomId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A room's tombstones, the latest deletion first. */
final class Tombstones {
  private static final int PAGE = 100;

  /** Above every id that a server makes. */
  private static final String LAST_ID = "\uDBFF\uDFFF";

  private static final String PAGE_OF_ROOM =
      """
      SELECT t.message_id, t.deleted_at, t.reason FROM tombstones t
        WHERE t.room_key = (SELECT room_key FROM rooms WHERE room_id = ?)
          AND (t.deleted_at, t.message_id) < (?, ?)
        ORDER BY t.deleted_at DESC, t.message_id DESC LIMIT ?
      """;

  private final Sql sql;

  Tombstones(Sql sql) {
    this.sql = sql;
  }

  /**
   * @param before the deletion behind which to go on, as {@link Words#place} writes places; null
   *     for the first page
   */
  JsonObject page(RoomId room, @Nullable MessageKey before) throws SQLException {
    List<String> places = new ArrayList<>();
    List<JsonObject> found =
        sql.list(
            PAGE_OF_ROOM,
            row -> {
              places.add(row.getLong("deleted_at") + "." + row.getString("message_id"));
              return json(row);
            },
            room.value(),
            before == null ? Long.MAX_VALUE : before.sentAt().epochMilli(),
            before == null ? LAST_ID : before.id().value(),
            PAGE + 1);
    boolean more = found.size() > PAGE;
    return new JsonObject()
        .put("tombstones", more ? found.subList(0, PAGE) : found)
        .put("next", more ? places.get(PAGE - 1) : null);
  }

  static JsonObject json(ResultSet row) throws SQLException {
    return new JsonObject()
        .put("id", row.getString("message_id"))
        .put("deletedAt", row.getLong("deleted_at"))
        .put("reason", row.getString("reason").toLowerCase(Locale.ROOT).replace('_', '-'));
  }
}
