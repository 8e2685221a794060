package dev.strandline.journal;

import org.jspecify.annotations.Nullable;

/**
 * Who wrote something: the page, its pass and its run, as far as the journal still has them.
 *
 * @param number the page's number; 0 for what was written outside of any run
 * @param page the page; null where the journal has been pruned since
 * @param pass its pass; null where the page has none, or it has been pruned
 * @param run its run; null where it has been pruned
 */
public record Trace(
    long number, @Nullable PageEntry page, @Nullable PassEntry pass, @Nullable RunEntry run) {

  /** Whether a page wrote it that the journal does not have any more. */
  public boolean isPruned() {
    return number != 0 && page == null;
  }
}
