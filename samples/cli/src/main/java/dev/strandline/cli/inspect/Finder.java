package dev.strandline.cli.inspect;

import dev.strandline.cli.text.JsonObject;
import dev.strandline.model.MessageId;
import dev.strandline.model.Room;
import dev.strandline.spi.InQuestion;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.StoredVersion;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what a few letters mean: rooms by name, and whatever has exactly this id. */
final class Finder {
  private static final int MOST = 20;

  private static final String ROOMS =
      """
      SELECT room_id, name FROM rooms
        WHERE room_id = ?1 OR instr(lower(name), lower(?1)) > 0
        ORDER BY room_id = ?1 DESC, length(name), name, room_id LIMIT ?2
      """;

  private final StoreReader reader;
  private final Sql sql;

  Finder(StoreReader reader, Sql sql) {
    this.reader = reader;
    this.sql = sql;
  }

  JsonObject find(String text) throws SQLException {
    List<JsonObject> rooms =
        sql.list(
            ROOMS,
            row ->
                new JsonObject()
                    .put("id", row.getString("room_id"))
                    .put("name", row.getString("name")),
            text,
            MOST);
    return new JsonObject().put("rooms", rooms).put("message", withId(text));
  }

  /** Whether something is known of a message with exactly this id. */
  private boolean withId(String text) throws SQLException {
    MessageId id;
    try {
      id = new MessageId(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
    return reader.version(id).isPresent()
        || reader.inQuestion(id).isPresent()
        || reader.tombstone(id).isPresent()
        || sql.number("SELECT EXISTS (SELECT 1 FROM quarantine WHERE message_id = ?)", text) > 0;
  }

  /** All that is known of one message: live, dead, in quarantine, in question. */
  JsonObject message(MessageId id) throws SQLException {
    JsonObject json = new JsonObject().put("id", id.value());
    List<JsonObject> entries = new QuarantineList(sql).about(id);
    List<JsonObject> graves =
        sql.list(
            """
            SELECT t.message_id, t.deleted_at, t.reason, r.room_id
              FROM tombstones t JOIN rooms r ON r.room_key = t.room_key WHERE t.message_id = ?
            """,
            row -> Tombstones.json(row).put("room", row.getString("room_id")),
            id.value());
    JsonObject live = reader.message(id).map(MessageView::whole).orElse(null);
    InQuestion doubt = reader.inQuestion(id).orElse(null);
    if (live == null && graves.isEmpty() && entries.isEmpty() && doubt == null) {
      throw Refusal.notFound(
          "Nothing is stored under the id " + id + ": no message, no tombstone, no quarantine.");
    }
    return json.put("message", live)
        .put("inQuestion", doubt == null ? null : json(doubt))
        .put("tombstone", graves.isEmpty() ? null : graves.get(0))
        .put("quarantine", entries)
        .put("name", name(id))
        .put("story", new JournalView(reader, sql).story(id));
  }

  private static JsonObject json(InQuestion doubt) {
    return new JsonObject()
        .put("room", doubt.room().value())
        .put("since", doubt.since().epochMilli())
        .put("why", Words.of(doubt.why()));
  }

  private @Nullable String name(MessageId id) {
    return reader
        .version(id)
        .map(StoredVersion::room)
        .flatMap(reader::room)
        .map(Room::name)
        .orElse(null);
  }
}
