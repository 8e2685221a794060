package dev.strandline.error;

import org.jspecify.annotations.Nullable;

/**
 * The store failed in a way that is none of the named cases, such as an I/O error of the device.
 */
public final class StoreFailedException extends StoreException {
  private static final long serialVersionUID = 1L;

  public StoreFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public String kind() {
    return "store-failed";
  }
}
