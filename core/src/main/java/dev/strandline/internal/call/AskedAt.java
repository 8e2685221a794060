package dev.strandline.internal.call;

import dev.strandline.model.ServerTime;
import org.jspecify.annotations.Nullable;

/**
 * When a question was asked, by the server's clock: what it shows is at least as late.
 *
 * @param passed a server time that is not later, by the clock that stamps messages; null where the
 *     run's time is not confirmed
 * @param date the same as a {@code Date} says that nothing confirms; null where answers have none
 */
public record AskedAt(@Nullable ServerTime passed, @Nullable ServerTime date) {

  /** Nothing is known. */
  public static final AskedAt UNKNOWN = new AskedAt(null, null);

  /** The one that is at hand, confirmed or not; null for none. */
  public @Nullable ServerTime moment() {
    return passed != null ? passed : date;
  }

  /**
   * The same question, once answered: where an answer confirms its moment, a replay tells the same.
   */
  AskedAt answeredBy(@Nullable ServerTime askedAt, boolean isConfirmed) {
    return isConfirmed && askedAt != null
        ? new AskedAt(askedAt, askedAt)
        : new AskedAt(passed, askedAt != null ? askedAt : date);
  }
}
