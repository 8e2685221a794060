package dev.strandline.testkit.server;

import java.time.Duration;

/**
 * How many calls an address may make to one route in one window.
 *
 * @param calls calls in a window; zero means that nothing is limited and no header says anything
 * @param window the length of a window, by the server's clock. An administrator can set it, and no
 *     header tells it: the reset of an answer lies up to a window ahead
 */
public record RateLimit(int calls, Duration window) {
  /** Refuses negative calls and windows that are not positive. */
  public RateLimit {
    if (calls < 0 || window.toMillis() <= 0) {
      throw new IllegalArgumentException(
          "A rate limit takes calls >= 0 and a window of at least 1 ms, not "
              + calls
              + " in "
              + window);
    }
  }

  /** No limit, and no {@code X-RateLimit-*} headers. */
  public static RateLimit off() {
    return new RateLimit(0, Duration.ofMinutes(1));
  }

  /** What a server does unless told otherwise: 10 calls a minute. */
  public static RateLimit serverDefault() {
    return new RateLimit(10, Duration.ofMinutes(1));
  }

  /** What a thread route has of its own from 8.8 on: 20 calls in 10 seconds. */
  static RateLimit threads() {
    return new RateLimit(20, Duration.ofSeconds(10));
  }

  boolean isOff() {
    return calls == 0;
  }
}
