package dev.strandline.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Notices that the process is told to end, as by Ctrl-C, and holds the end back until this is
 * closed: the first of the resources, so that it is the last to be closed.
 */
final class Ending implements AutoCloseable {
  private static final Duration TO_SPEAK = Duration.ofSeconds(2);

  /** Of the process: open until its last words are out; null where nobody waits for them. */
  private static volatile @Nullable CountDownLatch lastWords;

  private static volatile boolean asking;

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

  /**
   * Has a process that is told to end wait a moment for {@link #said}: a failure is told after the
   * work has been closed.
   */
  static void waitForLastWords() {
    lastWords = new CountDownLatch(1);
  }

  /** Whether the process has been told to end, and something holds the end back. */
  static boolean isAsked() {
    return asking;
  }

  /** All that is to be said was. */
  static void said() {
    CountDownLatch words = lastWords;
    if (words != null) {
      words.countDown();
    }
  }

  /** Until the process is told to end. */
  void await() throws InterruptedException {
    asked.await();
  }

  private void end() {
    asking = true;
    asked.countDown();
    action.run();
    try {
      if (!closed.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        System.err.println("strandline: " + late);
        return;
      }
      CountDownLatch words = lastWords;
      if (words != null) {
        var unused = words.await(TO_SPEAK.toMillis(), TimeUnit.MILLISECONDS);
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
