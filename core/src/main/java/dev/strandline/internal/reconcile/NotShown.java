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
 * remembers. Nothing can vouch for it, no claim covers it, and it comes back with the history or
 * the thread that it belongs to. Of a thread whose root is known to be gone nothing comes back, so
 * what is stored stays (R13).
 *
 * @param surplus what is to be done with those that do not stay
 * @param lostRoots the roots of those that stay
 */
record NotShown(List<Change> surplus, Set<MessageId> lostRoots) {

  static NotShown of(StoreWriter writer, RoomId room) {
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
          if (gone.contains(root) || isLost(writer, root)) {
            notShown.lostRoots.add(root);
          } else {
            notShown.surplus.add(new Change.LetGo(reply));
          }
        });
    return notShown;
  }

  /** Also where nobody has asked for the thread since; but an id can have been used again. */
  private static boolean isLost(StoreReader reader, MessageId root) {
    return (reader.version(root).isEmpty() && reader.tombstone(root).isPresent())
        || reader
            .threadState(root)
            .filter(thread -> thread.condition() == Condition.ROOT_GONE)
            .isPresent();
  }

  /** Threads are to be read anew, and why some replies stay is for later readings to know. */
  void noteThreads(StoreWriter writer, RoomId room) {
    writer.threadStates(room).forEach(thread -> writer.putThreadState(thread.toBeReadAnew()));
    for (MessageId root : lostRoots) {
      writer.putThreadState(ThreadState.unread(root, room, Condition.ROOT_GONE));
    }
  }
}
