package dev.strandline.internal.engine;

import dev.strandline.WhyWhole;
import dev.strandline.internal.commit.Listeners;
import dev.strandline.internal.feed.Session;
import dev.strandline.internal.reconcile.Audit;
import dev.strandline.internal.reconcile.Findings;
import dev.strandline.internal.reconcile.Reconciliation;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Makes a room's or a thread's rows equal to the server's, after an ordinary pass where its feeds
 * can be followed: what that would have brought is no difference; the rest is noted.
 */
final class Repair {
  private final Session session;
  private final Listeners listeners;
  private final Findings found;

  Repair(Session session, Listeners listeners, Findings found) {
    this.session = session;
    this.listeners = listeners;
    this.found = found;
  }

  void room(RoomId room) {
    RoomPass pass = new RoomPass(session);
    boolean feedsWillDo = !pass.needsWholeReading(room);
    // A pass that has to read the room whole would do the same work first, and unnoted.
    if (feedsWillDo) {
      pass.run(room);
    }
    WhyWhole why = byCounting(room, pass, feedsWillDo);
    if (why != null) {
      noting(
          room,
          () -> {
            if (new Reconciliation(session).repair(room)) {
              // What an earlier run has read is not what was asked for now.
              new Reconciliation(session).repair(room);
            }
          });
      found.readWhole(why, !session.state(room).history().toBeginning());
    }
    found.compared(session.store().read(reader -> reader.counts(room)).messages());
  }

  /** Why the room has to be read whole; null where it was settled by counting. */
  private @Nullable WhyWhole byCounting(RoomId room, RoomPass pass, boolean caughtUp) {
    if (!found.request().quick()) {
      return WhyWhole.ASKED_FOR;
    }
    if (pass.hasWrongPositions(session.state(room))) {
      return WhyWhole.IN_DOUBT;
    }
    Audit audit = new Audit(session, room);
    WhyWhole why = caughtUp ? audit.settleCaughtUp() : audit.settle();
    if (why == null) {
      audit.found().gone().forEach(tombstone -> found.surplus(tombstone.id()));
      found.counted(audit.found().searched());
    }
    return why;
  }

  void thread(MessageId root) {
    ThreadPass pass = new ThreadPass(session);
    RoomId room = pass.roomOf(root);
    noting(room, () -> pass.readWhole(root));
    found.readWhole(WhyWhole.ASKED_FOR, false);
    long[] replies = new long[1];
    session
        .store()
        .read(
            reader -> {
              reader.forEachMessage(Scope.thread(root), reply -> replies[0]++);
              return replies;
            });
    found.compared(replies[0]);
  }

  private void noting(RoomId room, Runnable work) {
    Runnable stop = listeners.onChange(found.noting(room));
    try {
      work.run();
      // Commits are made, and told of, a little later.
      session.commits().settle();
    } finally {
      stop.run();
    }
  }
}
