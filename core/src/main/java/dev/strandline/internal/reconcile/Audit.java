package dev.strandline.internal.reconcile;

import dev.strandline.Progress.Activity;
import dev.strandline.WhyWhole;
import dev.strandline.internal.call.AskedAt;
import dev.strandline.internal.commit.Applier;
import dev.strandline.internal.commit.Change;
import dev.strandline.internal.feed.CatchUp;
import dev.strandline.internal.feed.Horizon;
import dev.strandline.internal.feed.Session;
import dev.strandline.internal.reconcile.Stocktaking.Found;
import dev.strandline.journal.Purpose;
import dev.strandline.model.Coverage;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.Origin;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.Told;
import org.jspecify.annotations.Nullable;

/**
 * Settles a room of which only removals can have been missed, by counting (R10, R11).
 *
 * <p>Once UPDATED has been followed to its end, what the server shows is stored. Then equally many
 * messages are the same messages, and where there are more here, those that are missing there are
 * found by halves. Nothing may come or go meanwhile: the feeds are followed again after counting,
 * and what they bring makes the count void. See decision 12 for what this cannot see.
 *
 * <p>Writes nothing but what the feeds bring until all is known, so a crash costs the requests.
 */
public final class Audit {
  private static final int ROUNDS = 3;

  private final Session session;
  private final RoomId room;
  private final CatchUp catchUp;
  private Found settled = Found.NOTHING;

  public Audit(Session session, RoomId room) {
    this.session = session;
    this.room = room;
    this.catchUp = new CatchUp(session);
  }

  /**
   * Brings the room to the present and to equality with the server.
   *
   * @return why that could not be done by counting; null where it was
   */
  public @Nullable WhyWhole settle() {
    try {
      // The feeds are followed twice: in pages after a long absence, and once more after counting.
      Stocktaking stocktaking = Stocktaking.of(session, room, 3);
      sayIfExpired();
      catchUp.run(room);
      settle(stocktaking);
      return null;
    } catch (Uncounted e) {
      return e.why();
    }
  }

  /**
   * The same for a room that was just caught up with.
   *
   * @return why that could not be done by counting; null where it was
   */
  public @Nullable WhyWhole settleCaughtUp() {
    try {
      settle(Stocktaking.of(session, room, 1));
      return null;
    } catch (Uncounted e) {
      return e.why();
    }
  }

  /** What was found; removed already. */
  public Found found() {
    return settled;
  }

  private void settle(Stocktaking stocktaking) throws Uncounted {
    for (int round = 0; round < ROUNDS; round++) {
      // Between two readings of the feeds that bring nothing: a moment of both.
      ServerTime asOf = stocktaking.passed();
      session.commits().settle();
      long before = session.tally().comingsAndGoings();
      session.commits().now(Activity.RECONCILING, Purpose.COUNT);
      @Nullable Found found = count(stocktaking);
      catchUp.run(room);
      session.commits().settle();
      if (found != null && session.tally().comingsAndGoings() == before) {
        stocktaking.refuseDeletionsUnderWay(Stocktaking.latestDeletion(session, room), asOf);
        commit(found, asOf);
        settled = found;
        return;
      }
    }
    throw new Uncounted(WhyWhole.NOT_STILL);
  }

  /** What is found; null where something came while it was counted. */
  private @Nullable Found count(Stocktaking stocktaking) throws Uncounted {
    try {
      return stocktaking.take(new LocalRows(session.store(), room));
    } catch (Uncounted e) {
      if (e.why() == WhyWhole.NOT_STILL) {
        return null;
      }
      throw e;
    }
  }

  /** R10: the feeds are being followed, and what they do not tell is not known yet. */
  private void sayIfExpired() {
    if (Horizon.passed(session.state(room), session.calls().clock().told())) {
      session
          .store()
          .write(
              writer -> {
                RoomState now = writer.roomState(room).orElseThrow();
                writer.putRoomState(now.distrusted(Coverage.Cause.TOMBSTONES_EXPIRED));
                return now;
              });
    }
  }

  private void commit(Found found, ServerTime countedAt) {
    Told told = session.calls().clock().told();
    ServerTime passed =
        session.calls().clock().passed() != null
            ? countedAt
            : ServerTime.min(countedAt, session.state(room).seen());
    ServerTime asOf = session.server().claimable(passed);
    boolean hides = session.server().hidesDeletions();
    session
        .commits()
        .commit(
            room,
            Applier.Manner.of(Origin.ROOM, AskedAt.UNKNOWN),
            found.gone().stream().<Change>map(Change.Gone::new).toList(),
            writer -> {
              // R14: whatever was last shown of it.
              found.gone().forEach(it -> writer.releaseQuarantine(it.id(), ServerTime.MAX));
              found.vanished().forEach(id -> writer.releaseQuarantine(id, ServerTime.MAX));
              RoomState now = writer.roomState(room).orElseThrow();
              RoomState.Claim old = now.claim();
              RoomState claimed =
                  now.claimed(old == null ? asOf : ServerTime.max(old.asOf(), asOf), told);
              // R11: from the next moment on deletions can go unseen again.
              writer.putRoomState(
                  claimed.withStale(
                      hides ? new Coverage.Stale(asOf, Coverage.Cause.SILENT_DELETIONS) : null));
            });
  }
}
