package dev.strandline.cli;

import dev.strandline.Cancellation;
import java.time.Duration;

/**
 * Lets Ctrl-C end a run in good order: while this is open, the end of the process cancels the run
 * and waits until what was done has been told.
 */
final class Interruption implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Cancellation cancellation = new Cancellation();
  private volatile Runnable besides = () -> {};
  private final Ending ending =
      new Ending(PATIENCE, "the run does not end; what it has committed stays.", this::end);

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
  }

  @Override
  public void close() {
    ending.close();
  }
}
