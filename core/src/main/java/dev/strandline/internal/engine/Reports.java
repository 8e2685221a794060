package dev.strandline.internal.engine;

import dev.strandline.Failure;
import dev.strandline.Outcome;
import dev.strandline.ScopeReport;
import dev.strandline.model.Scope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a run did, scope by scope, in the order in which they were planned. For several threads. */
final class Reports {
  private final Map<Scope, @Nullable ScopeReport> reports = new LinkedHashMap<>();

  synchronized void expect(Scope scope) {
    reports.put(scope, null);
  }

  synchronized void end(ScopeReport report) {
    reports.put(report.scope(), report);
  }

  synchronized List<ScopeReport> all() {
    List<ScopeReport> all = new ArrayList<>(reports.values());
    all.removeIf(Objects::isNull);
    return all;
  }

  /**
   * How the run went that was stopped by {@code stoppedBy}, if by anything.
   *
   * @param mayMissRooms whether rooms may be missing that could not be planned (R14)
   */
  Outcome outcome(@Nullable Failure stoppedBy, boolean mayMissRooms) {
    List<ScopeReport> all = all();
    boolean allComplete =
        stoppedBy == null && all.stream().allMatch(report -> report.outcome() == Outcome.COMPLETE);
    if (allComplete) {
      return mayMissRooms ? Outcome.PARTIAL : Outcome.COMPLETE;
    }
    boolean allFailed = all.stream().allMatch(report -> report.outcome() == Outcome.FAILED);
    return allFailed ? Outcome.FAILED : Outcome.PARTIAL;
  }
}
