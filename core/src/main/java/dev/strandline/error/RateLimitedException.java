package dev.strandline.error;

import java.time.Duration;

/** The server's rate limiter refused the request (HTTP 429) and the wait was not worth it. */
public final class RateLimitedException extends StrandlineException {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  /**
   * @param route the API route whose window is used up
   * @param retryAfter how long to wait before this route answers again
   */
  public RateLimitedException(String route, Duration retryAfter) {
    super(
        "The server's rate limiter refuses "
            + route
            + " for another "
            + Math.max(1, retryAfter.toSeconds())
            + " s. Try again then, or ask the server's administrator for the"
            + " api-bypass-rate-limit permission.",
        null);
    this.retryAfter = retryAfter;
  }

  /** How long to wait, from when this was thrown. */
  public Duration retryAfter() {
    return retryAfter;
  }

  @Override
  public Recovery recovery() {
    return Recovery.RETRY;
  }

  @Override
  public String kind() {
    return "rate-limited";
  }
}
