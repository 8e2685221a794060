package dev.strandline.error;

/**
 * The server, or something in front of it, answered with an error that is none of the known cases.
 * From status 500 on it may pass, so it is retried; a 4xx is not.
 */
public final class ServerErrorException extends StrandlineException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String errorType;

  /**
   * @param status the HTTP status
   * @param errorType the server's {@code errorType}, empty where it sent none
   */
  public ServerErrorException(String message, int status, String errorType) {
    super(message, null);
    this.status = status;
    this.errorType = errorType;
  }

  public int status() {
    return status;
  }

  /** The server's {@code errorType}; empty where it sent none. */
  public String errorType() {
    return errorType;
  }

  @Override
  public Recovery recovery() {
    return status >= 500 ? Recovery.RETRY : Recovery.SKIP_SCOPE;
  }

  @Override
  public String kind() {
    return "server-error";
  }
}
