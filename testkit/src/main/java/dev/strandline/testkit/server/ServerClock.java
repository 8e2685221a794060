package dev.strandline.testkit.server;

import java.time.Duration;
import java.time.Instant;

/**
 * The workspace's clock: the time that its stamps, its {@code Date} header and its rate limiter
 * use.
 *
 * <p>A manual clock stands still until it is moved, which makes a test repeatable (and gives
 * everything written meanwhile one stamp, as a busy server does). A running clock follows the
 * machine's, shifted by whatever it was set to or advanced by. Thread-safe. Resolution is a
 * millisecond, as on the server.
 */
public final class ServerClock {
  private final boolean running;
  private long millis;
  private long stepMillis;

  private ServerClock(boolean running, long millis) {
    this.running = running;
    this.millis = millis;
  }

  /**
   * Returns a clock that stands still at the given instant until it is moved.
   *
   * @param start the first reading; anything below a millisecond is dropped
   */
  public static ServerClock manual(Instant start) {
    return new ServerClock(false, start.toEpochMilli());
  }

  /**
   * Returns a clock that follows the machine's, until {@link #set} or {@link #advance} shift it.
   */
  public static ServerClock running() {
    return new ServerClock(true, 0);
  }

  /** Returns the present instant on the server. */
  public Instant now() {
    return Instant.ofEpochMilli(millis());
  }

  /** Returns the present instant on the server in milliseconds since 1970. */
  public synchronized long millis() {
    return running ? System.currentTimeMillis() + millis : millis;
  }

  /**
   * Moves the clock to an instant, forwards or back.
   *
   * @param instant the new present
   */
  public synchronized void set(Instant instant) {
    millis = running ? instant.toEpochMilli() - System.currentTimeMillis() : instant.toEpochMilli();
  }

  /**
   * Moves the clock by a duration.
   *
   * @param by how far; negative moves it back
   */
  public synchronized void advance(Duration by) {
    millis += by.toMillis();
  }

  /**
   * Makes a manual clock move by itself after each write to the workspace, so that a test that
   * writes ten messages gets ten stamps.
   *
   * @param step how far one write moves it; zero (the default) leaves it alone. A running clock
   *     ignores it: it moves anyway
   * @return this clock
   */
  public synchronized ServerClock stepPerWrite(Duration step) {
    stepMillis = step.toMillis();
    return this;
  }

  /** Reads the stamp of one write and takes the step that follows it. */
  synchronized long stampWrite() {
    long stamp = millis();
    if (!running) {
      millis += stepMillis;
    }
    return stamp;
  }

  /**
   * Lets at least {@code millis} pass on a manual clock: bulk deletions take a round trip for each
   * tombstone.
   */
  synchronized void passManually(long passing) {
    if (!running && stepMillis < passing) {
      millis += passing - stepMillis;
    }
  }
}
