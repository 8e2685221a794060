package dev.strandline.store.sqlite.internal;

import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.DirectoryList;
import dev.strandline.spi.Quarantined;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What could not be understood, verbatim (R14). */
final class QuarantineRows {
  private static final String SELECT =
      """
      SELECT r.room_id, q.list, q.message_id, q.json, q.reason, q.updated_at, q.is_deletion,
          q.first_seen_at
        FROM quarantine q LEFT JOIN rooms r ON r.room_key = q.room_key
      """;
  private static final String ALL = SELECT + "ORDER BY q.first_seen_at, q.quarantine_key LIMIT ?";
  private static final String OF_ROOM =
      SELECT
          + """
            WHERE q.room_key = (SELECT room_key FROM rooms WHERE room_id = ?)
            ORDER BY q.first_seen_at, q.quarantine_key LIMIT ?
            """;
  private static final String ADD =
      """
      INSERT INTO quarantine (room_key, list, message_id, json, json_sha256, reason, updated_at,
          is_deletion, first_seen_at, written_page)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
      """;
  private static final String RELEASE =
      """
      DELETE FROM quarantine
        WHERE message_id = ? AND NOT is_deletion AND (updated_at <= ? OR ?)
      """;

  private static final String COUNT_OF_LIST = "SELECT count(*) FROM quarantine WHERE list = ?";

  private static final String KEYS_OF_LIST =
      "SELECT quarantine_key, json FROM quarantine WHERE list = ?";

  private static final String RELEASE_ONE = "DELETE FROM quarantine WHERE quarantine_key = ?";

  private static final String RELEASE_UNSEEN =
      """
      DELETE FROM quarantine AS q
        WHERE q.room_key = (SELECT room_key FROM rooms WHERE room_id = ?)
          AND q.message_id IS NOT NULL AND NOT q.is_deletion
          AND NOT EXISTS (SELECT 1 FROM seen s
            WHERE s.room_key = q.room_key AND s.message_id = q.message_id)
      """;

  private final Rows rows;

  QuarantineRows(Rows rows) {
    this.rows = rows;
  }

  List<Quarantined> entries(@Nullable RoomId room, int limit) {
    return room == null
        ? rows.list(ALL, QuarantineRows::entry, limit)
        : rows.list(OF_ROOM, QuarantineRows::entry, room.value(), limit);
  }

  boolean add(long roomKey, Unreadable entry, Instant firstSeen, @Nullable Long page) {
    return add(roomKey, null, entry, firstSeen, page);
  }

  boolean add(DirectoryList list, Unreadable entry, Instant firstSeen) {
    return add(null, list.name(), entry, firstSeen, null);
  }

  private boolean add(
      @Nullable Long roomKey,
      @Nullable String list,
      Unreadable entry,
      Instant firstSeen,
      @Nullable Long page) {
    MessageId id = entry.id();
    return rows.update(
            ADD,
            roomKey,
            list,
            id == null ? null : id.value(),
            entry.json(),
            sha256(entry.json()),
            Unicode.shown(entry.reason()),
            Columns.millis(entry.updatedAt()),
            entry.isDeletion() ? 1 : 0,
            firstSeen.toEpochMilli(),
            page)
        > 0;
  }

  void release(MessageId id, ServerTime upTo) {
    rows.update(RELEASE, id.value(), Columns.millis(upTo), upTo.equals(ServerTime.MAX) ? 1 : 0);
  }

  long count(DirectoryList list) {
    return rows.first(COUNT_OF_LIST, row -> row.number(1), list.name()).orElse(0L);
  }

  void releaseUnshown(DirectoryList list, Set<String> shown) {
    rows.list(KEYS_OF_LIST, row -> Map.entry(row.number(1), row.text(2)), list.name()).stream()
        .filter(held -> !shown.contains(held.getValue()))
        .forEach(held -> rows.update(RELEASE_ONE, held.getKey()));
  }

  void releaseUnseen(RoomId room) {
    rows.update(RELEASE_UNSEEN, room.value());
  }

  private static Quarantined entry(Row row) throws SQLException {
    String id = row.textOrNull("message_id");
    String room = row.textOrNull("room_id");
    String list = row.textOrNull("list");
    return new Quarantined(
        room == null ? null : new RoomId(room),
        list == null ? null : DirectoryList.valueOf(list),
        new Unreadable(
            id == null ? null : new MessageId(id),
            row.text("json"),
            row.text("reason"),
            row.time("updated_at"),
            row.number("is_deletion") != 0),
        Instant.ofEpochMilli(row.number("first_seen_at")));
  }

  private static byte[] sha256(String json) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }
}
