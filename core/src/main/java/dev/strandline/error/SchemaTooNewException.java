package dev.strandline.error;

import org.jspecify.annotations.Nullable;

/**
 * The store was made by a newer version of Strandline. It was not touched; use that version or a
 * later one.
 */
public final class SchemaTooNewException extends StoreException {
  private static final long serialVersionUID = 1L;

  public SchemaTooNewException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public String kind() {
    return "schema-too-new";
  }
}
