package dev.strandline.journal;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One question, its answer, and what became of it; or one conclusion, which asks nothing. Written
 * in the transaction of the rows that it describes (R2).
 *
 * @param number counted up from 1 within a store, and never used twice
 * @param run the run's number
 * @param pass the pass's number; 0 for what belongs to no scope, such as the directory
 * @param purpose why
 * @param question what was asked; null for a conclusion
 * @param attempt 1 for the first try, and so on
 * @param requests how many requests left for the server: none where it could not be reached, two
 *     where credentials were renewed
 * @param startedAt by the device's clock
 * @param took from the question to the end of the answer, waiting for the rate limit included, or
 *     to the failure
 * @param answer what came; null where nothing came to its end
 * @param counts what became of its entries
 * @param before where the scope stood; null where the page belongs to none, or was not applied
 * @param after where it stood then; null together with {@code before}
 * @param state whether it was applied to its end
 * @param errorKind what went wrong, as {@code StrandlineException.kind()}; null where nothing did
 */
public record PageEntry(
    long number,
    long run,
    long pass,
    Purpose purpose,
    @Nullable Question question,
    int attempt,
    int requests,
    Instant startedAt,
    Duration took,
    @Nullable Answer answer,
    PageCounts counts,
    @Nullable Positions before,
    @Nullable Positions after,
    State state,
    @Nullable String errorKind) {

  public PageEntry {
    if ((before == null) != (after == null)) {
      throw new IllegalArgumentException("a page has both positions or none");
    }
  }

  /** Whether a page was applied to its end. */
  public enum State {
    /** It was, with the position that it justifies. */
    APPLIED,
    /**
     * Rows of it were committed ahead of its position, and its end was not: it is still arriving,
     * or the process died. The next run asks for it again.
     */
    UNFINISHED,
    /** It was answered, and nothing of it was to be applied. */
    LOOKED_AT,
    /** It was not answered, or the answer broke off. */
    FAILED
  }
}
