package dev.strandline.internal.engine;

import dev.strandline.Progress.Activity;
import dev.strandline.error.CursorUnsupportedException;
import dev.strandline.model.Coverage;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.FeedQuery.Backward;
import dev.strandline.spi.FeedQuery.Since;
import dev.strandline.spi.Reach;
import dev.strandline.spi.RoomState;
import org.jspecify.annotations.Nullable;

/**
 * The pass over one room: anchor, catch up, read history, catch up again.
 *
 * <p>Every step commits rows and position together (R2) and can be the last: a run that dies
 * anywhere is continued by the next one from what is stored.
 */
final class RoomPass {
  private final Session session;
  private final CatchUp catchUp;

  RoomPass(Session session) {
    this.session = session;
    this.catchUp = new CatchUp(session, Applier.Manner.ROOM);
  }

  void run(RoomId room) {
    @Nullable RoomState state = session.findState(room).orElse(null);
    if (state == null) {
      anchor(room);
      catchUp(room);
    } else if (mustReconcile(state)) {
      new Reconciliation(session).repair(room);
    } else {
      catchUp(room);
      if (mustReconcile(session.state(room))) {
        new Reconciliation(session).repair(room);
      }
    }
    if (backfill(room)) {
      // What was edited while history was being read has moved into the feeds.
      catchUp(room);
    }
  }

  private void catchUp(RoomId room) {
    session.commits().now(Activity.CATCHING_UP);
    catchUp.run(room);
  }

  /** R10, R11: whether following the feeds is not enough to know the room. */
  private boolean mustReconcile(RoomState state) {
    Coverage.Stale stale = state.stale();
    return state.reconciling() != null
        || (stale != null && stale.cause() != Coverage.Cause.SILENT_DELETIONS)
        || Horizon.passed(state.deleted().settled(), session.calls().serverNow());
  }

  /** R8: fixes where both feeds start before the first row is read, and reads the newest page. */
  private void anchor(RoomId room) {
    session.commits().now(Activity.BACKFILLING);
    boolean historyWanted = session.options().history().messages() > 0;
    Backward query =
        new Backward(room, ServerTime.MAX, historyWanted ? session.options().pageSize() : 1);
    if (session.server().hasCursors()) {
      try {
        Session.Read read = session.read(query, room, Applier.Manner.ROOM);
        commitAnchored(room, read, Paging.reach(query, read.answer()));
        return;
      } catch (CursorUnsupportedException e) {
        session.server().noCursors();
      }
    }
    // R16: without cursors the whole room comes in one answer.
    Session.Read read = session.read(new Since(room, ServerTime.EPOCH), room, Applier.Manner.ROOM);
    commitAnchored(room, read, Reach.beginning(ServerTime.EPOCH));
  }

  private static void commitAnchored(RoomId room, Session.Read read, Reach reach) {
    ServerTime askedAt = read.answer().askedAt();
    ServerTime newest = read.intake().newestUpdate();
    // Without a date the newest stamp shown will do: whatever is still to come is later than it,
    // save
    // for what lookback covers.
    ServerTime anchor = askedAt != null ? askedAt : newest != null ? newest : ServerTime.EPOCH;
    read.intake()
        .commit(
            writer -> writer.putRoomState(RoomState.anchoredAt(room, anchor).withHistory(reach)));
  }

  /**
   * Reads history downwards as far as it is wanted.
   *
   * @return whether anything was asked
   */
  private boolean backfill(RoomId room) {
    session.commits().now(Activity.BACKFILLING);
    RoomState state = session.state(room);
    ServerTime floor = state.history().floor();
    long stored = session.store().read(reader -> reader.counts(room)).messages();
    long before = stored - session.tally().added();
    if (state.history().toBeginning() || stored >= session.options().history().messages()) {
      return false;
    }
    @Nullable Backward query =
        new Backward(room, floor == null ? ServerTime.MAX : floor, session.options().pageSize());
    while (query != null
        && before + session.tally().added() < session.options().history().messages()) {
      Session.Read read = session.read(query, room, Applier.Manner.ROOM);
      Reach reach = Paging.reach(query, read.answer());
      read.intake()
          .commit(
              writer ->
                  writer.putRoomState(writer.roomState(room).orElseThrow().withHistory(reach)));
      query = Paging.next(query, read.answer(), session.options().pageSize());
    }
    return true;
  }
}
