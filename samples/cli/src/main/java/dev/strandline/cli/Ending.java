package dev.strandline.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits for Ctrl-C, and holds the end of the process back until what was opened since has been
 * closed: the first of the resources, so that it is the last to be closed.
 */
final class Ending implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 5;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::end, "strandline-ending");

  Ending() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Until the process is told to end. */
  void await() throws InterruptedException {
    asked.await();
  }

  private void end() {
    asked.countDown();
    try {
      if (!closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("strandline: the page was still being read.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook knows by now.
    }
  }
}
