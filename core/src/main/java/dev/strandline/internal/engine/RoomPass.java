package dev.strandline.internal.engine;

import dev.strandline.Progress.Activity;
import dev.strandline.internal.commit.ReadPass;
import dev.strandline.internal.feed.CatchUp;
import dev.strandline.internal.feed.Horizon;
import dev.strandline.internal.feed.Paging;
import dev.strandline.internal.feed.Questions;
import dev.strandline.internal.feed.Session;
import dev.strandline.internal.feed.Settlement;
import dev.strandline.internal.reconcile.Audit;
import dev.strandline.internal.reconcile.Reconciliation;
import dev.strandline.journal.Purpose;
import dev.strandline.model.Coverage;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.FeedPosition;
import dev.strandline.spi.FeedQuery.Backward;
import dev.strandline.spi.FeedQuery.Since;
import dev.strandline.spi.Origin;
import dev.strandline.spi.Reach;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.ThreadState.Condition;
import java.util.ArrayList;
import java.util.List;
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
    this.catchUp = new CatchUp(session);
  }

  void run(RoomId room) {
    if (session.findState(room).isEmpty()) {
      anchor(room);
    }
    reachPresent(room);
    if (backfill(room)) {
      // What was edited while history was being read has moved into the feeds.
      reachPresent(room);
    }
    if (new Questions(session).settle(room)) {
      reachPresent(room);
    }
  }

  /** Whether a pass would have to read the room whole: its feeds are not enough any more. */
  boolean needsWholeReading(RoomId room) {
    return session.findState(room).map(this::mustReconcile).orElse(false);
  }

  private void reachPresent(RoomId room) {
    if (!mustReconcile(session.state(room))) {
      session.commits().now(Activity.CATCHING_UP, Purpose.CATCH_UP);
      catchUp.run(room);
    }
    // What the answers showed can itself say that the feeds are not enough; and a whole reading
    // that was continued too late has to be done again. A fresh one is never too late.
    for (int reading = 0; reading < 2 && mustReconcile(session.state(room)); reading++) {
      if (!isSettledByCounting(room)) {
        new Reconciliation(session).repair(room);
      }
    }
  }

  private boolean isSettledByCounting(RoomId room) {
    return !hasWrongPositions(session.state(room)) && new Audit(session, room).settle() == null;
  }

  /** R10, R11: whether following the feeds is not enough to know the room. */
  private boolean mustReconcile(RoomState state) {
    Coverage.Stale stale = state.stale();
    return state.reconciling() != null
        || (stale != null && stale.cause() != Coverage.Cause.SILENT_DELETIONS)
        || Horizon.passed(state, session.calls().clock().told())
        || hasWrongPositions(state);
  }

  /**
   * Whether the server's clock has gone back behind what the room is settled to, and further than a
   * pass reads back: what was written since bears stamps that following the feeds does not bring.
   */
  boolean hasWrongPositions(RoomState state) {
    return session.isAhead(state.updated().settled())
        || session.isAhead(state.deleted().settled())
        || (state.claim() != null && session.isAhead(state.claim().asOf()));
  }

  /** R8: fixes where both feeds start before the first row is read, and reads the newest page. */
  private void anchor(RoomId room) {
    session.commits().now(Activity.BACKFILLING, Purpose.ANCHOR);
    // Rows that a thread's pass stored before may have been deleted before the feeds begin: nothing
    // but a whole reading can vouch for them.
    boolean hasStrangers = session.store().read(reader -> reader.counts(room)).messages() > 0;
    session.paged(
        () -> anchorAtNewestPage(room, hasStrangers),
        () -> anchorWithEverything(room, hasStrangers));
  }

  private Reach anchorAtNewestPage(RoomId room, boolean hasStrangers) {
    boolean historyWanted = session.options().history().messages() > 0;
    Backward query = new Backward(room, ServerTime.MAX, historyWanted ? session.pages().now() : 1);
    Session.Read read = session.readWhole(query, firstReading(room));
    return commitAnchored(room, read, Paging.reach(query, read.answer()), hasStrangers);
  }

  /** R16: without cursors the whole room comes in one answer. */
  private Reach anchorWithEverything(RoomId room, boolean hasStrangers) {
    Session.Read read = session.read(new Since(room, ServerTime.EPOCH), firstReading(room));
    return commitAnchored(room, read, Reach.beginning(ServerTime.EPOCH), hasStrangers);
  }

  private static ReadPass firstReading(RoomId room) {
    return ReadPass.ofSome(room, Origin.ROOM, ServerTime.EPOCH);
  }

  private Reach commitAnchored(RoomId room, Session.Read read, Reach reach, boolean hasStrangers) {
    FeedPosition updated = Settlement.beginning(read.asked(), read.intake().newestUpdate());
    ServerTime date = read.asked().moment();
    RoomState anchored =
        new RoomState(
            room,
            date != null ? date : updated.settled(),
            updated,
            Settlement.beginningOfDeletions(updated),
            reach,
            null,
            null,
            null);
    // R11: what is shown while deletions are hidden can be gone before the first claim, by when the
    // settings may be others.
    boolean isBlind = session.server().hidesDeletions();
    RoomState trusted =
        hasStrangers
            ? anchored.distrusted(Coverage.Cause.REQUESTED)
            : isBlind ? anchored.distrusted(Coverage.Cause.SILENT_DELETIONS) : anchored;
    read.intake().commit(writer -> writer.putRoomState(trusted));
    return reach;
  }

  /**
   * Reads history downwards as far as it is wanted.
   *
   * @return whether anything was asked
   */
  private boolean backfill(RoomId room) {
    session.commits().now(Activity.BACKFILLING, Purpose.HISTORY);
    if (session.state(room).history().toBeginning()) {
      return false;
    }
    long stored = session.store().read(reader -> reader.counts(room)).messages();
    long wanted = session.options().history().messages() - stored;
    if (wanted <= 0) {
      return false;
    }
    session.paged(() -> readDown(room, wanted), () -> readInOneAnswer(room));
    return true;
  }

  /** Reads down until {@code wanted} more messages are stored or the beginning has been read. */
  private Reach readDown(RoomId room, long wanted) {
    Reach reach = session.state(room).history();
    ServerTime floor = reach.floor() == null ? ServerTime.MAX : reach.floor();
    long addedBefore = session.tally().added();
    long shown = 0;
    @Nullable Backward query = new Backward(room, floor, pageOf(wanted));
    while (query != null && (shown < wanted || added() - addedBefore < wanted)) {
      Session.Read read = session.read(query, historyOf(room));
      shown += read.intake().messages();
      reach = Paging.reach(query, read.answer());
      commitHistory(room, read, reach);
      query = session.pages().next(query, read.answer(), pageOf(wanted - shown));
    }
    return reach;
  }

  /** A page that grows for what is wanted only: nobody asked for more. */
  private int pageOf(long missing) {
    long enough = Math.max(missing, session.options().pageSize());
    return (int) Math.min(session.pages().now(), enough);
  }

  /** How many of the messages shown were new; waits until that is known. */
  private long added() {
    session.commits().settle();
    return session.tally().added();
  }

  private Reach readInOneAnswer(RoomId room) {
    Session.Read read = session.read(new Since(room, ServerTime.EPOCH), historyOf(room));
    return commitHistory(room, read, Reach.beginning(ServerTime.EPOCH));
  }

  private ReadPass historyOf(RoomId room) {
    return ReadPass.ofSome(room, Origin.ROOM, session.state(room).seen());
  }

  private static Reach commitHistory(RoomId room, Session.Read read, Reach reach) {
    read.intake()
        .commit(
            writer -> {
              RoomState before = writer.roomState(room).orElseThrow();
              RoomState now = before.withHistory(reach);
              boolean unvouched = hasUnvouched(writer, room, before.history(), reach);
              writer.putRoomState(unvouched ? now.distrusted(Coverage.Cause.REQUESTED) : now);
            });
    return reach;
  }

  /**
   * Whether there are replies of a lost root in what has now been read and had not been before.
   * They were kept while nothing could vouch for them (R13); now that they are about to be claimed,
   * only a whole reading can.
   */
  private static boolean hasUnvouched(
      StoreReader reader, RoomId room, Reach before, Reach reached) {
    List<ServerTime> entered = new ArrayList<>();
    reader.threadStates(room).stream()
        .filter(thread -> thread.condition() == Condition.ROOT_GONE)
        .forEach(
            thread ->
                reader.forEachMessage(
                    Scope.thread(thread.root()),
                    reply -> {
                      ServerTime stamp = reply.updatedAt();
                      if (reached.covers(stamp) && !before.covers(stamp)) {
                        entered.add(stamp);
                      }
                    }));
    return !entered.isEmpty();
  }
}
