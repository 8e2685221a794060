package dev.strandline.testkit;

import dev.strandline.spi.DeviceClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * A device clock that stands still until somebody waits on it or moves it, so that a test of
 * waiting waits for nothing.
 *
 * <pre>{@code
 * ManualClock device =
 *     ManualClock.at(Instant.parse("2031-02-03T04:05:06Z")).takingAlong(workspace.clock()::advance);
 * // hand it to Strandline.builder().clock(…) and HttpTransport.builder(…).clock(…)
 * assertThat(device.waits()).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
 * }</pre>
 *
 * <p>{@link #sleep} returns at once, after the time has passed on this clock and on those that it
 * takes along: a fake server's, for example, since the time that a client waits passes for its
 * server too. The wall clock ({@link #now}) and the passing of time ({@link #nanoTime}) are set
 * apart, as on a device: whoever sets the one does not make time pass (R1). Safe for several
 * threads.
 */
public final class ManualClock implements DeviceClock {
  private final List<Consumer<? super Duration>> companions = new CopyOnWriteArrayList<>();
  private final List<Duration> waits = new ArrayList<>();
  private Instant now;
  private long nanos;

  private ManualClock(Instant start) {
    now = start;
  }

  /**
   * Returns a clock that stands still.
   *
   * @param start what it shows; any instant, right or wrong
   */
  public static ManualClock at(Instant start) {
    return new ManualClock(start);
  }

  /**
   * Lets other clocks move with this one.
   *
   * @param companion is told of every passing of time, after it, on the thread that caused it
   * @return this clock
   */
  public ManualClock takingAlong(Consumer<? super Duration> companion) {
    companions.add(companion);
    return this;
  }

  @Override
  public synchronized Instant now() {
    return now;
  }

  /** {@inheritDoc} Zero at first. */
  @Override
  public synchronized long nanoTime() {
    return nanos;
  }

  /**
   * Lets {@code duration} pass at once, and notes that somebody waited for it.
   *
   * @throws InterruptedException where the thread is interrupted; then no time passes, nothing is
   *     noted, and as everywhere the thread's interrupt status is cleared
   */
  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before a wait of " + duration);
    }
    synchronized (this) {
      waits.add(duration);
    }
    advance(duration);
  }

  /**
   * Lets time pass without anybody waiting for it.
   *
   * @param duration zero or more
   */
  public void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("time passes forwards only, not by " + duration);
    }
    synchronized (this) {
      now = now.plus(duration);
      nanos += duration.toNanos();
    }
    companions.forEach(companion -> companion.accept(duration));
  }

  /** Sets the wall clock, forwards or back, as a user does. No time passes by it. */
  public synchronized void set(Instant instant) {
    now = instant;
  }

  /** Returns what was waited for so far, first wait first. */
  public synchronized List<Duration> waits() {
    return List.copyOf(waits);
  }

  /** Returns how long was waited in all. */
  public synchronized Duration waited() {
    return waits.stream().reduce(Duration.ZERO, Duration::plus);
  }

  /** Forgets the waits so far. */
  public synchronized void forgetWaits() {
    waits.clear();
  }
}
