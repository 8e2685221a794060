package dev.strandline.internal.engine;

import dev.strandline.Failure;
import dev.strandline.Outcome;
import dev.strandline.ScopeReport;
import dev.strandline.model.Scope;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a run does in one scope. Requests are counted by the scope's lane; commits by the
 * {@link Scribe}, and seen by the lane once it has waited for them.
 */
final class Tally {
  private final Scope scope;
  private int requests;
  private long added;
  private long replaced;
  private long gone;
  private long unchanged;
  private long quarantined;
  private boolean moved;

  Tally(Scope scope) {
    this.scope = scope;
  }

  Scope scope() {
    return scope;
  }

  void request() {
    requests++;
  }

  int requests() {
    return requests;
  }

  long added() {
    return added;
  }

  /** How often so far something came, went, or could not be understood; edits do not count. */
  long comingsAndGoings() {
    return added + gone + quarantined;
  }

  /** Takes in what one commit did. */
  void committed(Applied applied) {
    added += applied.added().size();
    replaced += applied.changed().size();
    gone += applied.tombstones();
    unchanged += applied.unchanged();
    quarantined += applied.quarantined();
    moved = true;
  }

  ScopeReport report(@Nullable Failure failure) {
    Outcome outcome = failure == null ? Outcome.COMPLETE : moved ? Outcome.PARTIAL : Outcome.FAILED;
    return new ScopeReport(
        scope, outcome, requests, added + replaced, gone, unchanged, quarantined, failure);
  }
}
