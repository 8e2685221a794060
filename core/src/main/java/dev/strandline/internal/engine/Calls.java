package dev.strandline.internal.engine;

import dev.strandline.Progress;
import dev.strandline.RetryPolicy;
import dev.strandline.error.RateLimitedException;
import dev.strandline.error.Recovery;
import dev.strandline.error.StrandlineException;
import dev.strandline.error.SyncCancelledException;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.Call;
import dev.strandline.spi.DeviceClock;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server on behalf of one run: tries again where that may help, gives up by policy, counts
 * requests, and stops when the run is cancelled. Used by the run's thread only.
 */
final class Calls implements Call {
  private final RetryPolicy policy;
  private final DeviceClock clock;
  private final RandomGenerator jitter;
  private final Listeners listeners;

  private int requests;
  private @Nullable Tally tally;
  private @Nullable ServerTime heard;
  private boolean heardConfirmed;
  private long heardAtNanos;

  Calls(RetryPolicy policy, DeviceClock clock, RandomGenerator jitter, Listeners listeners) {
    this.policy = policy;
    this.clock = clock;
    this.jitter = jitter;
    this.listeners = listeners;
  }

  /** Counts requests for {@code scope} from now on; null for those that belong to no scope. */
  void countFor(@Nullable Tally scope) {
    tally = scope;
  }

  int requests() {
    return requests;
  }

  /**
   * Notes what an answer tells about the server's clock. What is confirmed is not given up for what
   * is not: time goes on by itself.
   *
   * @param confirmed see {@link dev.strandline.spi.FeedAnswer#confirmed()}
   */
  void heard(@Nullable ServerTime askedAt, boolean confirmed) {
    if (askedAt != null && (confirmed || !heardConfirmed)) {
      heard = askedAt;
      heardConfirmed = confirmed;
      heardAtNanos = clock.nanoTime();
    }
  }

  /** Whether {@link #serverNow} holds by the clock that stamps messages. */
  boolean isConfirmed() {
    return heardConfirmed;
  }

  /** A server time that is not later than now, from the latest answer; null where none told one. */
  @Nullable ServerTime serverNow() {
    return heard == null
        ? null
        : heard.plus(Duration.ofNanos(Math.max(0, clock.nanoTime() - heardAtNanos)));
  }

  /** Asks until there is an answer or the policy gives up. */
  <T> T ask(Function<? super Call, T> question) {
    return ask(question, failure -> true);
  }

  /**
   * Asks until there is an answer, the policy gives up, or a failure is one that {@code worthIt}
   * does not want to see tried again.
   *
   * @throws StrandlineException the last failure
   */
  <T> T ask(Function<? super Call, T> question, Predicate<StrandlineException> worthIt) {
    long begun = clock.nanoTime();
    Duration pause = policy.firstPause();
    for (int attempt = 1; ; attempt++) {
      checkCancelled();
      try {
        return question.apply(this);
      } catch (StrandlineException e) {
        Duration wait =
            e instanceof RateLimitedException limited ? limited.retryAfter() : jittered(pause);
        Duration spent = Duration.ofNanos(clock.nanoTime() - begun).plus(wait);
        boolean again =
            e.recovery() == Recovery.RETRY
                && attempt < policy.tries()
                && spent.compareTo(policy.patience()) <= 0
                && worthIt.test(e);
        if (!again) {
          throw e;
        }
        pause(wait, "another try after: " + e.kind());
        pause = doubled(pause);
      }
    }
  }

  @Override
  public void requestSent(String route) {
    requests++;
    if (tally != null) {
      tally.request();
    }
  }

  @Override
  public void pause(Duration duration, String reason) {
    checkCancelled();
    if (duration.isZero() || duration.isNegative()) {
      return;
    }
    listeners.progress(new Progress.Waiting(duration, reason));
    try {
      clock.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cancelled();
    }
  }

  @Override
  public void checkCancelled() {
    // A cancellation interrupts the run's thread, so that it ends waits and answers too.
    if (Thread.currentThread().isInterrupted()) {
      throw cancelled();
    }
  }

  private static SyncCancelledException cancelled() {
    return new SyncCancelledException(
        "The run was cancelled. What was committed stays; the next run goes on from there.");
  }

  private Duration jittered(Duration pause) {
    return pause.minus(Duration.ofMillis((long) (pause.toMillis() * jitter.nextDouble() / 2)));
  }

  private Duration doubled(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(policy.longestPause()) > 0 ? policy.longestPause() : twice;
  }
}
