package dev.strandline.store.sqlite.internal;

import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.spi.Origin;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes to the table of live messages, and says to {@link ThreadRows} what that means for threads.
 * Belongs to one transaction.
 */
final class MessageWrites {
  private static final String PLACE =
      "SELECT room_key, thread_id, reply_count > 0, sent_at FROM messages WHERE message_id = ?";

  private static final String REMOVE = "DELETE FROM messages WHERE message_id = ?";

  /** Where a stored message belongs. */
  private record Place(long roomKey, @Nullable String thread, boolean isRoot, long sentAt) {}

  private final Rows rows;
  private final ThreadRows threads;
  private final MessageRows reading;

  MessageWrites(Rows rows, ThreadRows threads) {
    this.rows = rows;
    this.threads = threads;
    reading = new MessageRows(rows);
  }

  /** Stores a message unless one is stored under its id. */
  boolean add(Message message, long roomKey, Origin origin, @Nullable Long page) {
    String insert = reading.documents().insert();
    boolean added =
        rows.update(insert, statement -> bind(statement, message, roomKey, origin, page)) > 0;
    if (added) {
      MessageId thread = message.thread();
      if (thread != null) {
        threads.replyAdded(roomKey, thread.value(), message.sentAt().epochMilli());
      }
      if (message.replyCount() > 0) {
        threads.rootAdded(roomKey, message.id().value());
      }
    }
    return added;
  }

  /** Stores a message, in place of the one under its id where there is one. */
  void put(Message message, long roomKey, Origin origin, @Nullable Long page) {
    Place before = place(message.id()).orElse(null);
    if (before == null) {
      add(message, roomKey, origin, page);
      return;
    }
    String replace = reading.documents().replace();
    rows.update(replace, statement -> bind(statement, message, roomKey, origin, page));
    MessageId thread = message.thread();
    Place after =
        new Place(
            roomKey,
            thread == null ? null : thread.value(),
            message.replyCount() > 0,
            message.sentAt().epochMilli());
    if (!after.equals(before)) {
      changed(message.id(), before);
      changed(message.id(), after);
    }
  }

  void remove(MessageId id) {
    Optional<Place> before = place(id);
    if (before.isPresent()) {
      rows.update(REMOVE, id.value());
      changed(id, before.get());
    }
  }

  private void changed(MessageId id, Place place) {
    if (place.thread() != null) {
      threads.changed(place.roomKey(), place.thread());
    }
    if (place.isRoot()) {
      threads.changed(place.roomKey(), id.value());
    }
  }

  private Optional<Place> place(MessageId id) {
    return rows.first(PLACE, MessageWrites::place, id.value());
  }

  private static Place place(Row row) throws SQLException {
    return new Place(row.number(1), row.textOrNull(2), row.count(3) != 0, row.number(4));
  }

  private void bind(
      PreparedStatement statement,
      Message message,
      long roomKey,
      Origin origin,
      @Nullable Long page)
      throws SQLException {
    MessageId thread = message.thread();
    statement.setString(1, Unicode.exact(message.id().value()));
    statement.setLong(2, roomKey);
    statement.setLong(3, message.sentAt().epochMilli());
    statement.setLong(4, message.updatedAt().epochMilli());
    statement.setString(5, thread == null ? null : Unicode.exact(thread.value()));
    statement.setInt(6, message.replyCount());
    if (message.lastReplyAt() == null) {
      statement.setNull(7, Types.INTEGER);
    } else {
      statement.setLong(7, message.lastReplyAt().epochMilli());
    }
    statement.setString(8, origin.name());
    reading.documents().bind(statement, message); // 9, and 11 on
    if (page == null) {
      statement.setNull(10, Types.INTEGER);
    } else {
      statement.setLong(10, page);
    }
  }
}
