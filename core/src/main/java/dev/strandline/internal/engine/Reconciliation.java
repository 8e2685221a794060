package dev.strandline.internal.engine;

import dev.strandline.Progress.Activity;
import dev.strandline.error.CursorUnsupportedException;
import dev.strandline.model.Coverage;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import dev.strandline.spi.FeedPosition;
import dev.strandline.spi.FeedQuery.Backward;
import dev.strandline.spi.FeedQuery.Since;
import dev.strandline.spi.Reach;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.RoomState.Reconciling;
import dev.strandline.spi.StoreWriter;
import dev.strandline.spi.StoredVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a room whole and makes the stored rows equal to it (R10, R11): no wipe, reads go on, and a
 * crash anywhere is continued from what is stored.
 *
 * <p>While it is under way every message that any answer shows is noted. When the room has been
 * read down to where its history is stored, and both feeds from the moment it began, what was not
 * noted is no longer there. Costs one request a page and those of a catch-up.
 */
final class Reconciliation {
  private static final Applier.Manner MANNER = Applier.Manner.WHOLE_READING;

  private final Session session;

  Reconciliation(Session session) {
    this.session = session;
  }

  /** Brings the stored rows of an anchored room to equality with the server's. */
  void repair(RoomId room) {
    session.commits().now(Activity.RECONCILING);
    Reconciling reading = continueOrBegin(room);
    Reach reached = readDown(room, reading);
    followFromStart(room, reading, reached);
    removeWhatWasNotShown(room, reading);
  }

  private Reconciling continueOrBegin(RoomId room) {
    RoomState state = session.state(room);
    Reconciling underWay = state.reconciling();
    ServerTime now = session.calls().serverNow();
    if (underWay != null && !Horizon.passed(underWay.startedAt(), now)) {
      return underWay;
    }
    // A stamp seen earlier will do where no answer has told the time: it is not later than now.
    ServerTime startedAt =
        now != null ? now : ServerTime.max(state.updated().seen(), state.deleted().seen());
    Reconciling begun = new Reconciling(startedAt, ServerTime.MAX);
    session
        .store()
        .write(
            writer -> {
              writer.forgetSeen(room);
              writer.putRoomState(state.withReconciling(begun));
              return begun;
            });
    return begun;
  }

  /** Reads from the newest change down to where the stored history ends. */
  private Reach readDown(RoomId room, Reconciling reading) {
    RoomState state = session.state(room);
    if (!session.server().hasCursors()) {
      return readInOneAnswer(room);
    }
    ServerTime target = state.history().toBeginning() ? null : state.history().floor();
    int pageSize = session.options().pageSize();
    @Nullable Backward query = new Backward(room, reading.floor(), pageSize);
    Reach reached = Reach.downTo(reading.floor());
    try {
      while (query != null && (target == null || query.before().isAfter(target))) {
        Session.Read read = session.read(query, room, MANNER);
        Reach reach = Paging.reach(query, read.answer());
        ServerTime floor = reach.floor() == null ? reading.floor() : reach.floor();
        read.intake()
            .commit(
                writer ->
                    writer.putRoomState(
                        writer
                            .roomState(room)
                            .orElseThrow()
                            .withReconciling(new Reconciling(reading.startedAt(), floor))));
        reached = reach;
        query = Paging.next(query, read.answer(), pageSize);
      }
    } catch (CursorUnsupportedException e) {
      session.server().noCursors();
      return readInOneAnswer(room);
    }
    return reached;
  }

  private Reach readInOneAnswer(RoomId room) {
    Session.Read read = session.read(new Since(room, ServerTime.EPOCH), room, MANNER);
    read.intake().commit(writer -> {});
    return Reach.beginning(ServerTime.EPOCH);
  }

  /** What changed while the room was being read is in the feeds, from the moment it began. */
  private void followFromStart(RoomId room, Reconciling reading, Reach reached) {
    session
        .store()
        .write(
            writer -> {
              RoomState now = writer.roomState(room).orElseThrow();
              FeedPosition start = FeedPosition.anchoredAt(reading.startedAt());
              RoomState restarted =
                  new RoomState(
                      room,
                      reading.startedAt(),
                      start,
                      start,
                      reached,
                      now.claim(),
                      null,
                      now.reconciling());
              writer.putRoomState(restarted);
              return restarted;
            });
    new CatchUp(session, MANNER).run(room);
  }

  private void removeWhatWasNotShown(RoomId room, Reconciling reading) {
    Applier.Manner manner = MANNER;
    List<Change> surplus = session.store().write(writer -> notShown(writer, room));
    session
        .commits()
        .commit(
            room,
            manner,
            surplus,
            writer -> {
              writer.forgetSeen(room);
              RoomState done = writer.roomState(room).orElseThrow().withReconciling(null);
              // R11: from the next moment on deletions can go unseen again.
              writer.putRoomState(
                  session.server().hidesDeletions()
                      ? done.withStale(
                          new Coverage.Stale(reading.startedAt(), Coverage.Cause.SILENT_DELETIONS))
                      : done);
            });
  }

  private static List<Change> notShown(StoreWriter writer, RoomId room) {
    Reach history = writer.roomState(room).orElseThrow().history();
    List<Change> surplus = new ArrayList<>();
    for (MessageId id : writer.unseen(room, Integer.MAX_VALUE)) {
      Optional<StoredVersion> stored = writer.version(id);
      // Below the floor nothing was read, so nothing can be said of what is stored there.
      stored
          .filter(version -> isWithin(history, version.updatedAt()))
          .ifPresent(
              version ->
                  surplus.add(
                      new Change.Gone(
                          new Tombstone(id, version.updatedAt(), Tombstone.Reason.NOT_FOUND))));
    }
    return surplus;
  }

  private static boolean isWithin(Reach history, ServerTime stamp) {
    ServerTime floor = history.floor();
    return history.toBeginning() || (floor != null && !stamp.isBefore(floor));
  }
}
