package dev.strandline.transport.http.internal;

import dev.strandline.error.UnreachableException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long one request may keep its caller waiting, and the waiting itself.
 *
 * <p>Only time spent waiting for the server counts: an answer that is long because its reader is
 * slow is not late. The time is real time and not {@link dev.strandline.spi.DeviceClock}'s, since
 * what is waited for is real whatever clock a test has set. Belongs to one thread.
 */
final class Patience {
  /** How often a waiting call looks whether it has been cancelled. */
  private static final long SLICE_NANOS = Duration.ofMillis(100).toNanos();

  private final Watch watch;
  private final String what;
  private final long requestNanos;
  private final long stallNanos;
  private long spentNanos;

  /**
   * @param what the request, for messages, such as {@code "chat.example.org (rooms.get)"}
   * @param request the bound on all waits together
   * @param stall the bound on one wait for more of a body
   */
  Patience(Watch watch, String what, Duration request, Duration stall) {
    this.watch = watch;
    this.what = what;
    requestNanos = request.toNanos();
    stallNanos = stall.toNanos();
  }

  /** Something that can be waited for. */
  interface Source<T> {
    /** Waits up to {@code nanos}; null where nothing came. */
    @Nullable T poll(long nanos) throws InterruptedException;
  }

  /** Throws where there is nobody left to wait for it. */
  void checkCancelled() {
    watch.check();
  }

  /** Waits for the first part of an answer. */
  <T> T first(Source<T> source) {
    return await(source, requestNanos);
  }

  /** Waits for the next part of an answer. */
  <T> T next(Source<T> source) {
    return await(source, stallNanos);
  }

  private <T> T await(Source<T> source, long stall) {
    long waited = 0;
    while (true) {
      watch.check();
      long left = Math.min(stall - waited, requestNanos - spentNanos);
      if (left <= 0) {
        throw tooLong(stall - waited <= 0 && stall < requestNanos);
      }
      long before = System.nanoTime();
      T found;
      try {
        found = source.poll(Math.min(SLICE_NANOS, left));
      } catch (InterruptedException e) {
        throw Watch.interrupted(e);
      }
      long took = System.nanoTime() - before;
      waited += took;
      spentNanos += took;
      if (found != null) {
        return found;
      }
    }
  }

  private UnreachableException tooLong(boolean stalled) {
    String limit =
        stalled
            ? "sent nothing more for " + seconds(stallNanos)
            : "did not answer completely within " + seconds(requestNanos);
    return UnreachableException.timedOut(
        "The server " + what + " " + limit + ". Ask for less, or allow more time.", null);
  }

  private static String seconds(long nanos) {
    return nanos % 1_000_000_000L == 0 ? nanos / 1_000_000_000L + " s" : nanos / 1_000_000L + " ms";
  }
}
