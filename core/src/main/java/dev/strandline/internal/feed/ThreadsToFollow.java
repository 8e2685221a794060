package dev.strandline.internal.feed;

import dev.strandline.ThreadMode;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.model.ThreadSummary;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.ThreadState;
import dev.strandline.spi.ThreadState.Condition;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which of a room's threads are worth a request of their own, from what is stored (R13, R15). */
public final class ThreadsToFollow {
  private ThreadsToFollow() {}

  /** The roots, the most recently replied to first. */
  public static List<MessageId> of(
      StoreReader reader, RoomId room, ThreadMode mode, Duration lookback) {
    RoomState state = reader.roomState(room).orElse(null);
    if (mode == ThreadMode.NONE || state == null) {
      return List.of();
    }
    // A room that is known to its beginning has every reply already.
    if (mode == ThreadMode.AUTO && state.history().toBeginning()) {
      return List.of();
    }
    Set<MessageId> roots = new LinkedHashSet<>();
    reader.threads(room, Integer.MAX_VALUE).stream()
        .filter(
            thread ->
                isWorthAsking(
                    thread, reader.threadState(thread.root()).orElse(null), state, mode, lookback))
        .map(ThreadSummary::root)
        .forEach(roots::add);
    // Of these nothing need be stored any more: a whole reading of a part has let go of it (R10).
    reader.threadStates(room).stream()
        .filter(thread -> thread.condition() != Condition.ROOT_GONE && thread.asOf() == null)
        .map(ThreadState::root)
        .forEach(roots::add);
    return List.copyOf(roots);
  }

  private static boolean isWorthAsking(
      ThreadSummary thread,
      @Nullable ThreadState known,
      RoomState room,
      ThreadMode mode,
      Duration lookback) {
    if (known == null) {
      return true;
    }
    ServerTime asOf = known.asOf();
    Message root = thread.rootMessage();
    if (known.condition() == Condition.ROOT_GONE) {
      // Its id can be used again, and it can be brought back.
      return root != null && (asOf == null || root.updatedAt().isAfter(asOf));
    }
    if (asOf == null) {
      return true;
    }
    if (mode == ThreadMode.AUTO || root == null) {
      // Read once after the room was anchored, a thread is kept whole by the room's feeds.
      return asOf.isBefore(room.anchor());
    }
    // Every reply, and every reply's deletion, writes the root (facts 3.7, 4).
    // R5: what it tells may have become visible after the thread was read.
    return root.updatedAt().isAfter(asOf.minus(lookback));
  }
}
