package dev.strandline.internal.feed;

import dev.strandline.error.ServerErrorException;
import dev.strandline.error.StrandlineException;
import dev.strandline.error.UnreachableException;
import dev.strandline.internal.call.Heard;
import dev.strandline.internal.commit.Applier;
import dev.strandline.internal.commit.Intake;
import dev.strandline.model.Coverage;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.Feed;
import dev.strandline.spi.FeedAnswer;
import dev.strandline.spi.FeedPosition;
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
  private final Applier.Manner manner;

  public CatchUp(Session session, Applier.Manner manner) {
    this.session = session;
    this.manner = manner;
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

  private boolean gapIsShort(RoomState state) {
    ServerTime now = session.calls().serverNow();
    return now != null && now.since(earlier(state)).compareTo(SHORT_GAP) <= 0;
  }

  private static ServerTime earlier(RoomState state) {
    return ServerTime.min(state.updated().settled(), state.deleted().settled());
  }

  private static boolean tooMuchAtOnce(StrandlineException e) {
    return PageSize.tookTooLong(e)
        || (e instanceof ServerErrorException error && error.status() >= 500);
  }

  private RoomState inOneAnswer(RoomId room) {
    RoomState begun = session.state(room);
    Since query = new Since(room, session.behind(earlier(begun)));
    // A time-out is not tried again as it is: pages ask for less.
    Session.Read read =
        session.read(
            query, room, manner, e -> !(session.server().hasCursors() && tooMuchAtOnce(e)));
    Settlement updated = new Settlement(begun.updated(), read.answer());
    Settlement deleted = new Settlement(begun.deleted(), read.answer());
    Intake intake = read.intake();
    intake.commit(
        writer -> {
          RoomState now = writer.roomState(room).orElseThrow();
          RoomState settled =
              now.withUpdated(updated.atEnd(now.updated(), intake.newestUpdate()))
                  .withDeleted(deleted.atEnd(now.deleted(), intake.newestDeletion()));
          // The two lists are two queries (facts 1.2): a stamp in the one does not say that the
          // other was asked for as late. What earlier answers have shown does.
          writer.putRoomState(claim(settled, begun, updated.asOf(shown(begun)), read.answer()));
        });
    return session.state(room);
  }

  private RoomState inPages(RoomId room) {
    RoomState begun = session.state(room);
    try {
      followDeleted(begun, followUpdated(begun));
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
   * @return the server time for which the end was read
   */
  private ServerTime followUpdated(RoomState begun) {
    RoomId room = begun.room();
    @Nullable Settlement pass = null;
    @Nullable Forward query =
        new Forward(
            room, Feed.UPDATED, session.behind(begun.updated().settled()), session.pages().now());
    while (true) {
      Session.Read read = session.read(query, room, manner);
      Settlement settlement = settlement(pass, begun.updated(), read.answer());
      pass = settlement;
      Intake intake = read.intake();
      @Nullable Forward next = session.pages().next(query, read.answer());
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
        return settlement.asOf(shown(session.state(room)));
      }
      query = next;
    }
  }

  /** Reads DELETED in one uncut answer, however large it has to be, and claims (R4). */
  private void followDeleted(RoomState begun, ServerTime updatedAsOf) {
    RoomId room = begun.room();
    @Nullable Settlement pass = null;
    @Nullable Forward query =
        new Forward(
            room,
            Feed.DELETED,
            session.behind(begun.deleted().settled()),
            Math.max(TOMBSTONES_AT_ONCE, session.options().pageSize()));
    while (query != null) {
      Session.Read read = session.read(query, room, manner);
      Settlement settlement = settlement(pass, begun.deleted(), read.answer());
      pass = settlement;
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
              ServerTime asOf = ServerTime.min(updatedAsOf, settlement.asOf(shown(settled)));
              writer.putRoomState(claim(settled, begun, asOf, read.answer()));
            }
          });
    }
  }

  private static Settlement settlement(
      @Nullable Settlement pass, FeedPosition before, FeedAnswer answer) {
    return pass == null ? new Settlement(before, answer) : pass.through(answer);
  }

  /** The latest stamp that either feed has shown: both are read to their ends after it. */
  private static ServerTime shown(RoomState state) {
    return ServerTime.max(state.updated().seen(), state.deleted().seen());
  }

  /**
   * R9: what is known once both feeds have been read to their ends.
   *
   * @param deletions the answer that told them
   */
  private RoomState claim(RoomState now, RoomState begun, ServerTime asOf, FeedAnswer deletions) {
    RoomState.Claim old = now.claim();
    // R10: days can go by between two answers, where a device sleeps. What counts is when deletions
    // were told; without a date the latest stamp shown says how long the room was away.
    ServerTime told = deletions.answeredAt();
    if (Horizon.passed(begun, told != null ? told : ServerTime.max(asOf, shown(now)))) {
      return now.distrusted(Coverage.Cause.TOMBSTONES_EXPIRED);
    }
    ServerTime until = session.server().claimable(asOf);
    RoomState claimed =
        now.claimed(old == null ? until : ServerTime.max(old.asOf(), until), new Told(told, asOf));
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
      whole = claimed.anchor().minus(Heard.DATE_TOLERANCE);
    }
    return claimed.withStale(new Coverage.Stale(whole, Coverage.Cause.SILENT_DELETIONS));
  }
}
