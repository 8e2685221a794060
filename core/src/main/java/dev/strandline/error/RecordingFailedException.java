package dev.strandline.error;

import org.jspecify.annotations.Nullable;

/**
 * What goes over the wire was to be recorded, and cannot be. The answer that could not be written
 * down was not taken either, so that a recording never has less than the store that it belongs to;
 * without recording the same run goes on from where it was.
 */
public final class RecordingFailedException extends StrandlineException {
  private static final long serialVersionUID = 1L;

  public RecordingFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public Recovery recovery() {
    return Recovery.STOP;
  }

  @Override
  public String kind() {
    return "recording-failed";
  }
}
