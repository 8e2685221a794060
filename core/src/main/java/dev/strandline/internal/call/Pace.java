package dev.strandline.internal.call;

import dev.strandline.Failure;
import dev.strandline.FollowOptions;
import dev.strandline.Outcome;
import dev.strandline.SyncReport;
import java.time.Duration;

/**
 * How long to wait after a run: less where something happens, more where nothing does, and longer
 * and longer where it fails. Waits for nothing itself.
 */
public final class Pace {

  /** Runs that are bounded follow one another; the limiter keeps them within the budget. */
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  /** However long a server asks to be left alone: where it was a mistake, it has passed by then. */
  private static final Duration LONGEST_ASKED = Duration.ofHours(1);

  private final FollowOptions options;
  private Duration pause;
  private int failures;

  public Pace(FollowOptions options) {
    this.options = options;
    pause = options.shortestPause();
  }

  /** How many of the latest runs were stopped by a failure. */
  public int failures() {
    return failures;
  }

  /** The pause after a run, before it is shortened at random. */
  public Duration after(SyncReport report) {
    Failure stopped = report.stoppedBy();
    if (stopped != null) {
      failures++;
      Duration retreat = retreat();
      Duration asked = stopped.retryAfter();
      Duration heeded = asked == null ? retreat : least(asked, LONGEST_ASKED);
      return least(heeded, retreat).equals(heeded) ? retreat : heeded;
    }
    failures = 0;
    boolean hasNews =
        report.scopes().stream().anyMatch(scope -> scope.upserts() + scope.tombstones() > 0);
    pause = hasNews ? options.shortestPause() : least(grown(), options.longestPause());
    // Where every room fails, more of them would too.
    if (report.left() > 0 && report.outcome() != Outcome.FAILED) {
      return hasNews ? AT_ONCE : options.shortestPause().dividedBy(4);
    }
    return pause;
  }

  private Duration retreat() {
    Duration retreat = options.shortestPause();
    for (int i = 1; i < failures && retreat.compareTo(options.longestRetreat()) < 0; i++) {
      retreat = retreat.multipliedBy(2);
    }
    return least(retreat, options.longestRetreat());
  }

  private Duration grown() {
    return pause.plus(pause.dividedBy(2));
  }

  private static Duration least(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }
}
