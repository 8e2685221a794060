package dev.strandline.cli;

import dev.strandline.Failure;
import dev.strandline.FollowState;
import dev.strandline.Outcome;
import dev.strandline.RoomOverview;
import dev.strandline.ScopeReport;
import dev.strandline.ScopeStatus;
import dev.strandline.Strandline;
import dev.strandline.SyncReport;
import dev.strandline.cli.text.Harmless;
import dev.strandline.cli.text.Moments;
import dev.strandline.cli.text.RoomListWords;
import dev.strandline.model.Membership;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What {@code sync --follow} prints: a line a run, and one at the end. */
final class FollowOutput {
  private final Surroundings surroundings;
  private final boolean json;
  private final boolean verbose;
  private final PrintWriter out;
  private final PrintWriter err;
  private final PrintWriter notes;
  private long unreadable;

  /**
   * @param verbose whether runs that brought nothing get a line for people too
   */
  FollowOutput(
      Surroundings surroundings,
      boolean json,
      boolean verbose,
      PrintWriter out,
      PrintWriter err,
      PrintWriter notes) {
    this.surroundings = surroundings;
    this.json = json;
    this.verbose = verbose;
    this.out = out;
    this.err = err;
    this.notes = notes;
  }

  /**
   * Prints what a run did.
   *
   * @return whether somebody still reads it
   */
  boolean after(SyncReport report) {
    if (json) {
      out.println(SyncReports.json(report));
    } else if (verbose || hasNewTrouble(report) || changes(report) > 0) {
      out.println(line(report));
    }
    if (report.unreadable() > unreadable) {
      err.println(RoomListWords.unreadable(report.unreadable()));
    }
    unreadable = report.unreadable();
    Failure stopped = report.stoppedBy();
    if (stopped != null && !stopped.kind().equals("cancelled")) {
      err.println("strandline: " + Harmless.line(stopped.message()));
    }
    return !out.checkError();
  }

  /** What the list of rooms has been lacking for longer is not told after each run. */
  private boolean hasNewTrouble(SyncReport report) {
    boolean scopesAreComplete =
        report.stoppedBy() == null
            && report.scopes().stream().allMatch(scope -> scope.outcome() == Outcome.COMPLETE);
    return report.outcome() != Outcome.COMPLETE
        && !(scopesAreComplete && report.unreadable() == unreadable);
  }

  private String line(SyncReport report) {
    return surroundings.moments().second(surroundings.clock().instant())
        + "  "
        + report.outcome().word()
        + ": "
        + counted(report.scopes().size(), "room or thread", "rooms and threads")
        + ", "
        + Moments.number(sum(report, ScopeReport::upserts))
        + " added or changed, "
        + Moments.number(sum(report, ScopeReport::tombstones))
        + " removed, "
        + counted(report.requests(), "request", "requests");
  }

  private static long changes(SyncReport report) {
    return sum(report, ScopeReport::upserts)
        + sum(report, ScopeReport::tombstones)
        + sum(report, ScopeReport::quarantined);
  }

  private static long sum(SyncReport report, ToLongFunction<ScopeReport> number) {
    return report.scopes().stream().mapToLong(number).sum();
  }

  private static String counted(long number, String one, String many) {
    return Moments.number(number) + " " + (number == 1 ? one : many);
  }

  /** The last line: what was done, and what can be relied on now. */
  void atTheEnd(FollowState state, Strandline strandline) {
    String done =
        "Stopped after "
            + counted(state.runs(), "run", "runs")
            + " and "
            + counted(state.requests(), "request", "requests")
            + ".";
    SyncReport last = state.last();
    boolean failed = last != null && last.stoppedBy() != null && state.failuresInARow() > 0;
    boolean cutShort = last != null && last.stoppedBy() != null && !failed;
    notes.println(
        done
            + (failed ? " The last run failed." : cutShort ? " The last run was cut short." : "")
            + " "
            + known(strandline));
    notes.flush();
  }

  private String known(Strandline strandline) {
    Map<RoomId, ServerTime> news = new HashMap<>();
    for (ScopeStatus status : strandline.local().status()) {
      if (status.scope() instanceof Scope.OfRoom room && status.newsAsOf() != null) {
        news.put(room.room(), status.newsAsOf());
      }
    }
    @Nullable ServerTime earliest = null;
    int unknown = 0;
    for (RoomOverview room : strandline.local().rooms()) {
      if (room.room().membership() == Membership.MEMBER) {
        ServerTime known = news.get(room.room().id());
        if (known == null) {
          unknown++;
        } else {
          earliest = earliest == null ? known : ServerTime.min(earliest, known);
        }
      }
    }
    if (earliest == null) {
      return "No room has been read to its end.";
    }
    long unreadable = strandline.local().unreadableRooms();
    String lacking = unreadable == 0 ? "" : " of the rooms that the list of rooms tells clearly";
    return "Every new message"
        + lacking
        + " up to "
        + surroundings.moments().second(earliest)
        + " is stored"
        + (unknown == 0 ? "." : ", but for " + counted(unknown, "room", "rooms") + ": see status.");
  }
}
