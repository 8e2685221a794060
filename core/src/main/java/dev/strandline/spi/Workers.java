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
   * Runs {@code own} on the calling thread and {@code helpers} on others, each at most once, and
   * returns when {@code own} and every helper that has begun have ended, however they do.
   *
   * <p>Helpers may begin late, or only when others have ended: a pool may be small and busy. One
   * that has not begun when {@code own} ends is not run at all. So a helper waits for {@code own},
   * or for a helper that has begun, and never for one that may not have. An interrupt of the
   * calling thread is left to {@code own}; it does not end the wait for the helpers.
   *
   * <p>What {@code own} throws is rethrown; else what a helper threw.
   *
   * @throws RejectedExecutionException where there are no threads to be had; then nothing was run
   */
  void run(Runnable own, List<? extends Runnable> helpers);

  /**
   * Whether there is a run of which no helper has a thread yet. Cheap: a helper that can be spared
   * asks between two pieces of work, and ends where somebody needs its thread more.
   *
   * @return false where nobody is known to wait, as by default
   */
  default boolean areWanted() {
    return false;
  }

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

  /** The default: what {@link #atMost} makes, with 64 threads, for all engines of the process. */
  static Workers shared() {
    return PooledWorkers.SHARED;
  }

  /**
   * Daemon threads for many engines, for example a service's, one for each account. Threads begin
   * when they are needed and end when they have been idle for some seconds.
   *
   * <p>Engines share them: each works on as many rooms at a time as its {@link
   * dev.strandline.SyncOptions#lanes()} say while threads are free. When a run has none, the others
   * give theirs up after the room that they are at, down to one for each. So with at least as many
   * threads as runs at a time every run gets on, however long another's agenda is.
   *
   * @param threads how many at most, from 1
   */
  static Workers atMost(int threads) {
    return PooledWorkers.atMost(threads);
  }

  /**
   * Runs helpers on the threads of {@code pool}. With fewer threads than helpers an engine works on
   * fewer rooms at a time, as with {@link #atMost}; it never waits for more than one thread. The
   * pool must run what it accepts, on threads other than those that start runs: one that runs tasks
   * on the caller's thread does not do.
   */
  static Workers on(Executor pool) {
    return new PooledWorkers(pool);
  }
}
