package dev.strandline.spi;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;

/**
 * The threads that an engine works on besides its caller's, and how they wait for each other. Every
 * wait of one thread of a run for another goes through here, so that an application can let many
 * engines share one bounded pool, and a test can let one thread run at a time, in an order that a
 * seed draws. (Waits for the server and for time go through {@link Transport} and {@link
 * DeviceClock}.) Safe for several threads.
 */
public interface Workers {

  /**
   * Runs {@code own} on the calling thread and every one of {@code helpers} once on another, and
   * returns when all have ended, however they do.
   *
   * <p>Helpers may begin late, or only when others have ended: a pool may be small and busy. So a
   * helper waits for {@code own}, or for a helper that has begun, and never for one that may not
   * have. An interrupt of the calling thread is left to {@code own}; it does not end the wait for
   * the helpers.
   *
   * <p>What {@code own} throws is rethrown; else what a helper threw.
   *
   * @throws RejectedExecutionException where there are no threads to be had; then nothing was run
   */
  void run(Runnable own, List<? extends Runnable> helpers);

  /** A new place to wait at. */
  Signal signal();

  /** Where threads wait until other threads have changed something. */
  interface Signal {

    /**
     * Waits until {@code ready}. It is asked at once, and again after each {@link #changed}; on the
     * waiting thread, with no lock held, so it may take locks of its own.
     *
     * @throws InterruptedException where the thread is interrupted before {@code ready} holds
     */
    void await(BooleanSupplier ready) throws InterruptedException;

    /**
     * The same, but gives up when about so much time has passed.
     *
     * @param atMost how long to wait; longer where the machine is busy
     * @return whether {@code ready} held, the last time that it was asked
     * @throws InterruptedException where the thread is interrupted before either
     */
    boolean await(BooleanSupplier ready, Duration atMost) throws InterruptedException;

    /**
     * Lets all who wait here ask again. To be called after the change, and never waits for long.
     */
    void changed();
  }

  /**
   * The default: daemon threads that all engines of the process share, at most 64, which die when
   * they have been idle for some seconds.
   */
  static Workers shared() {
    return PooledWorkers.SHARED;
  }

  /**
   * Runs helpers on the threads of {@code pool}. With fewer threads than helpers an engine works on
   * fewer rooms at a time; it never waits for more than one thread. The pool must run what it
   * accepts, on threads other than those that start runs: one that runs tasks on the caller's
   * thread does not do.
   */
  static Workers on(Executor pool) {
    return new PooledWorkers(pool);
  }
}
