package dev.strandline.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Notices that the process is told to end, as by Ctrl-C, and holds the end back until this is
 * closed: the first of the resources, so that it is the last to be closed.
 */
final class Ending implements AutoCloseable {
  private final Duration patience;
  private final String late;
  private final Runnable action;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::end, "strandline-ending");

  /**
   * @param patience how long the end is held back at most
   * @param late what is said when that was not enough
   * @param action what lets the work come to its end; done on a thread of its own
   */
  Ending(Duration patience, String late, Runnable action) {
    this.patience = patience;
    this.late = late;
    this.action = action;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Until the process is told to end. */
  void await() throws InterruptedException {
    asked.await();
  }

  private void end() {
    asked.countDown();
    action.run();
    try {
      if (!closed.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        System.err.println("strandline: " + late);
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
      // The process is ending: the hook has run, or is about to and will find this closed.
    }
  }
}
