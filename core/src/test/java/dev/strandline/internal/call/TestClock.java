package dev.strandline.internal.call;

import dev.strandline.spi.DeviceClock;
import java.time.Duration;
import java.time.Instant;

/** A device clock that moves only when somebody waits on it. */
public final class TestClock implements DeviceClock {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private long nanos;

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public long nanoTime() {
    return nanos;
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    advance(duration);
  }

  public void advance(Duration duration) {
    now = now.plus(duration);
    nanos += duration.toNanos();
  }
}
