package dev.strandline.internal.call;

import dev.strandline.Failure;
import dev.strandline.Outcome;
import dev.strandline.ScopeReport;
import dev.strandline.journal.PageCounts;
import dev.strandline.model.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a run does in one scope. Requests are counted by the scope's lane; commits by the one
 * writer, and seen by the lane once it has waited for them.
 */
public final class Tally {
  private final Scope scope;
  private int requests;
  private PageCounts counts = PageCounts.NONE;
  private boolean moved;

  public Tally(Scope scope) {
    this.scope = scope;
  }

  public Scope scope() {
    return scope;
  }

  void request() {
    requests++;
  }

  int requests() {
    return requests;
  }

  public long added() {
    return counts.added();
  }

  /** How often so far something came, went, or could not be understood; edits do not count. */
  public long comingsAndGoings() {
    return counts.added() + counts.tombstones() + counts.quarantined();
  }

  /** Takes in what became of a page. */
  public void committed(PageCounts page) {
    counts = counts.plus(page);
    moved = true;
  }

  public ScopeReport report(@Nullable Failure failure) {
    Outcome outcome = failure == null ? Outcome.COMPLETE : moved ? Outcome.PARTIAL : Outcome.FAILED;
    return new ScopeReport(
        scope,
        outcome,
        requests,
        counts.added() + counts.changed(),
        counts.tombstones(),
        counts.unchanged() + counts.skipped(),
        counts.quarantined(),
        failure);
  }
}
