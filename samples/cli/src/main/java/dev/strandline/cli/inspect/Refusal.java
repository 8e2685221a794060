package dev.strandline.cli.inspect;

/** A request that is not answered as it was meant to be. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String kind;

  /**
   * @param status of HTTP
   * @param kind a word for the page
   * @param message what was wrong, and what to do
   */
  Refusal(int status, String kind, String message) {
    super(message);
    this.status = status;
    this.kind = kind;
  }

  static Refusal badRequest(String message) {
    return new Refusal(400, "bad-request", message);
  }

  static Refusal notFound(String message) {
    return new Refusal(404, "not-found", message);
  }

  int status() {
    return status;
  }

  String kind() {
    return kind;
  }
}
