package dev.strandline.store.sqlite.internal;

import dev.strandline.error.StoreException;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.MessageKey;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import dev.strandline.model.ThreadSummary;
import dev.strandline.spi.Origin;
import dev.strandline.spi.StoredVersion;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The table of live messages, and the threads that follow from it. */
final class MessageRows {
  private static final String BEFORE = "AND (m.sent_at, m.message_id) < (?, ?) ";
  private static final String NEWEST_FIRST = "ORDER BY m.sent_at DESC, m.message_id DESC LIMIT ?";
  private static final String OLDEST_FIRST = "ORDER BY m.sent_at, m.message_id";

  /** By messages_sent_ahead, the index whose condition this is. */
  private static final String SENT_AHEAD =
      """
      SELECT EXISTS (SELECT 1 FROM messages
        WHERE room_key = (SELECT room_key FROM rooms WHERE room_id = ?)
          AND sent_at > updated_at + 60000)
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
  private @Nullable Documents documents;

  MessageRows(Rows rows) {
    this.rows = rows;
  }

  /** How documents are kept, which stays so within a transaction. */
  Documents documents() {
    Documents known = documents;
    if (known == null) {
      known = rows.documents();
      documents = known;
    }
    return known;
  }

  Optional<Message> message(MessageId id) {
    return read(sql -> rows.first(sql.one(), this::message, id.value()));
  }

  Optional<StoredVersion> version(MessageId id) {
    return rows.first(sql().version(), this::version, id.value());
  }

  List<Message> page(Scope scope, @Nullable MessageKey before, int limit) {
    if (before == null) {
      return read(sql -> rows.list(of(sql, scope) + NEWEST_FIRST, this::message, id(scope), limit));
    }
    return read(
        sql ->
            rows.list(
                of(sql, scope) + BEFORE + NEWEST_FIRST,
                this::message,
                id(scope),
                before.sentAt().epochMilli(),
                before.id().value(),
                limit));
  }

  private interface Reading<T> {
    T with(MessageSql sql);
  }

  /** Reads fast, and again with care where there is a document that SQLite cannot read. */
  private <T> T read(Reading<T> reading) {
    try {
      return reading.with(documents().quickSql());
    } catch (StoreException e) {
      if (!Documents.isUnreadable(e)) {
        throw e;
      }
      return reading.with(sql());
    }
  }

  long rank(RoomId room, MessageKey place) {
    return rows.list(
            RANK,
            row -> row.number(1),
            room.value(),
            place.sentAt().epochMilli(),
            place.id().value())
        .get(0);
  }

  boolean isSentAhead(RoomId room) {
    return rows.first(SENT_AHEAD, row -> row.number(1) != 0, room.value()).orElse(false);
  }

  void each(Scope scope, Consumer<? super Message> action) {
    // What was handed on before a document that cannot be read is not handed on again.
    AtomicLong given = new AtomicLong();
    read(
        sql -> {
          long before = given.get();
          AtomicLong met = new AtomicLong();
          rows.each(
              of(sql, scope) + OLDEST_FIRST,
              this::message,
              message -> {
                if (met.incrementAndGet() > before) {
                  given.incrementAndGet();
                  action.accept(message);
                }
              },
              id(scope));
          return given;
        });
  }

  List<ThreadSummary> threads(RoomId room, int limit) {
    return read(sql -> rows.list(sql.threads(), row -> thread(row, room), room.value(), limit));
  }

  List<MessageId> unseen(RoomId room, int limit) {
    return rows.list(UNSEEN, row -> new MessageId(row.text(1)), room.value(), limit);
  }

  /** A message and its key in this file. */
  record Keyed(long key, Message message) {}

  /** Messages of all rooms, in the order of their keys. */
  List<Keyed> after(long key, int limit) {
    return read(
        sql -> rows.list(sql.after(), row -> new Keyed(row.number(1), message(row)), key, limit));
  }

  private MessageSql sql() {
    return documents().sql();
  }

  private static String of(MessageSql sql, Scope scope) {
    return scope instanceof Scope.OfRoom ? sql.ofRoom() : sql.ofThread();
  }

  private static String id(Scope scope) {
    if (scope instanceof Scope.OfRoom room) {
      return room.room().value();
    }
    return ((Scope.OfThread) scope).root().value();
  }

  private StoredVersion version(Row row) throws SQLException {
    return new StoredVersion(
        new RoomId(row.text(1)),
        new ServerTime(row.number(2)),
        Origin.valueOf(row.text(3)),
        documents().versionJson(row));
  }

  private ThreadSummary thread(Row row, RoomId room) throws SQLException {
    boolean rootStored = row.textOrNull("message_id") != null;
    return new ThreadSummary(
        new MessageId(row.text("root_id")),
        room,
        rootStored ? message(row) : null,
        row.count("replies"),
        row.time("newest_reply_at"));
  }

  Message message(Row row) throws SQLException {
    return documents().message(row);
  }
}
