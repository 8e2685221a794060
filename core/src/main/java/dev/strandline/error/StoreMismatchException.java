package dev.strandline.error;

import org.jspecify.annotations.Nullable;

/**
 * The store belongs to another server or another account. It was not touched; every account needs a
 * file of its own.
 */
public final class StoreMismatchException extends StoreException {
  private static final long serialVersionUID = 1L;

  public StoreMismatchException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public String kind() {
    return "store-mismatch";
  }
}
