package dev.strandline.internal.engine;

import dev.strandline.WhyWhole;
import dev.strandline.internal.feed.Session;
import dev.strandline.internal.reconcile.Audit;
import dev.strandline.internal.reconcile.Reconciliation;
import dev.strandline.model.Coverage;
import dev.strandline.model.Membership;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.RoomState;
import java.time.Duration;

/**
 * R11: looks for deletions that go unseen where the workspace's settings let them, in rooms where
 * there may be some, and as often as is worth it.
 *
 * <p>Every deletion writes the room's document (facts 3.7). So a room is counted when its document
 * has changed since it was last known to be whole, and an hour after that at the earliest.
 */
final class Suspicion {
  private static final Duration AT_MOST_EVERY = Duration.ofHours(1);

  /** Up to so many pages a room may be read whole where counting cannot tell. */
  private static final long FEW_PAGES = 2;

  private final Session session;

  Suspicion(Session session) {
    this.session = session;
  }

  /** Settles a room that was just caught up with, if there is reason to. */
  void settle(RoomId room) {
    if (!isWorthIt(room)) {
      return;
    }
    WhyWhole why = new Audit(session, room).settleCaughtUp();
    boolean comesToRest = why == WhyWhole.NOT_STILL || why == WhyWhole.DELETIONS_UNDER_WAY;
    long messages = session.store().read(reader -> reader.counts(room)).messages();
    boolean isSmall = messages <= FEW_PAGES * session.options().pageSize();
    // Where deletions are hidden no more, one whole reading settles it for good, and does not wait
    // for a room that never comes to rest.
    boolean isForGood = !session.server().hidesDeletions();
    if (why != null && (isForGood || (!comesToRest && isSmall))) {
      new Reconciliation(session).repair(room);
    }
  }

  private boolean isWorthIt(RoomId room) {
    RoomState state = session.state(room);
    Coverage.Stale stale = state.stale();
    ServerTime now = session.calls().serverNow();
    if (stale == null || stale.cause() != Coverage.Cause.SILENT_DELETIONS) {
      return false;
    }
    if (now == null) {
      // Nothing tells when it was tried last; and once it has been done it need not be again.
      return !session.server().hidesDeletions();
    }
    ServerTime since = stale.since();
    boolean hides = session.server().hidesDeletions();
    // Of a part of a room it is not known when it was whole, so nothing tells whether it is worth
    // it while deletions are hidden; once they are not, it is for good.
    boolean isTime =
        since == null
            ? !hides
            : now.since(since).compareTo(AT_MOST_EVERY) >= 0
                && (!hides || hasChangedSince(room, since));
    // What cannot be settled is not tried by each run.
    return isTime && session.server().mayCount(room, now, AT_MOST_EVERY);
  }

  private boolean hasChangedSince(RoomId room, ServerTime whole) {
    // Nobody has asked for the room's document: it may have changed.
    if (!session.server().knowsDirectory()) {
      return true;
    }
    // The directory tells of the caller's own rooms only.
    ServerTime written =
        session
            .store()
            .read(reader -> reader.room(room))
            .filter(it -> it.membership() == Membership.MEMBER)
            .map(Room::updatedAt)
            .orElse(null);
    return written == null || written.isAfter(session.behind(whole));
  }
}
