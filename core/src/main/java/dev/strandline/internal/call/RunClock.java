package dev.strandline.internal.call;

import dev.strandline.model.ServerTime;
import dev.strandline.spi.DeviceClock;
import dev.strandline.spi.Told;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The server's clock, as a run knows it (R1): one moment that the limiter has confirmed, and the
 * monotonic time since. Safe for several threads.
 *
 * <p>There are two kinds of time. A confirmed one is by the clock that stamps messages and has
 * surely passed: positions and claims move to it. A {@code Date} that nothing confirms may be a
 * proxy's, ahead or behind by days: it says when to ask again, and holds back stamps from the
 * future.
 */
public final class RunClock {

  /**
   * How far a {@code Date} that nothing confirms may be ahead of the clocks that stamp messages.
   */
  public static final Duration DATE_TOLERANCE = Duration.ofMinutes(15);

  /** The limiter confirms a moment to within a minute, and dates are in seconds. */
  public static final Duration COARSENESS = Duration.ofMinutes(2);

  /** So far behind what is stored no {@code Date} of the same server is. */
  private static final Duration BEYOND_DOUBT = Duration.ofDays(1);

  /** A device's monotonic clock is at most one part in so many fast. */
  private static final long DRIFT = 1_000;

  private final DeviceClock clock;
  private @Nullable Tick confirmed;
  private @Nullable Tick date;
  private ServerTime latestStamp = ServerTime.EPOCH;

  /** A server time, and the monotonic time at which it had passed. */
  private record Tick(ServerTime at, long nanos) {}

  public RunClock(DeviceClock clock) {
    this.clock = clock;
  }

  /** Forgets what was heard: the server may have become another. */
  public synchronized void forget() {
    confirmed = null;
    date = null;
  }

  /**
   * Notes the moment that an answer tells.
   *
   * @param askedAt see {@link dev.strandline.spi.FeedAnswer#askedAt()}
   * @param isConfirmed see {@link dev.strandline.spi.FeedAnswer#confirmed()}
   */
  synchronized void tell(@Nullable ServerTime askedAt, boolean isConfirmed) {
    if (askedAt == null) {
      return;
    }
    if (date != null && since(date).since(askedAt).compareTo(COARSENESS) > 0) {
      // A date that falls behind itself: the server's clock may have gone back since it was
      // confirmed.
      confirmed = null;
    }
    date = new Tick(askedAt, clock.nanoTime());
    if (isConfirmed && (confirmed == null || !isJitter(askedAt, passed(confirmed)))) {
      confirmed = date;
    }
  }

  /** Whether one confirmed moment is only coarser than another, which is later. */
  private static boolean isJitter(ServerTime earlier, ServerTime later) {
    Duration behind = later.since(earlier);
    return !behind.isNegative() && behind.compareTo(COARSENESS) <= 0;
  }

  /** Notes a stamp that an answer has shown. */
  synchronized void showed(ServerTime stamp) {
    latestStamp = ServerTime.max(latestStamp, stamp);
  }

  /** What a question that is asked now is known to be asked at. */
  synchronized AskedAt asking() {
    return new AskedAt(passed(), date == null ? null : since(date));
  }

  /**
   * A server time that has surely passed, by the clock that stamps messages; null where nothing has
   * confirmed one. While a device sleeps its monotonic clock may stand still: then it is too early,
   * and never too late.
   */
  public synchronized @Nullable ServerTime passed() {
    return confirmed == null ? null : passed(confirmed);
  }

  /** About what time it is, to decide when to ask: as confirmed, or as the latest date says. */
  public synchronized @Nullable ServerTime now() {
    return confirmed != null ? since(confirmed) : date == null ? null : since(date);
  }

  /**
   * Whether the server's clock is behind {@code position} by more than a pass reads back by itself:
   * it has gone back, or the position is wrong.
   */
  public synchronized boolean isBehind(ServerTime position, Duration lookback) {
    ServerTime passed = passed();
    if (passed != null) {
      return position.since(passed).compareTo(lookback.plus(COARSENESS)) > 0;
    }
    return date != null && position.since(since(date)).compareTo(BEYOND_DOUBT) > 0;
  }

  /** What both kinds of time say now (R10). */
  public synchronized Told told() {
    ServerTime passed = passed();
    return new Told(date == null ? null : since(date), passed != null ? passed : latestStamp);
  }

  /**
   * What both kinds of time said when an answer told deletions.
   *
   * @param answeredAt the answer's date; where it has none, what dates said before will do
   */
  public synchronized Told told(AskedAt asked, @Nullable ServerTime answeredAt) {
    return new Told(
        answeredAt != null ? answeredAt : asked.date(),
        asked.passed() != null ? asked.passed() : latestStamp);
  }

  private ServerTime since(Tick tick) {
    return tick.at().plus(Duration.ofNanos(nanosSince(tick)));
  }

  /** The same, not faster than the server's clock goes. */
  private ServerTime passed(Tick tick) {
    long nanos = nanosSince(tick);
    return tick.at().plus(Duration.ofNanos(nanos - nanos / DRIFT));
  }

  private long nanosSince(Tick tick) {
    return Math.max(0, clock.nanoTime() - tick.nanos());
  }
}
