package dev.strandline.cli;

/** Something that a person can put right: one line what happened, one line what to do. */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitState;
  private final String advice;

  /**
   * @param exitState what the command ends with
   * @param what what happened
   * @param advice what to do now
   */
  public Problem(int exitState, String what, String advice) {
    super(what);
    this.exitState = exitState;
    this.advice = advice;
  }

  /** Something in the command line that only running it could show. */
  public static Problem usage(String what, String advice) {
    return new Problem(ExitState.USAGE, what, advice);
  }

  /** A file that is not what a command needs. */
  public static Problem database(String what, String advice) {
    return new Problem(ExitState.DATABASE, what, advice);
  }

  int exitState() {
    return exitState;
  }

  String advice() {
    return advice;
  }
}
