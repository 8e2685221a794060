package dev.strandline.testkit.simulation;

/** How right the {@code Date} header of a server's answers is. */
public enum Dates {
  /** There is none. */
  NONE,
  /** Right to the millisecond. */
  RIGHT,
  /** Right, and the limiter's headers show the clock that stamps messages. */
  CONFIRMED,
  /** Right, confirmed, and as coarse as they really are: seconds, and minutes for the limiter. */
  COARSE,
  /** What confirms a date also bounds it: it can only be late. */
  LATE_AND_CONFIRMED,
  /** A proxy's, wrong by minutes. */
  MINUTES_WRONG,
  /** A proxy's, late by hours. */
  HOURS_LATE,
  /** A proxy's, ahead by hours: nothing may be lost, but claims that rest on it are too late. */
  HOURS_AHEAD;

  boolean isConfirmed() {
    return this == CONFIRMED || this == COARSE || this == LATE_AND_CONFIRMED;
  }

  boolean bearsClaims() {
    return this != HOURS_AHEAD;
  }
}
