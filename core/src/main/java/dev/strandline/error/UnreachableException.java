package dev.strandline.error;

import org.jspecify.annotations.Nullable;

/**
 * No complete answer came: the name does not resolve, the connection is refused or broken, or the
 * answer took too long. Says nothing about whether the server acted.
 */
public final class UnreachableException extends StrandlineException {
  private static final long serialVersionUID = 1L;

  /** How far it came. */
  private enum Stage {
    NO_ANSWER,
    BROKE_OFF,
    TIMED_OUT
  }

  private final Stage stage;

  public UnreachableException(String message, @Nullable Throwable cause) {
    this(message, cause, Stage.NO_ANSWER);
  }

  private UnreachableException(String message, @Nullable Throwable cause, Stage stage) {
    super(message, cause);
    this.stage = stage;
  }

  /** The server was reached, and its answer took too long. */
  public static UnreachableException timedOut(String message, @Nullable Throwable cause) {
    return new UnreachableException(message, cause, Stage.TIMED_OUT);
  }

  /** An answer had begun, and broke off. */
  public static UnreachableException brokeOff(String message, @Nullable Throwable cause) {
    return new UnreachableException(message, cause, Stage.BROKE_OFF);
  }

  /** Whether the connection stood and the answer took too long: asking for less may help. */
  public boolean timedOut() {
    return stage == Stage.TIMED_OUT;
  }

  /** Whether the server was reached: its answer took too long, or had begun and broke off. */
  public boolean reached() {
    return stage != Stage.NO_ANSWER;
  }

  @Override
  public Recovery recovery() {
    return Recovery.RETRY;
  }

  @Override
  public String kind() {
    return "unreachable";
  }
}
