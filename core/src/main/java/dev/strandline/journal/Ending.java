package dev.strandline.journal;

import java.util.Locale;

/** How a run, or its pass over one scope, ended. */
public enum Ending {
  /** The present was reached, and as much history as was asked for. */
  COMPLETE,
  /** Something was gained and kept, and something is left for the next run. */
  PARTIAL,
  /** Nothing was gained. */
  FAILED,
  /** Not begun, since what ended the run would have ended it too. */
  SKIPPED,
  /** Never ended: the process died, or the store failed. Found out by the next run. */
  INTERRUPTED;

  /** The word for it in reports, lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
