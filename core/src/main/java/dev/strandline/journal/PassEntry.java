package dev.strandline.journal;

import dev.strandline.model.Scope;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one run did in one scope.
 *
 * @param number counted up from 1 within a store, and never used twice
 * @param run the run's number
 * @param scope the room or thread
 * @param startedAt by the device's clock
 * @param finishedAt the same; null where it has not ended
 * @param ending how it ended; null where it has not, or the run was interrupted in it
 * @param requests requests that left for the server, repeated ones included; 0 where it has not
 *     ended
 * @param counts what its pages did, summed; nothing where it has not ended
 * @param errorKind what went wrong, as {@code StrandlineException.kind()}; null where nothing did
 */
public record PassEntry(
    long number,
    long run,
    Scope scope,
    Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Ending ending,
    int requests,
    PageCounts counts,
    @Nullable String errorKind) {

  /** A pass that begins. */
  public static PassEntry begun(long number, long run, Scope scope, Instant startedAt) {
    return new PassEntry(number, run, scope, startedAt, null, null, 0, PageCounts.NONE, null);
  }

  /** This pass, ended. */
  public PassEntry ended(
      @Nullable Instant at, Ending how, int asked, PageCounts sum, @Nullable String error) {
    return new PassEntry(number, run, scope, startedAt, at, how, asked, sum, error);
  }
}
