package dev.strandline.internal.reconcile;

import dev.strandline.ChangeListener;
import dev.strandline.Failure;
import dev.strandline.Outcome;
import dev.strandline.ReconcileReport;
import dev.strandline.ReconcileReport.Way;
import dev.strandline.ReconcileRequest;
import dev.strandline.WhyWhole;
import dev.strandline.internal.commit.Outcomes;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a comparison has found so far. */
public final class Findings {
  private final ReconcileRequest request;
  private final Outcomes differences = new Outcomes();
  private Way way = Way.WHOLE;
  private @Nullable WhyWhole whyWhole;
  private boolean partial;
  private long compared;
  private long pending;

  public Findings(ReconcileRequest request) {
    this.request = request;
  }

  public ReconcileRequest request() {
    return request;
  }

  void missing(MessageId id) {
    differences.add(id);
  }

  void different(MessageId id) {
    differences.replace(id);
  }

  public void surplus(MessageId id) {
    differences.remove(id);
  }

  /** What a repair of {@code room} changes is what differed. */
  public ChangeListener noting(RoomId room) {
    return changes -> {
      if (changes.room().equals(room)) {
        // In several commits: what came and went was no difference.
        changes.added().forEach(differences::add);
        changes.changed().forEach(differences::replace);
        changes.removed().forEach(differences::remove);
      }
    };
  }

  public void counted(boolean searched) {
    way = searched ? Way.SEARCHED : Way.COUNTED;
  }

  /**
   * The room was read whole.
   *
   * @param partialHistory whether only a part of the history is stored, and so was compared
   */
  public void readWhole(WhyWhole why, boolean partialHistory) {
    way = Way.WHOLE;
    whyWhole = why;
    partial = partialHistory;
  }

  public void compared(long messages) {
    compared = messages;
  }

  public void pending(long differences) {
    pending = differences;
  }

  public ReconcileReport report(
      long run, Outcome outcome, int requests, @Nullable Failure failure) {
    return new ReconcileReport(
        run,
        request.scope(),
        outcome,
        !request.dryRun(),
        way,
        whyWhole,
        outcome == Outcome.COMPLETE ? ReconcileReport.unchecked(way, partial) : Set.of(),
        requests,
        compared,
        List.copyOf(differences.added()),
        List.copyOf(differences.changed()),
        List.copyOf(differences.removed()),
        pending,
        failure);
  }
}
