package dev.strandline.error;

import org.jspecify.annotations.Nullable;

/**
 * No complete answer came: the name does not resolve, the connection is refused or broken, or the
 * answer took too long. Says nothing about whether the server acted.
 */
public final class UnreachableException extends StrandlineException {
  private static final long serialVersionUID = 1L;

  private final boolean timedOut;

  public UnreachableException(String message, @Nullable Throwable cause) {
    this(message, cause, false);
  }

  /**
   * @param timedOut whether the connection stood and the answer took too long
   */
  public UnreachableException(String message, @Nullable Throwable cause, boolean timedOut) {
    super(message, cause);
    this.timedOut = timedOut;
  }

  /** Whether the connection stood and the answer took too long: asking for less may help. */
  public boolean timedOut() {
    return timedOut;
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
