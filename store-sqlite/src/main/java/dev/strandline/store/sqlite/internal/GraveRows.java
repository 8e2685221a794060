package dev.strandline.store.sqlite.internal;

import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The tombstones, and the notes of a whole reading that decide about new ones. */
final class GraveRows {
  private static final String ONE =
      "SELECT deleted_at, reason FROM tombstones WHERE message_id = ?";
  private static final String EACH =
      """
      SELECT message_id, deleted_at, reason FROM tombstones
        WHERE room_key = (SELECT room_key FROM rooms WHERE room_id = ?) ORDER BY message_id
      """;
  private static final String PUT =
      """
      INSERT INTO tombstones (message_id, room_key, deleted_at, reason, written_page)
        VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (message_id) DO UPDATE SET
          room_key = excluded.room_key, deleted_at = excluded.deleted_at, reason = excluded.reason,
          written_page = excluded.written_page
      """;

  /** The message's own row goes, so its tombstone keeps what the journal needs of it. */
  private static final String NOTE_REMOVAL =
      """
      UPDATE tombstones SET added_page = m.added_page, removed_page = ?
        FROM messages m WHERE m.message_id = ? AND tombstones.message_id = m.message_id
      """;

  private static final String REMOVE = "DELETE FROM tombstones WHERE message_id = ?";
  private static final String NOTE = "INSERT INTO seen VALUES (?, ?) ON CONFLICT DO NOTHING";
  private static final String FORGET =
      "DELETE FROM seen WHERE room_key = (SELECT room_key FROM rooms WHERE room_id = ?)";

  private final Rows rows;

  GraveRows(Rows rows) {
    this.rows = rows;
  }

  Optional<Tombstone> tombstone(MessageId id) {
    return rows.first(
        ONE,
        row ->
            new Tombstone(id, new ServerTime(row.number(1)), Tombstone.Reason.valueOf(row.text(2))),
        id.value());
  }

  void each(RoomId room, Consumer<? super Tombstone> action) {
    rows.each(
        EACH,
        row ->
            new Tombstone(
                new MessageId(row.text(1)),
                new ServerTime(row.number(2)),
                Tombstone.Reason.valueOf(row.text(3))),
        action,
        room.value());
  }

  void put(Tombstone tombstone, long roomKey, @Nullable Long page) {
    rows.update(
        PUT,
        tombstone.id().value(),
        roomKey,
        tombstone.at().epochMilli(),
        tombstone.reason().name(),
        page);
  }

  void noteRemoval(MessageId id, @Nullable Long page) {
    rows.update(NOTE_REMOVAL, page, id.value());
  }

  void remove(MessageId id) {
    rows.update(REMOVE, id.value());
  }

  void noteSeen(long roomKey, MessageId id) {
    rows.update(NOTE, roomKey, id.value());
  }

  void forgetSeen(RoomId room) {
    rows.update(FORGET, room.value());
  }
}
