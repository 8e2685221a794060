package dev.strandline.internal.call;

import dev.strandline.spi.Workers;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Waiting for other threads of the run, which are sure to come, whatever happens in them. */
public final class Waits {
  private Waits() {}

  /** Waits until {@code ready}; an interrupt is kept for whoever looks for it next. */
  public static void calmly(Workers.Signal signal, BooleanSupplier ready) {
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

  /** Throws what a thread of the run has failed with, if anything. */
  public static void rethrow(@Nullable Throwable failure) {
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }
}
