package dev.strandline.error;

import org.jspecify.annotations.Nullable;

/**
 * The server does not know cursors (before 7.1), seen by how it answered and not by its version
 * (R16). The engine falls back to the {@code lastUpdate} call and does not report this.
 */
public final class CursorUnsupportedException extends StrandlineException {
  private static final long serialVersionUID = 1L;

  public CursorUnsupportedException(String message) {
    this(message, null);
  }

  public CursorUnsupportedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public Recovery recovery() {
    return Recovery.SKIP_SCOPE;
  }

  @Override
  public String kind() {
    return "cursor-unsupported";
  }
}
