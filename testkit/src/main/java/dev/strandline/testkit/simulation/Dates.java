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
  HOURS_AHEAD,
  /** A proxy's, late by days. */
  DAYS_LATE,
  /** A proxy's, ahead by days. */
  DAYS_AHEAD,
  /** A proxy's, late by days, while the limiter tells the server's time. */
  DAYS_LATE_AND_CONFIRMED,
  /** A proxy's, ahead by days, while the limiter tells the server's time. */
  DAYS_AHEAD_AND_CONFIRMED;

  boolean isConfirmed() {
    return this == CONFIRMED
        || this == COARSE
        || this == LATE_AND_CONFIRMED
        || this == DAYS_LATE_AND_CONFIRMED
        || this == DAYS_AHEAD_AND_CONFIRMED;
  }

  /** By how many milliseconds a confirmed time may be late; huge where nothing confirms it. */
  long lateness() {
    return switch (this) {
      case CONFIRMED, DAYS_AHEAD_AND_CONFIRMED -> 0;
      case COARSE -> 61_000;
      default -> Long.MAX_VALUE / 4;
    };
  }

  /** Whether something else than stamps tells the server's time, and not too late a one. */
  boolean tellsTheTime() {
    return this != NONE && this != HOURS_AHEAD && this != DAYS_AHEAD;
  }

  boolean bearsClaims() {
    return this != HOURS_AHEAD && this != DAYS_AHEAD;
  }
}
