package dev.strandline.transport.http;

import dev.strandline.transport.http.internal.RateLimits;

/**
 * What is known of a server's rate limits (R15). The server counts calls by address and route, not
 * by account, so several transports of one process to one server do well to share one. Safe for
 * several threads; the transports that share it must use the same clock.
 */
public final class Pacing {
  private final RateLimits limits = new RateLimits();

  private Pacing() {}

  /** A pacing that knows of no limit yet. */
  public static Pacing create() {
    return new Pacing();
  }

  RateLimits limits() {
    return limits;
  }
}
