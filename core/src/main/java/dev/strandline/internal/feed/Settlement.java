package dev.strandline.internal.feed;

import dev.strandline.internal.call.Heard;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.FeedAnswer;
import dev.strandline.spi.FeedPosition;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a feed's position moves, for the length of one pass.
 *
 * <p>Rows may still appear up to {@code lookback} behind the moment at which a pass STARTED,
 * however far its last page got. So a pass settles nothing later than that moment (R6), and the
 * moment is the server's (R1): the {@code Date} of the first answer where it is confirmed, or,
 * where answers have none, the latest stamp that had been seen before the pass began. A date that
 * nothing confirms may be ahead: then the moment is no later than the latest stamp shown less the
 * time that the pass has taken, or than what had been seen before where an answer does not tell.
 */
public final class Settlement {

  /**
   * How much earlier than messages the deletions of a room begin to be followed: a prune writes all
   * its tombstones before it removes the first message (facts 4), and they are small.
   */
  public static final Duration PRUNE_ALLOWANCE = Duration.ofMinutes(15);

  private static final Duration DATE_STEP = Duration.ofSeconds(1);

  private final FeedPosition before;
  private final @Nullable ServerTime startedAt;
  private final boolean confirmed;

  /** How long it has taken up to the latest answer; null where that one has not told. */
  private final @Nullable Duration taken;

  /**
   * @param before the position when the pass began
   * @param first the pass's first answer, of which only the date is used
   */
  public Settlement(FeedPosition before, FeedAnswer first) {
    this.before = before;
    this.startedAt = first.askedAt();
    this.confirmed = first.confirmed();
    this.taken = Duration.ZERO;
  }

  private Settlement(Settlement begun, @Nullable Duration taken) {
    this.before = begun.before;
    this.startedAt = begun.startedAt;
    this.confirmed = begun.confirmed;
    this.taken = taken;
  }

  /** The same pass, gone on to another {@code answer}, of which only the dates are used. */
  Settlement through(FeedAnswer answer) {
    ServerTime date = answer.answeredAt();
    if (startedAt == null) {
      return this;
    }
    if (date == null) {
      return new Settlement(this, null);
    }
    // However wrong a date is, it goes on as time does; but only in whole seconds.
    Duration since = ServerTime.max(startedAt, date).since(startedAt).plus(DATE_STEP);
    return new Settlement(this, taken == null || since.compareTo(taken) > 0 ? since : taken);
  }

  /** Whether the answers tell when they were asked for. */
  boolean isDated() {
    return startedAt != null;
  }

  /**
   * The latest moment at which the pass can have started (R6).
   *
   * @param shown a stamp that it has shown
   */
  private ServerTime clip(ServerTime shown) {
    if (startedAt == null) {
      return before.seen();
    }
    if (confirmed) {
      return startedAt;
    }
    ServerTime shownThen =
        taken == null ? before.seen() : ServerTime.max(before.seen(), shown.minus(taken));
    return ServerTime.min(startedAt, shownThen);
  }

  /**
   * Where a room's UPDATED feed begins. The latest stamp that the room shows is a time that has
   * passed, whatever a {@code Date} says; a date that is confirmed is one too, and later in a quiet
   * room. A stamp from the future is none: then the date has to do, less its tolerance.
   *
   * @param date a server time not later than when {@code newest} was read; null where none is known
   * @param newest the latest stamp that was shown; null for an empty room
   */
  public static FeedPosition beginning(
      @Nullable ServerTime date, boolean confirmed, @Nullable ServerTime newest) {
    ServerTime start = newest == null ? ServerTime.EPOCH : newest;
    if (date == null) {
      return FeedPosition.anchoredAt(start);
    }
    ServerTime certain = date.minus(Heard.DATE_TOLERANCE);
    boolean fromTheFuture = start.isAfter(date.plus(Heard.CONFIRMED_WITHIN));
    boolean quiet = confirmed && certain.isAfter(start);
    return FeedPosition.anchoredAt(fromTheFuture || quiet ? certain : start);
  }

  /**
   * Where the DELETED feed of a room begins of which the UPDATED feed begins at {@code updated}.
   */
  public static FeedPosition beginningOfDeletions(FeedPosition updated) {
    return FeedPosition.anchoredAt(updated.settled().minus(PRUNE_ALLOWANCE));
  }

  /** The position after a page that was cut off and shows everything up to {@code reached}. */
  FeedPosition within(FeedPosition now, ServerTime reached) {
    return moved(now, ServerTime.min(reached, clip(reached)), reached);
  }

  /** The position after the feed's end was read, with {@code newest} its latest stamp, if any. */
  public FeedPosition atEnd(FeedPosition now, @Nullable ServerTime newest) {
    ServerTime top = newest == null ? now.settled() : newest;
    ServerTime settled = ServerTime.min(top, clip(top));
    if (startedAt != null && confirmed) {
      settled = ServerTime.max(settled, startedAt.minus(Heard.DATE_TOLERANCE));
    }
    return moved(now, settled, top);
  }

  /**
   * The server time for which the feed's end was read: nothing later can be claimed (R9).
   *
   * @param shown the latest stamp that the feed has shown: a time that has passed, whatever the
   *     {@code Date} says
   */
  public ServerTime asOf(ServerTime shown) {
    ServerTime least = startedAt == null ? before.settled() : startedAt.minus(Heard.DATE_TOLERANCE);
    return ServerTime.max(least, clip(shown));
  }

  private FeedPosition moved(FeedPosition now, ServerTime settled, ServerTime seen) {
    ServerTime further = ServerTime.max(now.settled(), settled);
    // A stamp from the future is no time that has passed: passes without a date rely on that.
    ServerTime passed = startedAt == null ? seen : ServerTime.min(seen, startedAt);
    return new FeedPosition(further, ServerTime.max(further, ServerTime.max(now.seen(), passed)));
  }
}
