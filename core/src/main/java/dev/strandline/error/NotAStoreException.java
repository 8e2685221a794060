package dev.strandline.error;

import org.jspecify.annotations.Nullable;

/** The file exists and is not a Strandline store. It was not touched. */
public final class NotAStoreException extends StoreException {
  private static final long serialVersionUID = 1L;

  public NotAStoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public String kind() {
    return "not-a-store";
  }
}
