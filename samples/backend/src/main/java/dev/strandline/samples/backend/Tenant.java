package dev.strandline.samples.backend;

import dev.strandline.Cancellation;
import dev.strandline.Failure;
import dev.strandline.LocalCopy;
import dev.strandline.Outcome;
import dev.strandline.Strandline;
import dev.strandline.SyncReport;
import dev.strandline.SyncRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One account in this process: its engine, and how its last run ended. While nobody uses it, it is
 * these objects and nothing else: the engine's file is closed, and connections are shared.
 */
final class Tenant implements AutoCloseable {
  private final Account account;
  private final Strandline strandline;

  private volatile Standing standing = Standing.NEVER;
  private volatile @Nullable Long lastUse;

  /**
   * How synchronisation stands.
   *
   * @param lastCompleteAt when a run last came to its end with nothing missing, by this machine's
   *     clock; null for never since the start
   * @param completeNanos the same on the monotonic clock
   * @param runs how many runs have ended
   * @param failures how many have failed in a row
   * @param failure what the last run failed with; null where it did not
   */
  record Standing(
      @Nullable Instant lastCompleteAt,
      @Nullable Long completeNanos,
      long runs,
      int failures,
      @Nullable Failure failure) {
    static final Standing NEVER = new Standing(null, null, 0, 0, null);

    Standing after(boolean complete, @Nullable Failure why) {
      return complete
          ? new Standing(Instant.now(), System.nanoTime(), runs + 1, 0, null)
          : new Standing(lastCompleteAt, completeNanos, runs + 1, failures + 1, why);
    }
  }

  Tenant(Account account, Strandline strandline) {
    this.account = account;
    this.strandline = strandline;
  }

  Account account() {
    return account;
  }

  String name() {
    return account.name();
  }

  /** The copy, whatever the server is up to. */
  LocalCopy local() {
    return strandline.local();
  }

  Standing standing() {
    return standing;
  }

  /** Its app has asked for something. */
  void used() {
    lastUse = System.nanoTime();
  }

  /** How long ago its app asked for something, in nanoseconds; a long time where it never did. */
  long unusedNanos() {
    Long last = lastUse;
    return last == null ? Long.MAX_VALUE : System.nanoTime() - last;
  }

  /**
   * Brings the copy to the present, as far as it can be done before {@code cancellation} ends it.
   *
   * @throws dev.strandline.error.StoreException where the database cannot be used
   */
  SyncReport synchronise(SyncRequest request, Cancellation cancellation) {
    SyncReport report = strandline.sync(request, cancellation);
    Failure failure = failureOf(report);
    boolean cancelled = failure != null && failure.kind().equals("cancelled");
    if (!cancelled) {
      standing = standing.after(report.outcome() == Outcome.COMPLETE, failure);
    }
    return report;
  }

  /** A run has ended with an exception. */
  void failed(@Nullable Failure failure) {
    standing = standing.after(false, failure);
  }

  private static @Nullable Failure failureOf(SyncReport report) {
    Failure stoppedBy = report.stoppedBy();
    if (stoppedBy != null) {
      return stoppedBy;
    }
    for (var scope : report.scopes()) {
      if (scope.failure() != null) {
        return scope.failure();
      }
    }
    return null;
  }

  /** Waits for a run under way: cancel it first. */
  @Override
  public void close() {
    strandline.close();
  }

  @Override
  public String toString() {
    return "Tenant[" + name() + "]";
  }
}
