package dev.strandline.journal;

import dev.strandline.model.ServerTime;
import org.jspecify.annotations.Nullable;

/**
 * Where a scope stood, before or after a page.
 *
 * @param updated the watermark of the UPDATED feed, or of a thread's own; null where there is none
 * @param deleted the watermark of the DELETED feed; null for a thread
 * @param history how far down history had been read; null where it was not, and where it had been
 *     read to the beginning of an unknown time
 * @param toBeginning whether there is no more history
 * @param asOf for when completeness was claimed, or a thread's feed was last read; null for never
 * @param stale why the rows were not to be trusted, as {@code Coverage.Cause} names it; null where
 *     they were
 */
public record Positions(
    @Nullable ServerTime updated,
    @Nullable ServerTime deleted,
    @Nullable ServerTime history,
    boolean toBeginning,
    @Nullable ServerTime asOf,
    @Nullable String stale) {

  /** A scope that nothing is known of. */
  public static final Positions NONE = new Positions(null, null, null, false, null, null);
}
