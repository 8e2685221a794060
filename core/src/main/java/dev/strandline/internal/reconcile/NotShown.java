package dev.strandline.internal.reconcile;

import dev.strandline.internal.commit.Change;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.Tombstone;
import dev.strandline.spi.Reach;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.StoreWriter;
import dev.strandline.spi.ThreadState;
import dev.strandline.spi.ThreadState.Condition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The stored messages that no answer of a whole reading has shown, and what becomes of them.
 *
 * <p>Down to the floor of the reading that says that they are gone. Further down nothing was read:
 * a row that came from a thread, or from a lookback, may be dead for longer than the server
 * remembers. Nothing can vouch for it and no claim covers it. What comes back with the history is
 * let go of; of replies it is their thread's next reading, a whole one, that tells. If it cannot be
 * read any more since its root is gone, nothing would bring them back, and they stay (R13).
 *
 * @param surplus what is to be done with those that do not stay
 * @param threads the roots of those that stay
 */
record NotShown(List<Change> surplus, Set<MessageId> threads) {

  /**
   * @param followsThreads whether threads are read without being asked for by name
   */
  static NotShown of(StoreWriter writer, RoomId room, boolean followsThreads) {
    Reach history = writer.roomState(room).orElseThrow().history();
    NotShown notShown = new NotShown(new ArrayList<>(), new HashSet<>());
    Set<MessageId> gone = new HashSet<>();
    Map<MessageId, MessageId> repliesBelow = new LinkedHashMap<>();
    for (MessageId id : writer.unseen(room, Integer.MAX_VALUE)) {
      Message message = writer.message(id).orElseThrow();
      if (history.covers(message.updatedAt())) {
        gone.add(id);
        notShown.surplus.add(
            new Change.Gone(new Tombstone(id, message.updatedAt(), Tombstone.Reason.NOT_FOUND)));
      } else if (message.thread() != null) {
        repliesBelow.put(id, message.thread());
      } else {
        notShown.surplus.add(new Change.LetGo(id));
      }
    }
    repliesBelow.forEach(
        (reply, root) -> {
          ThreadState thread = writer.threadState(root).orElse(null);
          boolean isRead = thread != null && followsThreads;
          boolean isLost = thread != null && thread.condition() == Condition.ROOT_GONE;
          if (isRead || isLost || gone.contains(root) || isGone(writer, root)) {
            notShown.threads.add(root);
          } else {
            notShown.surplus.add(new Change.LetGo(reply));
          }
        });
    return notShown;
  }

  /** A grave beside a stored root is that of an id that was used again. */
  private static boolean isGone(StoreReader reader, MessageId root) {
    return reader.version(root).isEmpty() && reader.tombstone(root).isPresent();
  }

  /** All that is known of threads was before: each is to be read anew. */
  void noteThreads(StoreWriter writer, RoomId room) {
    writer.threadStates(room).forEach(thread -> writer.putThreadState(thread.toBeReadAnew()));
    for (MessageId root : threads) {
      if (writer.threadState(root).isEmpty()) {
        writer.putThreadState(ThreadState.unread(root, room, Condition.ACTIVE));
      }
    }
  }
}
