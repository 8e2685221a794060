package dev.strandline.internal.call;

import dev.strandline.model.ServerTime;
import dev.strandline.spi.DeviceClock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a run has heard of the server's clock. Safe for several threads. */
public final class Heard {

  /**
   * How far the {@code Date} header may be ahead of the clocks that stamp messages. Where an answer
   * shows those clocks too, a feed that is read to its end without news settles this far behind the
   * date, and so does not read the same last changes again for ever.
   */
  public static final Duration DATE_TOLERANCE = Duration.ofMinutes(15);

  /** How far a date may be behind the clocks that stamp messages and still be theirs. */
  public static final Duration CONFIRMED_WITHIN = Duration.ofMinutes(2);

  private final DeviceClock clock;
  private @Nullable ServerTime latest;
  private boolean confirmed;
  private long atNanos;

  Heard(DeviceClock clock) {
    this.clock = clock;
  }

  /**
   * Notes what an answer tells about the server's clock. What is confirmed is not given up for what
   * is not: time goes on by itself.
   *
   * @param isConfirmed see {@link dev.strandline.spi.FeedAnswer#confirmed()}
   */
  synchronized void tell(@Nullable ServerTime askedAt, boolean isConfirmed) {
    if (askedAt != null && (isConfirmed || !confirmed)) {
      latest = askedAt;
      confirmed = isConfirmed;
      atNanos = clock.nanoTime();
    }
  }

  /** Whether {@link #serverNow} holds by the clock that stamps messages. */
  synchronized boolean isConfirmed() {
    return confirmed;
  }

  /** A server time that is not later than now, from the latest answer; null where none told one. */
  synchronized @Nullable ServerTime serverNow() {
    return latest == null
        ? null
        : latest.plus(Duration.ofNanos(Math.max(0, clock.nanoTime() - atNanos)));
  }
}
