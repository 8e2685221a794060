package dev.strandline.internal.engine;

import dev.strandline.spi.Workers;
import java.util.function.BooleanSupplier;

/** Waiting for another thread of the run that is sure to come, whatever happens. */
final class Waits {
  private Waits() {}

  /** Waits until {@code ready}; an interrupt is kept for whoever looks for it next. */
  static void calmly(Workers.Signal signal, BooleanSupplier ready) {
    boolean interrupted = false;
    while (true) {
      try {
        signal.await(ready);
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
