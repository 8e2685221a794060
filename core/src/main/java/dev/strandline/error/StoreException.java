package dev.strandline.error;

import org.jspecify.annotations.Nullable;

/** The local store cannot do what was asked; whatever was committed before is intact. */
public abstract sealed class StoreException extends StrandlineException
    permits StoreBusyException,
        StoreFullException,
        StoreReadOnlyException,
        StoreCorruptException,
        NotAStoreException,
        SchemaTooNewException,
        SchemaTooOldException,
        StoreMismatchException,
        StoreFailedException {

  private static final long serialVersionUID = 1L;

  StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** Nothing can be synchronised without the store. */
  @Override
  public Recovery recovery() {
    return Recovery.STOP;
  }
}
