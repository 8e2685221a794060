package dev.strandline.error;

import org.jspecify.annotations.Nullable;

/** The store, or the folder that it is in, cannot be written by this process. */
public final class StoreReadOnlyException extends StoreException {
  private static final long serialVersionUID = 1L;

  public StoreReadOnlyException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public String kind() {
    return "store-read-only";
  }
}
