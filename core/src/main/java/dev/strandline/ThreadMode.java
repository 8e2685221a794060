package dev.strandline;

/**
 * Which threads a run follows with requests of their own, besides those that are named. A room's
 * feeds carry the replies already; a thread's own feed adds what the room's cannot show.
 */
public enum ThreadMode {
  /**
   * Those of which replies may be missing because the room's history has not been read far enough:
   * the default, and the cheapest that misses nothing (R15).
   */
  AUTO,
  /** Every thread whose root was written since the thread was last read. */
  ALL,
  /** None. */
  NONE
}
