package dev.strandline.spi;

import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import org.jspecify.annotations.Nullable;

/**
 * Where the synchronisation of one thread's own feed stands (R13). Threads that are covered by
 * their room's feeds alone have none.
 *
 * @param root the thread's root
 * @param room the room that it is in
 * @param position the feed's position
 * @param asOf the server time at which the feed was last read; null before that
 * @param condition whether the server still has the thread
 */
public record ThreadState(
    MessageId root,
    RoomId room,
    FeedPosition position,
    @Nullable ServerTime asOf,
    Condition condition) {

  /** Whether the server still has the thread. */
  public enum Condition {
    /** It has. */
    ACTIVE,
    /** The root is gone; what is stored stays (R13). */
    ROOT_GONE,
    /** Threads were switched off when it was last asked for. */
    THREADS_OFF
  }

  /** A thread of whose feed nothing has been read. */
  public static ThreadState unread(MessageId root, RoomId room, Condition condition) {
    return new ThreadState(root, room, FeedPosition.anchoredAt(ServerTime.EPOCH), null, condition);
  }

  public ThreadState withCondition(Condition value) {
    return new ThreadState(root, room, position, asOf, value);
  }

  /** This thread with nothing of its feed read: the next reading is a whole one. */
  public ThreadState toBeReadAnew() {
    return unread(root, room, condition);
  }
}
