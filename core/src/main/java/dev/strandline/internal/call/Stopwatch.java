package dev.strandline.internal.call;

import dev.strandline.spi.DeviceClock;
import java.time.Duration;
import java.time.Instant;

/**
 * How long ago something was, by the device's clock. The monotonic reading stands still while a
 * device sleeps, and the wall clock can be set: whichever says that more time has passed is
 * believed, since asking again too early costs a request, and too late the present. Immutable.
 */
public final class Stopwatch {
  private final DeviceClock clock;
  private final long nanos;
  private final Instant wall;

  private Stopwatch(DeviceClock clock) {
    this.clock = clock;
    nanos = clock.nanoTime();
    wall = clock.now();
  }

  /** Begins now. */
  public static Stopwatch start(DeviceClock clock) {
    return new Stopwatch(clock);
  }

  /** How long it has been; never negative. */
  public Duration elapsed() {
    Duration awake = Duration.ofNanos(Math.max(0, clock.nanoTime() - nanos));
    Duration byTheWall = Duration.between(wall, clock.now());
    return byTheWall.compareTo(awake) > 0 ? byTheWall : awake;
  }
}
