package dev.strandline.spi;

import java.time.Duration;
import java.time.Instant;

/** The real clock of this device. */
enum SystemDeviceClock implements DeviceClock {
  INSTANCE;

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);
  }
}
