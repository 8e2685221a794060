package dev.strandline.internal.reconcile;

import dev.strandline.Progress.Activity;
import dev.strandline.internal.call.AskedAt;
import dev.strandline.internal.call.RunClock;
import dev.strandline.internal.commit.Applier;
import dev.strandline.internal.commit.ReadPass;
import dev.strandline.internal.feed.CatchUp;
import dev.strandline.internal.feed.Horizon;
import dev.strandline.internal.feed.Paging;
import dev.strandline.internal.feed.Session;
import dev.strandline.internal.feed.Settlement;
import dev.strandline.journal.Purpose;
import dev.strandline.model.Coverage;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.FeedPosition;
import dev.strandline.spi.FeedQuery;
import dev.strandline.spi.FeedQuery.Backward;
import dev.strandline.spi.FeedQuery.Since;
import dev.strandline.spi.Origin;
import dev.strandline.spi.Reach;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.RoomState.Reconciling;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads a room whole and makes the stored rows equal to it (R10, R11): no wipe, reads go on, and a
 * crash anywhere is continued from what is stored.
 *
 * <p>While it is under way every message that any answer shows is noted. When the room has been
 * read down to where its history is stored, and both feeds from the moment it began, what was not
 * noted is no longer there. Costs one request a page and those of a catch-up.
 */
public final class Reconciliation {
  private final Session session;

  public Reconciliation(Session session) {
    this.session = session;
  }

  /**
   * Brings the stored rows of an anchored room to equality with the server's.
   *
   * @return whether a part of it was read by an earlier run
   */
  public boolean repair(RoomId room) {
    session.commits().now(Activity.RECONCILING, Purpose.RECONCILE);
    boolean goesOn = continueOrBegin(room);
    if (hasClaimed(session.state(room))) {
      finish(room);
    } else {
      Reach reached = session.paged(() -> readDown(room), () -> readInOneAnswer(room));
      followFromStart(room, reached);
      removeWhatWasNotShown(room);
    }
    return goesOn;
  }

  /** The rest of a reading that ended between its claim and its end. */
  private void finish(RoomId room) {
    removeWhatWasNotShown(room);
    new CatchUp(session).run(room);
  }

  /** Says whether there was something to go on with. */
  private boolean continueOrBegin(RoomId room) {
    RoomState state = session.state(room);
    Reconciling underWay = state.reconciling();
    ServerTime now = session.calls().serverNow();
    if (underWay != null
        && underWay.from() != null
        && !Horizon.passed(underWay.startedAt(), now)
        && !session.isAhead(underWay.startedAt())) {
      return true;
    }
    ServerTime time = now != null ? now : newestStamp(state);
    // The anchor tells whether the feeds were begun anew for this reading: never by chance.
    ServerTime startedAt = time.equals(state.anchor()) ? time.previousMilli() : time;
    session
        .store()
        .write(
            writer -> {
              writer.forgetSeen(room);
              Reconciling reading = Reconciling.begunAt(startedAt);
              RoomState begun =
                  withoutUnfinishedClaim(state)
                      .withReconciling(
                          session.server().hidesDeletions() ? reading.blinded() : reading);
              writer.putRoomState(begun);
              return begun;
            });
    return false;
  }

  /**
   * A reading that is begun anew may have claimed before it had removed what it did not show: then
   * nothing is known to be complete.
   */
  private static RoomState withoutUnfinishedClaim(RoomState state) {
    return hasClaimed(state) ? state.withoutClaim() : state;
  }

  /** Whether the reading that is under way has followed the feeds to their ends already. */
  private static boolean hasClaimed(RoomState state) {
    Reconciling reading = state.reconciling();
    return reading != null && state.claim() != null && state.anchor().equals(reading.startedAt());
  }

  /** Where answers have no date, the newest stamp that the room shows is a time that has passed. */
  private ServerTime newestStamp(RoomState state) {
    RoomId room = state.room();
    FeedQuery newest = new Backward(room, ServerTime.MAX, 1);
    FeedQuery latest = new Since(room, session.behind(state.seen()));
    Session.Read read =
        session.paged(
            () -> session.read(newest, reading(state)), () -> session.read(latest, reading(state)));
    read.intake().commit(writer -> {});
    ServerTime shown = read.intake().newestUpdate();
    return shown == null ? state.seen() : ServerTime.max(state.seen(), shown);
  }

  /** Reads from the newest change down to where the stored history ends. */
  private Reach readDown(RoomId room) {
    RoomState state = session.state(room);
    @Nullable ServerTime target = target(state.history());
    ReadPass reading = reading(state);
    Reach reached = Reach.downTo(underWay(state).floor());
    @Nullable Backward query = new Backward(room, underWay(state).floor(), session.pages().now());
    while (query != null && (target == null || query.before().isAfter(target))) {
      Session.Read read = session.read(query, reading);
      reached = Paging.reach(query, read.answer());
      commit(room, read, reached.floor() == null ? query.before() : reached.floor());
      query = session.pages().next(query, read.answer());
    }
    return reached;
  }

  /**
   * Down to where every stored row has to be shown again; null for the beginning. The page that
   * ended at the floor has stored some rows of the millisecond below it too.
   */
  private static @Nullable ServerTime target(Reach history) {
    ServerTime floor = history.floor();
    return history.toBeginning() || floor == null ? null : floor.previousMilli();
  }

  private Reach readInOneAnswer(RoomId room) {
    ReadPass reading = reading(session.state(room));
    commit(room, session.read(new Since(room, ServerTime.EPOCH), reading), ServerTime.EPOCH);
    return Reach.beginning(ServerTime.EPOCH);
  }

  private void commit(RoomId room, Session.Read read, ServerTime floor) {
    ServerTime newest = read.intake().newestUpdate();
    read.intake()
        .commit(
            writer -> {
              RoomState now = writer.roomState(room).orElseThrow();
              Reconciling reading = underWay(now);
              // Known by the first answer only: later ones, of a reading that is gone on with after
              // days, show what was written long after a row was noted.
              ServerTime from =
                  reading.from() != null
                      ? reading.from()
                      : Settlement.beginning(read.asked(), newest).settled();
              writer.putRoomState(now.withReconciling(reading.downTo(floor, from)));
            });
  }

  /** Pages show what is there; what is not, the notes in the store tell at the end. */
  private static ReadPass reading(RoomState state) {
    return ReadPass.ofSome(state.room(), Origin.ROOM, state.seen());
  }

  private static Reconciling underWay(RoomState state) {
    Reconciling reading = state.reconciling();
    if (reading == null) {
      throw new IllegalStateException("no whole reading of room " + state.room());
    }
    return reading;
  }

  /** What changed while the room was being read is in the feeds, from the moment it began. */
  private void followFromStart(RoomId room, Reach reached) {
    session
        .store()
        .write(
            writer -> {
              RoomState now = writer.roomState(room).orElseThrow();
              ServerTime startedAt = underWay(now).startedAt();
              ServerTime from = Objects.requireNonNull(underWay(now).from(), "nothing was read");
              FeedPosition updated = FeedPosition.anchoredAt(from);
              // A catch-up that broke off is gone on with: what it stored says nothing
              // of the start.
              boolean begun = now.anchor().equals(startedAt);
              // An older claim would be measured against the time that the room was away.
              RoomState restarted =
                  new RoomState(
                      room,
                      startedAt,
                      begun ? now.updated() : updated,
                      begun ? now.deleted() : Settlement.beginningOfDeletions(updated),
                      reached,
                      null,
                      null,
                      now.reconciling());
              writer.putRoomState(restarted);
              return restarted;
            });
    new CatchUp(session).run(room);
  }

  private void removeWhatWasNotShown(RoomId room) {
    NotShown notShown = session.store().write(writer -> NotShown.of(writer, room));
    session
        .commits()
        .commit(
            room,
            Applier.Manner.of(Origin.ROOM, AskedAt.UNKNOWN),
            notShown.surplus(),
            writer -> {
              RoomState read = writer.roomState(room).orElseThrow();
              if (read.history().toBeginning()) {
                // R14: what no answer has shown in any form is there in none.
                writer.releaseUnseen(room);
              } else {
                notShown.noteThreads(writer, room);
              }
              writer.forgetSeen(room);
              RoomState done = read.withReconciling(null);
              // R11: from the moment that it began on, deletions can have gone unseen.
              Coverage.Stale stale = read.stale();
              boolean trusted = stale == null || stale.cause() == Coverage.Cause.SILENT_DELETIONS;
              boolean unseen = underWay(read).blind() && trusted;
              writer.putRoomState(unseen ? done.withStale(unseenSince(read)) : done);
            });
  }

  private static Coverage.Stale unseenSince(RoomState read) {
    ServerTime begun = underWay(read).startedAt().minus(RunClock.DATE_TOLERANCE);
    return new Coverage.Stale(
        read.history().toBeginning() ? begun : null, Coverage.Cause.SILENT_DELETIONS);
  }
}
