package dev.strandline.testkit.simulation;

import dev.strandline.GoneRooms;
import dev.strandline.ThreadMode;

/**
 * One line of a {@link Script}. What is {@link Within} a run belongs to the {@link Run} or {@link
 * Again} before it; what is about a request or a commit that does not come does nothing.
 */
public sealed interface Event {

  /** Which side of something. */
  enum Moment {
    BEFORE,
    AFTER,
    /** Between the two queries of an answer that has both lists. */
    BETWEEN
  }

  /** What a client is asked to do. */
  enum Task {
    EVERYTHING,
    CHANGES,
    ROOM,
    THREAD,
    RECONCILE,
    /** By counting, where that can tell. */
    QUICKLY,
    COMPARE
  }

  /** What becomes of a request. */
  enum Fault {
    /** It never reached the server. */
    LOST,
    /** The server answered and nothing of it arrived. */
    ANSWER_LOST,
    /** The answer breaks off after some rows. */
    CUT_SHORT,
    /** The answer takes too long; some rows arrive. */
    TIMED_OUT,
    /** Something in between is out of order (HTTP 502). */
    BAD_GATEWAY,
    /** The server fails (HTTP 500). */
    SERVER_ERROR,
    /** Too many requests (HTTP 429). */
    RATE_LIMITED,
    /** The login has expired (HTTP 401), until the next run renews it. */
    UNAUTHORIZED,
    /** The answer is not what the API answers. */
    MALFORMED,
    /** A stored message without a stamp lets every page fail (facts 1.3). */
    CURSOR_LOST,
    /** Every row of the answer is in it twice. */
    ROWS_TWICE,
    /** The answer has no date. */
    UNDATED
  }

  /**
   * Something is done on the server while the client sleeps.
   *
   * @param pause milliseconds that pass before it
   * @param clock how far the clock of the process that does it is off, in milliseconds
   * @param late milliseconds from its stamp to its becoming visible
   */
  record Act(int pause, int clock, int late, Deed deed) implements Event {}

  /** A long time passes. */
  record Leap(long millis) implements Event {}

  /** The device's wall clock is set forwards or back; no time passes. */
  record SetClock(long seconds) implements Event {}

  /**
   * The client is started for one task.
   *
   * @param scope the room or root, empty for {@link Task#EVERYTHING} and {@link Task#CHANGES}
   * @param page how many messages to ask for at once
   * @param history how much history to read, negative for all
   * @param lanes how many rooms to work on at once
   * @param date how far the server's {@code Date} is off, in milliseconds
   */
  record Run(
      Task task,
      String scope,
      int page,
      int history,
      ThreadMode threads,
      GoneRooms gone,
      int lanes,
      int date)
      implements Event {

    /** What it is asked for at once. */
    Again first() {
      return new Again(task, scope, 0, date);
    }
  }

  /**
   * The client that was started last is asked again, if its process still lives.
   *
   * @param rooms how many rooms a run for changes takes on at most, zero for all
   */
  record Again(Task task, String scope, int rooms, int date) implements Event {}

  /** What happens while a run lasts. */
  sealed interface Within extends Event {}

  /** Something is done on the server while a request of the run is under way. */
  record Meanwhile(int request, Moment moment, int pause, int clock, int late, Deed deed)
      implements Within {}

  /**
   * The device is suspended before a request of the run leaves: time passes, also by its wall
   * clock, and the clock by which it measures waits stands still.
   */
  record Suspended(int request, long millis) implements Within {}

  /**
   * Something goes wrong with a request of the run.
   *
   * @param size after how many rows, or seconds to wait
   */
  record Trouble(int request, Fault fault, int size) implements Within {}

  /**
   * The client's process dies at a commit of the run.
   *
   * @param moment within the transaction, so that nothing of it stays, or right after it
   * @param reopen whether the store is opened anew afterwards
   */
  record Crash(int commit, Moment moment, boolean reopen) implements Within {}
}
