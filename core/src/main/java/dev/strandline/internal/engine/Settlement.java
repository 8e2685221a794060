package dev.strandline.internal.engine;

import dev.strandline.model.ServerTime;
import dev.strandline.spi.FeedPosition;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a feed's position moves, for the length of one pass.
 *
 * <p>Rows may still appear up to {@code lookback} behind the moment at which a pass STARTED,
 * however far its last page got. So a pass settles nothing later than that moment (R6), and the
 * moment is the server's (R1): the {@code Date} of the first answer, or, where answers have none,
 * the latest stamp that had been seen before the pass began.
 */
final class Settlement {

  /**
   * How far the {@code Date} header may be ahead of the clocks that stamp messages: it can come
   * from a proxy. A feed that is read to its end without news settles this far behind it, and so
   * does not read the same last changes again for ever.
   */
  static final Duration DATE_TOLERANCE = Duration.ofMinutes(15);

  private final FeedPosition before;
  private final @Nullable ServerTime startedAt;
  private final ServerTime clip;

  /**
   * @param before the position when the pass began
   * @param startedAt a server time not later than the start of the pass; null where none is known
   */
  Settlement(FeedPosition before, @Nullable ServerTime startedAt) {
    this.before = before;
    this.startedAt = startedAt;
    this.clip = startedAt == null ? before.seen() : startedAt;
  }

  /**
   * Where a feed begins that is followed from a moment told by a {@code Date}: never later than the
   * tolerance allows, since what is written until the clocks that stamp messages have come so far
   * would be passed over.
   *
   * @param newest the latest stamp of the answer that was read at that moment, if any: the feed's
   *     own clocks had come at least so far
   */
  static FeedPosition beginning(ServerTime date, @Nullable ServerTime newest) {
    ServerTime certain = date.minus(DATE_TOLERANCE);
    return FeedPosition.anchoredAt(
        newest == null ? certain : ServerTime.max(certain, ServerTime.min(newest, date)));
  }

  /** The position after a page that was cut off and shows everything up to {@code reached}. */
  FeedPosition within(FeedPosition now, ServerTime reached) {
    return moved(now, ServerTime.min(reached, clip), reached);
  }

  /** The position after the feed's end was read, with {@code newest} its latest stamp, if any. */
  FeedPosition atEnd(FeedPosition now, @Nullable ServerTime newest) {
    ServerTime top = newest == null ? now.settled() : newest;
    ServerTime settled = ServerTime.min(top, clip);
    if (startedAt != null) {
      settled = ServerTime.max(settled, startedAt.minus(DATE_TOLERANCE));
    }
    return moved(now, settled, top);
  }

  /** The server time for which the feed's end was read: nothing later can be claimed (R9). */
  ServerTime asOf() {
    return startedAt == null ? ServerTime.max(before.settled(), clip) : startedAt;
  }

  private static FeedPosition moved(FeedPosition now, ServerTime settled, ServerTime seen) {
    ServerTime further = ServerTime.max(now.settled(), settled);
    return new FeedPosition(further, ServerTime.max(further, ServerTime.max(now.seen(), seen)));
  }
}
