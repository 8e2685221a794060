package dev.strandline.cli;

import dev.strandline.Cancellation;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C end a run in good order: while this is open, the end of the process cancels the run
 * and waits until what was done has been told.
 */
final class Interruption implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 20;

  private final Cancellation cancellation = new Cancellation();
  private final CountDownLatch told = new CountDownLatch(1);
  private volatile Runnable besides = () -> {};
  private final Thread hook = new Thread(this::end, "strandline-interruption");

  Interruption() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  Cancellation cancellation() {
    return cancellation;
  }

  /** Has {@code end} done too. */
  void besides(Runnable end) {
    besides = end;
  }

  private void end() {
    cancellation.cancel();
    besides.run();
    try {
      if (!told.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("strandline: the run does not end; what it has committed stays.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    told.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook has run, or is about to and will find the run told.
    }
  }
}
