package dev.strandline;

import java.util.HashSet;
import java.util.Set;

/**
 * Ends runs from another thread. {@link #cancel()} takes effect at once, also in the middle of a
 * wait or an answer; what is committed stays, and the next run goes on from there. Safe for several
 * threads; one cancellation may govern several runs, and stays cancelled.
 */
public final class Cancellation {
  private final Set<Thread> runs = new HashSet<>();
  private boolean cancelled;

  /** One that has not been cancelled. */
  public Cancellation() {}

  /** Ends every run that this governs, and every one that is started with it later. */
  public synchronized void cancel() {
    cancelled = true;
    runs.forEach(Thread::interrupt);
  }

  public synchronized boolean isCancelled() {
    return cancelled;
  }

  /**
   * Puts a run under this; one that was cancelled before ends at its first step. For the engine.
   */
  public synchronized void enter(Thread run) {
    runs.add(run);
    if (cancelled) {
      run.interrupt();
    }
  }

  /**
   * Takes a run out again, and takes back the interrupt that it may have been sent. For the engine.
   */
  public synchronized void leave(Thread run) {
    runs.remove(run);
    if (cancelled) {
      Thread.interrupted();
    }
  }
}
