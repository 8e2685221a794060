package dev.strandline.samples.backend;

/** An answer that is not what was asked for: what is wrong, for programs and for people. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;
  private final String advice;

  /**
   * A refusal.
   *
   * @param status the HTTP status
   * @param code stable, for programs
   * @param message what is wrong
   * @param advice what to do next
   */
  Refusal(int status, String code, String message, String advice) {
    // No trace: it is an answer, and the way to it is one handler.
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.advice = advice;
  }

  static Refusal badParameter(String name, String message, String advice) {
    return new Refusal(400, "bad-parameter", "'" + name + "' " + message, advice);
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String advice() {
    return advice;
  }
}
