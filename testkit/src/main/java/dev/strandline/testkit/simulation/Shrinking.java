package dev.strandline.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a failing script short: leaves out ever smaller parts of its events for as long as the same
 * kind of promise stays broken (delta debugging).
 */
final class Shrinking {
  /** Messages that begin alike are about the same promise. */
  private static final int KIND = 14;

  private static final int MOST_TRIES = 5_000;

  private final Simulation simulation;
  private SimulationFailure best;
  private int tries;

  Shrinking(Simulation simulation, SimulationFailure failure) {
    this.simulation = simulation;
    best = failure;
  }

  /** The failure of a script of which no event can be left out. */
  SimulationFailure run() {
    List<Event> begun = best.script().events().subList(0, best.event());
    tryWith(begun);
    boolean shorter = true;
    while (shorter && tries < MOST_TRIES) {
      shorter = false;
      for (int part = Math.max(1, size() / 2); part >= 1; part /= 2) {
        shorter |= leaveOut(part);
      }
    }
    return best;
  }

  private int size() {
    return best.script().events().size();
  }

  private boolean leaveOut(int part) {
    boolean shorter = false;
    // From the end, since what comes later depends on what came before.
    for (int from = size() - part; from >= 0; from -= part) {
      if (from + part <= size()) {
        List<Event> rest = new ArrayList<>(best.script().events());
        rest.subList(from, from + part).clear();
        shorter |= tryWith(rest);
      }
    }
    return shorter;
  }

  private boolean tryWith(List<Event> events) {
    if (events.size() >= size()) {
      return false;
    }
    tries++;
    SimulationFailure failure = failure(best.script().with(events));
    if (failure != null && kind(failure).equals(kind(best))) {
      best = failure;
      return true;
    }
    return false;
  }

  private @Nullable SimulationFailure failure(Script script) {
    try {
      simulation.play(script);
      return null;
    } catch (SimulationFailure e) {
      return e;
    }
  }

  private static String kind(SimulationFailure failure) {
    String broken = failure.broken();
    return broken.substring(0, Math.min(KIND, broken.length()));
  }
}
