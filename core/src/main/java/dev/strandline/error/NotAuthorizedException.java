package dev.strandline.error;

import org.jspecify.annotations.Nullable;

/**
 * The server refuses the credentials, and the provider has no newer ones (HTTP 401, or 403 for a
 * whole route). No retry helps: log in again and supply the new user id and token.
 */
public final class NotAuthorizedException extends StrandlineException {
  private static final long serialVersionUID = 1L;

  public NotAuthorizedException(String message) {
    this(message, null);
  }

  public NotAuthorizedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public Recovery recovery() {
    return Recovery.STOP;
  }

  @Override
  public String kind() {
    return "not-authorized";
  }
}
