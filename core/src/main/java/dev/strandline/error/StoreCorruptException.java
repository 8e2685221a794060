package dev.strandline.error;

import org.jspecify.annotations.Nullable;

/**
 * The file is a store, and damaged. Nothing was changed; keep a copy, move it away and synchronise
 * anew, or restore it from a backup.
 */
public final class StoreCorruptException extends StoreException {
  private static final long serialVersionUID = 1L;

  public StoreCorruptException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public String kind() {
    return "store-corrupt";
  }
}
