package dev.strandline.error;

import org.jspecify.annotations.Nullable;

/**
 * No complete answer came: the name does not resolve, the connection is refused or broken, or the
 * answer took too long. Says nothing about whether the server acted.
 */
public final class UnreachableException extends StrandlineException {
  private static final long serialVersionUID = 1L;

  public UnreachableException(String message) {
    this(message, null);
  }

  public UnreachableException(String message, @Nullable Throwable cause) {
    super(message, cause);
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
