package dev.strandline.spi;

import java.time.Duration;
import java.time.Instant;

/**
 * The clock of this device, and the art of waiting on it. It decides when to try again and what to
 * write into a run's record, and nothing else (R1): positions are {@link
 * dev.strandline.model.ServerTime}. Safe for several threads.
 */
public interface DeviceClock {

  /** The device's idea of now, right or wrong. */
  Instant now();

  /** A monotonic reading in nanoseconds, for durations only. */
  long nanoTime();

  /**
   * Waits.
   *
   * @throws InterruptedException where the waiting thread was interrupted
   */
  void sleep(Duration duration) throws InterruptedException;

  /** The real clock. */
  static DeviceClock system() {
    return SystemDeviceClock.INSTANCE;
  }
}
