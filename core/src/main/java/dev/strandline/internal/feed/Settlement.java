package dev.strandline.internal.feed;

import dev.strandline.internal.call.AskedAt;
import dev.strandline.internal.call.RunClock;
import dev.strandline.internal.commit.Merge;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.FeedPosition;
import org.jspecify.annotations.Nullable;

/**
 * Where a feed's position moves, for the length of one pass.
 *
 * <p>Rows may still appear up to {@code lookback} behind the moment at which a pass STARTED,
 * however far its last page got. So a pass settles nothing later than that moment (R6), and the
 * moment is the server's (R1): as the run's clock confirms it, or else the latest stamp that had
 * been shown before the pass began. Where the server's clock has gone back, the moment lies behind
 * the position, and the position goes back to it.
 */
public final class Settlement {

  private final ServerTime start;
  private final AskedAt first;

  /**
   * @param seen the latest stamp that was shown before the pass
   * @param first when its first question was asked
   */
  public Settlement(ServerTime seen, AskedAt first) {
    this.start = start(seen, first);
    this.first = first;
  }

  /** A moment not later than the one at which {@code asked} was. */
  private static ServerTime start(ServerTime seen, AskedAt asked) {
    if (asked.passed() != null) {
      return asked.passed();
    }
    ServerTime date = asked.date();
    // A date behind what was shown is a proxy's, or the server's clock has gone back: it is
    // believed as far as a date may be wrong.
    return date == null || !date.isBefore(seen)
        ? seen
        : ServerTime.max(date, seen.minus(RunClock.DATE_TOLERANCE));
  }

  /** Where a pass begins that is asked for now: at the position, or where the clock has gone to. */
  public static ServerTime from(FeedPosition before, AskedAt asking) {
    ServerTime start = start(before.seen(), asking);
    // A confirmed moment may be coarse: a replay has others in between.
    boolean isBehind = before.settled().since(start).compareTo(RunClock.COARSENESS) > 0;
    return isBehind || asking.passed() == null
        ? ServerTime.min(before.settled(), start)
        : before.settled();
  }

  /**
   * Where a room's UPDATED feed begins: at the first question, or where nothing confirms its moment
   * at the latest stamp that the room shows.
   *
   * @param newest that stamp; null for an empty room
   */
  public static FeedPosition beginning(AskedAt asked, @Nullable ServerTime newest) {
    ServerTime passed = asked.passed();
    return FeedPosition.anchoredAt(
        passed != null ? passed : newest == null ? ServerTime.EPOCH : shown(newest, asked));
  }

  /**
   * Where the DELETED feed of a room begins of which the UPDATED feed begins at {@code updated}: a
   * message that a prune is about to remove was shown after its tombstone was written.
   */
  public static FeedPosition beginningOfDeletions(FeedPosition updated) {
    return FeedPosition.anchoredAt(updated.settled().minus(Merge.PRUNE_ALLOWANCE));
  }

  /** The moment up to which the pass settles: nothing later can be claimed (R9). */
  public ServerTime start() {
    return start;
  }

  /** Whether {@link #start} is by the clock that stamps messages. */
  boolean isConfirmed() {
    return first.passed() != null;
  }

  /** The position after a page that was cut off and shows everything up to {@code reached}. */
  FeedPosition within(FeedPosition now, ServerTime reached) {
    return at(ServerTime.min(start, ServerTime.max(now.settled(), reached)), now, reached);
  }

  /** The position after the feed's end was read, with {@code newest} its latest stamp, if any. */
  public FeedPosition atEnd(FeedPosition now, @Nullable ServerTime newest) {
    return at(start, now, newest);
  }

  private FeedPosition at(ServerTime settled, FeedPosition now, @Nullable ServerTime newest) {
    if (first.passed() != null) {
      return FeedPosition.anchoredAt(settled);
    }
    ServerTime seen = ServerTime.max(settled, now.seen());
    return new FeedPosition(
        settled, newest == null ? seen : ServerTime.max(seen, shown(newest, first)));
  }

  /** A stamp from the future is no time that has passed. */
  private static ServerTime shown(ServerTime newest, AskedAt asked) {
    ServerTime date = asked.date();
    return date == null ? newest : ServerTime.min(newest, date.minus(RunClock.DATE_TOLERANCE));
  }
}
