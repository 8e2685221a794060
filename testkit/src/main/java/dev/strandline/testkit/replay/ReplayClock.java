package dev.strandline.testkit.replay;

import dev.strandline.spi.DeviceClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** A clock on which every wait is over at once, and a little time passes with each look. */
final class ReplayClock implements DeviceClock {
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  private final AtomicLong nanos = new AtomicLong();

  @Override
  public Instant now() {
    return START.plusNanos(nanoTime());
  }

  @Override
  public long nanoTime() {
    return nanos.addAndGet(1_000);
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before a wait of " + duration);
    }
    nanos.addAndGet(duration.toNanos());
  }
}
