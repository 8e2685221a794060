package dev.strandline.error;

import org.jspecify.annotations.Nullable;

/**
 * An answer is not what the API answers: cut off, no JSON, or of another shape. Nothing of it moved
 * a position. Single messages that cannot be understood are not this: they are kept in quarantine
 * (R14).
 */
public final class MalformedResponseException extends StrandlineException {
  private static final long serialVersionUID = 1L;

  private final String endpoint;
  private final String pointer;

  /**
   * @param endpoint the API route that answered
   * @param pointer the JSON pointer of the place that was not understood, empty for the whole body
   * @param problem what is wrong there
   */
  public MalformedResponseException(
      String endpoint, String pointer, String problem, @Nullable Throwable cause) {
    super(
        "The answer of "
            + endpoint
            + " cannot be understood"
            + (pointer.isEmpty() ? "" : " at " + pointer)
            + ": "
            + problem
            + ". Nothing was lost and no position moved; if it stays so, check that the URL is a"
            + " Rocket.Chat server and that no proxy rewrites its answers.",
        cause);
    this.endpoint = endpoint;
    this.pointer = pointer;
  }

  /** The API route that answered. */
  public String endpoint() {
    return endpoint;
  }

  /** The JSON pointer of the place that was not understood; empty for the whole body. */
  public String pointer() {
    return pointer;
  }

  @Override
  public Recovery recovery() {
    return Recovery.RETRY;
  }

  @Override
  public String kind() {
    return "malformed-response";
  }
}
