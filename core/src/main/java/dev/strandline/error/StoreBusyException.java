package dev.strandline.error;

import org.jspecify.annotations.Nullable;

/**
 * Another engine holds the store for writing, or kept it locked for longer than the busy timeout.
 * The message says who, where that is known. Reading is not affected.
 */
public final class StoreBusyException extends StoreException {
  private static final long serialVersionUID = 1L;

  public StoreBusyException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public String kind() {
    return "store-busy";
  }
}
