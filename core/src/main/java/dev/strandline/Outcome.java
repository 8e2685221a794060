package dev.strandline;

import java.util.Locale;

/** How a run, or a run's part in one scope, ended. */
public enum Outcome {
  /** The present was reached, and as much history as was asked for. */
  COMPLETE,
  /** Something was gained and kept, and something is left for the next run. */
  PARTIAL,
  /** Nothing was gained. What was stored before is as it was. */
  FAILED;

  /** The word for it in reports, lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
