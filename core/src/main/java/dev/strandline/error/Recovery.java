package dev.strandline.error;

/** What can still be done in a run after a failure. */
public enum Recovery {
  /** The same request may succeed later: try again, with a growing pause. */
  RETRY,
  /** This scope cannot be had now; the others are not affected. */
  SKIP_SCOPE,
  /** Nothing further can succeed in this run. */
  STOP
}
