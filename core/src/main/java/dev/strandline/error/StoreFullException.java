package dev.strandline.error;

import org.jspecify.annotations.Nullable;

/**
 * The disk, or a quota on it, is full. The transaction was rolled back; free some room and run
 * again.
 */
public final class StoreFullException extends StoreException {
  private static final long serialVersionUID = 1L;

  public StoreFullException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public String kind() {
    return "store-full";
  }
}
