package dev.strandline.error;

import org.jspecify.annotations.Nullable;

/**
 * The store was made by an earlier version of Strandline and was opened for reading only. It was
 * not touched; open it for writing once, which brings it to this version's schema.
 */
public final class SchemaTooOldException extends StoreException {
  private static final long serialVersionUID = 1L;

  public SchemaTooOldException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public String kind() {
    return "schema-too-old";
  }
}
