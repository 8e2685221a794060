package dev.strandline;

import java.time.Duration;

/**
 * When to try again after a failure that may pass, and when to give up: after so many tries or so
 * much time, whichever comes first. Pauses double from {@code firstPause} up to {@code
 * longestPause}, each shortened at random by up to half so that many clients do not return at once.
 *
 * @param tries how often a request is sent at most; at least 1
 * @param firstPause before the second try
 * @param longestPause no pause is longer, save for one that the server asks for
 * @param patience no further try is started later than this after the first
 */
public record RetryPolicy(
    int tries, Duration firstPause, Duration longestPause, Duration patience) {

  public RetryPolicy {
    if (tries < 1) {
      throw new IllegalArgumentException("tries must be at least 1, not " + tries);
    }
    if (firstPause.isNegative() || longestPause.compareTo(firstPause) < 0) {
      throw new IllegalArgumentException(
          "pauses must not be negative and must not shrink, but are "
              + firstPause
              + " and "
              + longestPause);
    }
    if (patience.isNegative()) {
      throw new IllegalArgumentException("patience must not be negative, but is " + patience);
    }
  }

  /** Five tries within five minutes, pauses from one second to half a minute. */
  public static RetryPolicy standard() {
    return new RetryPolicy(5, Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofMinutes(5));
  }

  /** One try. */
  public static RetryPolicy never() {
    return new RetryPolicy(1, Duration.ZERO, Duration.ZERO, Duration.ZERO);
  }
}
