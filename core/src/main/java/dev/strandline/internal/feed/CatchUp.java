package dev.strandline.internal.feed;

import dev.strandline.error.ServerErrorException;
import dev.strandline.error.StrandlineException;
import dev.strandline.error.UnreachableException;
import dev.strandline.internal.call.AskedAt;
import dev.strandline.internal.call.RunClock;
import dev.strandline.internal.commit.Intake;
import dev.strandline.internal.commit.ReadPass;
import dev.strandline.model.Coverage;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.Feed;
import dev.strandline.spi.FeedQuery.Forward;
import dev.strandline.spi.FeedQuery.Since;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.Told;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Follows a room's two feeds from their watermarks to the present, and then claims what is
 * complete.
 *
 * <p>A short gap costs one request that answers for both feeds uncut; a long one costs pages of
 * UPDATED and as a rule one of DELETED (R15).
 */
public final class CatchUp {

  /** Up to this gap the uncut call is asked: longer ones time out on busy rooms (facts 1.5). */
  public static final Duration SHORT_GAP = Duration.ofDays(1);

  /** Tombstones are 60 bytes each, and more of them in one answer cost nothing but those (R4). */
  private static final int TOMBSTONES_AT_ONCE = 10_000;

  private final Session session;

  public CatchUp(Session session) {
    this.session = session;
  }

  /** Brings an anchored room to the present. */
  public void run(RoomId room) {
    session.paged(() -> bestWay(room), () -> inOneAnswer(room));
  }

  private RoomState bestWay(RoomId room) {
    if (gapIsShort(session.state(room))) {
      try {
        return inOneAnswer(room);
      } catch (UnreachableException | ServerErrorException e) {
        if (!tooMuchAtOnce(e) && !PageSize.mayBeTooMuch(e)) {
          throw e;
        }
      }
    }
    return inPages(room);
  }

  /**
   * By when the feeds were last read, whatever they have shown: a quiet room has little to tell.
   */
  private boolean gapIsShort(RoomState state) {
    ServerTime now = session.calls().serverNow();
    ServerTime earlier = ServerTime.min(state.updated().settled(), state.deleted().settled());
    if (now != null && now.since(earlier).compareTo(SHORT_GAP) <= 0) {
      return true;
    }
    RoomState.Claim claim = state.claim();
    if (claim != null) {
      Told told = session.calls().clock().told();
      return told.since(claim.told()).compareTo(SHORT_GAP) <= 0;
    }
    return now != null && now.since(state.anchor()).compareTo(SHORT_GAP) <= 0;
  }

  /** A reading of both feeds in one answer, from where the one that is further behind begins. */
  private ReadPass inOneAnswer(RoomState begun) {
    AskedAt asking = session.calls().asking();
    ServerTime since =
        session.behind(
            ServerTime.min(
                Settlement.from(begun.updated(), asking),
                Settlement.from(begun.deleted(), asking)));
    return ReadPass.ofFeeds(begun.room(), since, since, begun.seen(), begun.claim() == null);
  }

  /** A reading of both in pages, each from where it was. */
  private ReadPass inPages(RoomState begun) {
    AskedAt asking = session.calls().asking();
    return ReadPass.ofFeeds(
        begun.room(),
        session.behind(Settlement.from(begun.deleted(), asking)),
        session.behind(Settlement.from(begun.updated(), asking)),
        begun.seen(),
        begun.claim() == null);
  }

  private static boolean tooMuchAtOnce(StrandlineException e) {
    return PageSize.tookTooLong(e)
        || (e instanceof ServerErrorException error && error.status() >= 500);
  }

  private RoomState inOneAnswer(RoomId room) {
    RoomState begun = session.state(room);
    ReadPass reading = inOneAnswer(begun);
    // A time-out is not tried again as it is: pages ask for less.
    Session.Read read =
        session.read(
            new Since(room, reading.since()),
            reading,
            e -> !(session.server().hasCursors() && tooMuchAtOnce(e)));
    Settlement settlement = new Settlement(begun.seen(), read.asked());
    Told told = session.calls().told(read.asked(), read.answer());
    Intake intake = read.intake();
    intake.endReading();
    intake.commit(
        writer -> {
          RoomState now = writer.roomState(room).orElseThrow();
          RoomState settled =
              now.withUpdated(settlement.atEnd(now.updated(), intake.newestUpdate()))
                  .withDeleted(settlement.atEnd(now.deleted(), intake.newestDeletion()));
          writer.putRoomState(claim(settled, settlement, told));
        });
    return session.state(room);
  }

  private RoomState inPages(RoomId room) {
    RoomState begun = session.state(room);
    ReadPass reading = inPages(begun);
    try {
      followDeleted(begun, reading, followUpdated(begun, reading));
    } catch (ServerErrorException e) {
      // Facts 1.3: a stored message without a stamp makes every cursor page fail; the
      // other call works.
      if (!e.errorType().equals("error-cursor-not-found")) {
        throw e;
      }
      return inOneAnswer(room);
    }
    return session.state(room);
  }

  /**
   * Reads UPDATED page by page to its end.
   *
   * @return what that settles
   */
  private Settlement followUpdated(RoomState begun, ReadPass reading) {
    RoomId room = begun.room();
    @Nullable Settlement pass = null;
    @Nullable Forward query =
        new Forward(room, Feed.UPDATED, reading.since(), session.pages().now());
    while (true) {
      Session.Read read = session.read(query, reading);
      Settlement settlement = pass == null ? new Settlement(begun.seen(), read.asked()) : pass;
      pass = settlement;
      Intake intake = read.intake();
      @Nullable Forward next = session.pages().next(query, read.answer());
      if (next == null) {
        intake.endReading();
      }
      intake.commit(
          writer -> {
            RoomState now = writer.roomState(room).orElseThrow();
            writer.putRoomState(
                now.withUpdated(
                    next == null
                        ? settlement.atEnd(now.updated(), intake.newestUpdate())
                        : settlement.within(now.updated(), next.after())));
          });
      if (next == null) {
        return settlement;
      }
      query = next;
    }
  }

  /** Reads DELETED in one uncut answer, however large it has to be, and claims (R4). */
  private void followDeleted(RoomState begun, ReadPass reading, Settlement updated) {
    RoomId room = begun.room();
    @Nullable Settlement pass = null;
    @Nullable Forward query =
        new Forward(
            room,
            Feed.DELETED,
            reading.deletionsSince(),
            Math.max(TOMBSTONES_AT_ONCE, session.options().pageSize()));
    while (query != null) {
      Session.Read read = session.read(query, reading);
      Settlement settlement = pass == null ? new Settlement(begun.seen(), read.asked()) : pass;
      pass = settlement;
      Told told = session.calls().told(read.asked(), read.answer());
      Intake intake = read.intake();
      query = Paging.uncut(query, read.answer());
      boolean complete = query == null;
      intake.commit(
          writer -> {
            // What a cut answer shows is true, but it settles nothing.
            if (complete) {
              RoomState now = writer.roomState(room).orElseThrow();
              RoomState settled =
                  now.withDeleted(settlement.atEnd(now.deleted(), intake.newestDeletion()));
              writer.putRoomState(claim(settled, updated, told));
            }
          });
    }
  }

  /**
   * R9: what is known once both feeds have been read to their ends.
   *
   * @param updated the feeds' start, of which UPDATED's is the earlier
   * @param told when deletions were told
   */
  private RoomState claim(RoomState now, Settlement updated, Told told) {
    // R10: days can go by between two answers, where a device sleeps. What counts is when deletions
    // were told.
    if (Horizon.passed(now, told)) {
      return now.distrusted(Coverage.Cause.TOMBSTONES_EXPIRED);
    }
    ServerTime until = session.server().claimable(updated.start());
    RoomState.Claim old = now.claim();
    Told known = told.date() == null && old != null ? told.withDate(old.told().date()) : told;
    RoomState claimed =
        now.claimed(
            old == null || updated.isConfirmed() ? until : ServerTime.max(old.asOf(), until),
            known);
    return session.server().hidesDeletions() ? doubted(now, claimed) : claimed;
  }

  /** R11: a room of a server that hides deletions, from when on they can have gone unseen. */
  private static RoomState doubted(RoomState before, RoomState claimed) {
    Coverage.Stale stale = before.stale();
    if (stale != null
        && (stale.cause() != Coverage.Cause.SILENT_DELETIONS || stale.since() != null)) {
      return claimed;
    }
    ServerTime whole = before.lastWhole();
    if (whole == null && claimed.reconciling() == null && claimed.history().toBeginning()) {
      // First read while deletions are hidden: all that it showed has been there since it began.
      whole = claimed.anchor().minus(RunClock.DATE_TOLERANCE);
    }
    return claimed.withStale(new Coverage.Stale(whole, Coverage.Cause.SILENT_DELETIONS));
  }
}
