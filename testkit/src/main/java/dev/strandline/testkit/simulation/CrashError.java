package dev.strandline.testkit.simulation;

/** The client's process is dead. */
final class CrashError extends Error {
  private static final long serialVersionUID = 1L;

  CrashError() {
    super("the process died", null, false, false);
  }
}
