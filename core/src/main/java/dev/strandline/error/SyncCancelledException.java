package dev.strandline.error;

import org.jspecify.annotations.Nullable;

/**
 * The run was cancelled, by its {@code Cancellation} or by an interrupt. What was committed stays;
 * the next run goes on from there.
 */
public final class SyncCancelledException extends StrandlineException {
  private static final long serialVersionUID = 1L;

  public SyncCancelledException(String message) {
    this(message, null);
  }

  public SyncCancelledException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public Recovery recovery() {
    return Recovery.STOP;
  }

  @Override
  public String kind() {
    return "cancelled";
  }
}
