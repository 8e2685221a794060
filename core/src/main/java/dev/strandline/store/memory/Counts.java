package dev.strandline.store.memory;

import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.spi.RoomCounts;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How much each room holds, kept up row by row, so that a count is a look-up and no walk. */
final class Counts {

  /** A thread of a room; replies to one root can be in several rooms. */
  private record ThreadOf(RoomId room, MessageId root) {}

  private final Sheet<RoomId, RoomCounts> rooms;
  private final Sheet<ThreadOf, Long> replies;

  Counts() {
    this(Sheet.hashed(), Sheet.hashed());
  }

  private Counts(Sheet<RoomId, RoomCounts> rooms, Sheet<ThreadOf, Long> replies) {
    this.rooms = rooms;
    this.replies = replies;
  }

  /** Counts that show what these show and are changed without changing them. */
  Counts fork() {
    return new Counts(rooms.fork(), replies.fork());
  }

  RoomCounts of(RoomId room) {
    return rooms.map().getOrDefault(room, RoomCounts.NONE);
  }

  /** A live message has taken the place of {@code before}; null for none, on either side. */
  void replaced(@Nullable Message before, @Nullable Message after) {
    boolean inPlace =
        before != null
            && after != null
            && before.room().equals(after.room())
            && Objects.equals(before.thread(), after.thread());
    if (inPlace) {
      return;
    }
    if (before != null) {
      add(before.room(), -1, threads(before, -1), 0, 0, 0);
    }
    if (after != null) {
      add(after.room(), 1, threads(after, 1), 0, 0, 0);
    }
  }

  void tombstones(RoomId room, int change) {
    add(room, 0, 0, change, 0, 0);
  }

  void quarantined(RoomId room, int change) {
    add(room, 0, 0, 0, change, 0);
  }

  void inQuestion(RoomId room, int change) {
    add(room, 0, 0, 0, 0, change);
  }

  /** All rows of {@code room} are gone. */
  void forget(RoomId room) {
    rooms.remove(room);
    replies.removeIf((thread, count) -> thread.room().equals(room));
  }

  /** By how much the number of threads with a reply changes. */
  private long threads(Message message, int change) {
    MessageId root = message.thread();
    if (root == null) {
      return 0;
    }
    ThreadOf thread = new ThreadOf(message.room(), root);
    long before = replies.map().getOrDefault(thread, 0L);
    long after = before + change;
    if (after == 0) {
      replies.remove(thread);
      return -1;
    }
    replies.put(thread, after);
    return before == 0 ? 1 : 0;
  }

  private void add(
      RoomId room,
      long messages,
      long threads,
      long tombstones,
      long quarantined,
      long inQuestion) {
    RoomCounts now = of(room);
    rooms.put(
        room,
        new RoomCounts(
            now.messages() + messages,
            now.threads() + threads,
            now.tombstones() + tombstones,
            now.quarantined() + quarantined,
            now.inQuestion() + inQuestion));
  }
}
