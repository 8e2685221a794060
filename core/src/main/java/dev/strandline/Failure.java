package dev.strandline;

import dev.strandline.error.RateLimitedException;
import dev.strandline.error.StrandlineException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, as a value.
 *
 * @param kind the stable name of the case, {@link StrandlineException#kind()}
 * @param message the same for people, with what to do next
 * @param retryAfter how long to wait before another try makes sense; null where that is not known
 * @param cause the exception itself
 */
public record Failure(
    String kind, String message, @Nullable Duration retryAfter, StrandlineException cause) {

  /** The failure that {@code e} reports. */
  public static Failure of(StrandlineException e) {
    Duration wait = e instanceof RateLimitedException limited ? limited.retryAfter() : null;
    String message = e.getMessage();
    return new Failure(e.kind(), message == null ? e.kind() : message, wait, e);
  }
}
