package dev.strandline.cli;

/** What the command tells whoever started it. */
final class ExitState {
  static final int DONE = 0;
  static final int BUG = 1;
  static final int USAGE = 2;
  static final int NOT_AUTHORISED = 3;
  static final int UNREACHABLE = 4;
  static final int SCOPES_FAILED = 5;
  static final int DATABASE = 6;
  static final int DIFFERENCES = 7;

  /** What shells expect of a program that was stopped with Ctrl-C. */
  static final int INTERRUPTED = 130;

  private ExitState() {}

  /** The state for a failure that ended a run, or a part of it. */
  static int of(String failureKind) {
    return switch (failureKind) {
      case "not-authorized" -> NOT_AUTHORISED;
      case "unreachable" -> UNREACHABLE;
      case "cancelled" -> INTERRUPTED;
      default -> SCOPES_FAILED;
    };
  }
}
