package dev.strandline.internal.engine;

import dev.strandline.WhyWhole;
import dev.strandline.error.RoomUnavailableException;
import dev.strandline.internal.feed.Session;
import dev.strandline.internal.reconcile.Comparison;
import dev.strandline.internal.reconcile.Findings;
import dev.strandline.internal.reconcile.Preview;
import dev.strandline.internal.reconcile.Stocktaking;
import dev.strandline.internal.reconcile.Stocktaking.Found;
import dev.strandline.internal.reconcile.ThreadComparison;
import dev.strandline.internal.reconcile.Uncounted;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import org.jspecify.annotations.Nullable;

/** Compares a room or a thread with the server, by the ways of a repair, and repairs nothing. */
final class Comparisons {
  private static final int ROUNDS = 3;

  private final Session session;
  private final Findings found;

  Comparisons(Session session, Findings found) {
    this.session = session;
    this.found = found;
  }

  void run(Scope scope) {
    if (scope instanceof Scope.OfRoom room) {
      room(room.room());
    } else {
      new ThreadComparison(session, ((Scope.OfThread) scope).root(), found).run();
    }
  }

  private void room(RoomId room) {
    if (session.findState(room).isEmpty()) {
      throw new RoomUnavailableException(room);
    }
    WhyWhole why = byCounting(room);
    if (why != null) {
      found.readWhole(why, !session.state(room).history().toBeginning());
      new Comparison(session, room, found).run();
    }
  }

  /** Why the room has to be read whole; null where it was compared by counting. */
  private @Nullable WhyWhole byCounting(RoomId room) {
    if (!found.request().quick()) {
      return WhyWhole.ASKED_FOR;
    }
    if (new RoomPass(session).hasWrongPositions(session.state(room))) {
      return WhyWhole.IN_DOUBT;
    }
    try {
      count(room);
      return null;
    } catch (Uncounted e) {
      return e.why();
    }
  }

  private void count(RoomId room) throws Uncounted {
    Stocktaking stocktaking = Stocktaking.of(session, room, 2);
    Preview before = new Preview(session, room).read();
    for (int round = 0; round < ROUNDS; round++) {
      ServerTime asOf = stocktaking.passed();
      Found counted = stocktaking.take(before.rows());
      Preview after = new Preview(session, room).read();
      if (after.hasSameComingsAndGoingsAs(before)) {
        stocktaking.refuseDeletionsUnderWay(after.latestDeletion(), asOf);
        counted.gone().forEach(tombstone -> found.surplus(tombstone.id()));
        found.counted(counted.searched());
        found.compared(counted.counted());
        found.pending(after.pending());
        return;
      }
      before = after;
    }
    throw new Uncounted(WhyWhole.NOT_STILL);
  }
}
