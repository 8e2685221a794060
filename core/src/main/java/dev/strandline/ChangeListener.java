package dev.strandline;

/**
 * Hears of changes after they are committed, in the order of the commits, on the thread of the run.
 * What it is told can be read at once. It should be quick, since the run waits for it; what it
 * throws is logged and does not disturb the run.
 */
@FunctionalInterface
public interface ChangeListener {
  /** Never called with an empty change set. */
  void changed(ChangeSet changes);
}
