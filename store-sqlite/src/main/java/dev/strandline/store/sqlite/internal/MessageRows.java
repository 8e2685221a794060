package dev.strandline.store.sqlite.internal;

import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.MessageKey;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import dev.strandline.model.ThreadSummary;
import dev.strandline.spi.Origin;
import dev.strandline.spi.StoredVersion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The table of live messages, and the threads that follow from it. */
final class MessageRows {
  /** A document that SQLite cannot read, such as one nested too deep, has no such fields. */
  private static final String COLUMNS =
      """
      m.message_id, r.room_id, m.sent_at, m.updated_at, m.thread_id, m.reply_count,
      m.last_reply_at, m.json,
      iif(json_valid(m.json), m.json -> '$.msg', NULL) AS text,
      iif(json_valid(m.json), m.json -> '$.t', NULL) AS type,
      iif(json_valid(m.json), m.json -> '$.u._id', NULL) AS author_id,
      iif(json_valid(m.json), m.json -> '$.u.username', NULL) AS author_name
      """;

  static final String SELECT =
      "SELECT " + COLUMNS + " FROM messages m JOIN rooms r ON r.room_key = m.room_key ";

  private static final String ONE = SELECT + "WHERE m.message_id = ?";
  private static final String OF_ROOM =
      SELECT + "WHERE m.room_key = (SELECT room_key FROM rooms WHERE room_id = ?) ";
  private static final String OF_THREAD = SELECT + "WHERE m.thread_id = ? ";
  private static final String BEFORE = "AND (m.sent_at, m.message_id) < (?, ?) ";
  private static final String NEWEST_FIRST = "ORDER BY m.sent_at DESC, m.message_id DESC LIMIT ?";
  private static final String OLDEST_FIRST = "ORDER BY m.sent_at, m.message_id";

  private static final String VERSION =
      """
      SELECT r.room_id, m.updated_at, m.origin, m.json
        FROM messages m JOIN rooms r ON r.room_key = m.room_key WHERE m.message_id = ?
      """;

  private static final String THREADS =
      "SELECT t.root_id, t.replies, t.newest_reply_at, "
          + COLUMNS
          + """
            FROM threads t
            JOIN rooms r ON r.room_key = t.room_key
            LEFT JOIN messages m ON m.message_id = t.root_id AND m.room_key = t.room_key
            WHERE t.room_key = (SELECT room_key FROM rooms WHERE room_id = ?)
            ORDER BY t.newest_reply_at DESC, t.root_id LIMIT ?
            """;

  private static final String AFTER =
      "SELECT m.message_key, "
          + COLUMNS
          + """
            FROM messages m JOIN rooms r ON r.room_key = m.room_key
            WHERE m.message_key > ? ORDER BY m.message_key LIMIT ?
            """;

  private static final String RANK =
      """
      SELECT count(*) FROM messages m
        WHERE m.room_key = (SELECT room_key FROM rooms WHERE room_id = ?)
          AND (m.sent_at, m.message_id) < (?, ?)
      """;

  private static final String UNSEEN =
      """
      SELECT m.message_id FROM messages m
        WHERE m.room_key = (SELECT room_key FROM rooms WHERE room_id = ?)
          AND NOT EXISTS (SELECT 1 FROM seen s
            WHERE s.room_key = m.room_key AND s.message_id = m.message_id)
        ORDER BY m.message_id LIMIT ?
      """;

  private final Rows rows;

  MessageRows(Rows rows) {
    this.rows = rows;
  }

  Optional<Message> message(MessageId id) {
    return rows.first(ONE, MessageRows::message, id.value());
  }

  Optional<StoredVersion> version(MessageId id) {
    return rows.first(VERSION, MessageRows::version, id.value());
  }

  List<Message> page(Scope scope, @Nullable MessageKey before, int limit) {
    if (before == null) {
      return rows.list(of(scope) + NEWEST_FIRST, MessageRows::message, id(scope), limit);
    }
    return rows.list(
        of(scope) + BEFORE + NEWEST_FIRST,
        MessageRows::message,
        id(scope),
        before.sentAt().epochMilli(),
        before.id().value(),
        limit);
  }

  long rank(RoomId room, MessageKey place) {
    return rows.list(
            RANK,
            row -> row.getLong(1),
            room.value(),
            place.sentAt().epochMilli(),
            place.id().value())
        .get(0);
  }

  void each(Scope scope, Consumer<? super Message> action) {
    rows.each(of(scope) + OLDEST_FIRST, MessageRows::message, action, id(scope));
  }

  List<ThreadSummary> threads(RoomId room, int limit) {
    return rows.list(THREADS, row -> thread(row, room), room.value(), limit);
  }

  List<MessageId> unseen(RoomId room, int limit) {
    return rows.list(UNSEEN, row -> new MessageId(row.getString(1)), room.value(), limit);
  }

  /** A message and its key in this file. */
  record Keyed(long key, Message message) {}

  /** Messages of all rooms, in the order of their keys. */
  List<Keyed> after(long key, int limit) {
    return rows.list(AFTER, row -> new Keyed(row.getLong(1), message(row)), key, limit);
  }

  private static String of(Scope scope) {
    return scope instanceof Scope.OfRoom ? OF_ROOM : OF_THREAD;
  }

  private static String id(Scope scope) {
    if (scope instanceof Scope.OfRoom room) {
      return room.room().value();
    }
    return ((Scope.OfThread) scope).root().value();
  }

  private static StoredVersion version(ResultSet row) throws SQLException {
    return new StoredVersion(
        new RoomId(row.getString(1)),
        new ServerTime(row.getLong(2)),
        Origin.valueOf(row.getString(3)),
        row.getString(4));
  }

  private static ThreadSummary thread(ResultSet row, RoomId room) throws SQLException {
    boolean rootStored = row.getString("message_id") != null;
    return new ThreadSummary(
        new MessageId(row.getString("root_id")),
        room,
        rootStored ? message(row) : null,
        row.getInt("replies"),
        Columns.time(row, "newest_reply_at"));
  }

  static Message message(ResultSet row) throws SQLException {
    String thread = row.getString("thread_id");
    String text = JsonLiteral.text(row.getString("text"));
    return Message.builder(
            new MessageId(row.getString("message_id")),
            new RoomId(row.getString("room_id")),
            new ServerTime(row.getLong("sent_at")),
            new ServerTime(row.getLong("updated_at")),
            row.getString("json"))
        .thread(thread == null ? null : new MessageId(thread))
        .type(JsonLiteral.text(row.getString("type")))
        .author(
            JsonLiteral.text(row.getString("author_id")),
            JsonLiteral.text(row.getString("author_name")))
        .text(text == null ? "" : text)
        .replies(row.getInt("reply_count"), Columns.time(row, "last_reply_at"))
        .build();
  }
}
