package dev.strandline.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One run.
 *
 * @param number counted up from 1 within a store, and never used twice
 * @param kind what was asked for
 * @param asked which scopes, in short: {@code "everything"}, {@code "changes"}, or the first of
 *     them and how many more
 * @param firstPage the number of its first page, or the one that this would have had: the pages of
 *     a run are those from here to the next run's
 * @param startedAt by the device's clock
 * @param finishedAt the same; null while it is under way, and for one that was interrupted
 * @param ending how it ended; null for one that is under way, or was interrupted and not found out
 *     yet: only the newest run can be either
 * @param requests requests that left for the server; 0 where it has not ended
 * @param counts what its pages did, summed; nothing where it has not ended
 * @param errorKind what ended it before its end, as {@code StrandlineException.kind()}; null where
 *     nothing did
 */
public record RunEntry(
    long number,
    Kind kind,
    String asked,
    long firstPage,
    Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Ending ending,
    int requests,
    PageCounts counts,
    @Nullable String errorKind) {

  /** What a run is for. */
  public enum Kind {
    /** Bringing scopes to the present. */
    SYNC,
    /** Comparing a whole room with the server and repairing it. */
    RECONCILE,
    /** Comparing a whole room with the server, and nothing more. */
    COMPARE
  }

  /** A run that begins. */
  public static RunEntry begun(
      long number, Kind kind, String asked, long firstPage, Instant startedAt) {
    return new RunEntry(
        number, kind, asked, firstPage, startedAt, null, null, 0, PageCounts.NONE, null);
  }

  /** This run, found out to have been interrupted. */
  public RunEntry interrupted() {
    return new RunEntry(
        number,
        kind,
        asked,
        firstPage,
        startedAt,
        null,
        Ending.INTERRUPTED,
        requests,
        counts,
        errorKind);
  }

  /** This run, ended. */
  public RunEntry ended(
      Instant at, Ending how, int asked, PageCounts sum, @Nullable String errorKind) {
    return new RunEntry(
        number, kind, this.asked, firstPage, startedAt, at, how, asked, sum, errorKind);
  }
}
