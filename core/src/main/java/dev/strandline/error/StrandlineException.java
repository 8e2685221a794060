package dev.strandline.error;

import org.jspecify.annotations.Nullable;

/** The root of everything that Strandline throws on purpose, save for misuse of its API. */
public abstract sealed class StrandlineException extends RuntimeException
    permits NotAuthorizedException,
        RoomUnavailableException,
        ThreadUnavailableException,
        CursorUnsupportedException,
        RateLimitedException,
        UnreachableException,
        ServerErrorException,
        MalformedResponseException,
        RecordingFailedException,
        StoreException,
        SyncCancelledException {

  private static final long serialVersionUID = 1L;

  StrandlineException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** What can still be done in the run. */
  public abstract Recovery recovery();

  /**
   * A short, stable name of the case, such as {@code "rate-limited"}: for reports, logs and exit
   * states, never translated.
   */
  public abstract String kind();
}
