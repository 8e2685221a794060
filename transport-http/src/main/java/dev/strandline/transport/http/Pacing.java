package dev.strandline.transport.http;

import dev.strandline.transport.http.internal.RateLimits;

/**
 * What is known of servers' rate limits (R15). A server counts calls by address and route, not by
 * account, so several transports of one process to one server do well to share one; it keeps
 * servers apart by itself.
 *
 * <p>Where calls wait, the transports take turns: one call of each before the second of any,
 * however many rooms one of them asks for. Safe for several threads; the transports that share it
 * must use the same clock.
 */
public final class Pacing {
  private final RateLimits limits = new RateLimits();

  private Pacing() {}

  /** A pacing that knows of no limit yet. */
  public static Pacing create() {
    return new Pacing();
  }

  /** How many calls have left so far, repeated ones included. */
  public long calls() {
    return limits.calls();
  }

  /** How many of them servers have refused for being too many (HTTP 429). */
  public long refusals() {
    return limits.refusals();
  }

  RateLimits limits() {
    return limits;
  }
}
