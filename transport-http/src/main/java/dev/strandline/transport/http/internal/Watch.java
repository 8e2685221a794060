package dev.strandline.transport.http.internal;

import dev.strandline.error.SyncCancelledException;
import dev.strandline.spi.Call;
import java.util.function.BooleanSupplier;

/**
 * Looks out, while a call waits, for reasons to stop waiting.
 *
 * @param call the call
 * @param closed whether the transport has been closed
 */
record Watch(Call call, BooleanSupplier closed) {

  /**
   * Looks once.
   *
   * @throws SyncCancelledException where the run was cancelled or the transport closed
   */
  void check() {
    if (closed.getAsBoolean()) {
      throw new SyncCancelledException("The transport was closed while it was at work.");
    }
    call.checkCancelled();
  }

  /** The failure of a thread that was interrupted; the interrupt stays set for whoever set it. */
  static SyncCancelledException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new SyncCancelledException(
        "The thread was interrupted while it waited for the server.", cause);
  }
}
