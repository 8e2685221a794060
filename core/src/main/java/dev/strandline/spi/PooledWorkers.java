package dev.strandline.spi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Workers on the threads of an executor. */
final class PooledWorkers implements Workers {
  private static final int MOST_SHARED_THREADS = 64;
  private static final int IDLE_SECONDS = 10;

  static final Workers SHARED = atMost(MOST_SHARED_THREADS);

  private final Executor pool;
  private final int threads;

  /** How many helpers are running. */
  private final AtomicInteger busy = new AtomicInteger();

  /** How many runs there are of which no helper has begun. */
  private final AtomicInteger waitingRuns = new AtomicInteger();

  /** Workers on a pool of which nothing is known: who waits for a thread may wait long. */
  PooledWorkers(Executor pool) {
    this(pool, 0);
  }

  private PooledWorkers(Executor pool, int threads) {
    this.pool = pool;
    this.threads = threads;
  }

  static PooledWorkers atMost(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, not " + threads);
    }
    AtomicInteger count = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "strandline-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return new PooledWorkers(pool, threads);
  }

  @Override
  public boolean areWanted() {
    return waitingRuns.get() > 0 && busy.get() >= threads;
  }

  @Override
  public void run(Runnable own, List<? extends Runnable> helpers) {
    List<Helper> accepted = new ArrayList<>();
    Wait wait = new Wait(!helpers.isEmpty());
    try {
      for (Runnable helper : helpers) {
        Helper task = new Helper(helper, wait);
        pool.execute(task);
        accepted.add(task);
      }
    } catch (RejectedExecutionException e) {
      // Those that have a thread wait for permission, so they end without having done anything.
      wait.end();
      accepted.forEach(Helper::revoke);
      throw e;
    }
    accepted.forEach(Helper::permit);
    @Nullable Throwable failure = null;
    try {
      own.run();
    } catch (Throwable e) {
      failure = e;
    }
    wait.end();
    for (Helper helper : accepted) {
      helper.revoke();
      Throwable theirs = helper.awaitEnd();
      failure = failure == null ? theirs : failure;
    }
    rethrow(failure);
  }

  /** One run's wait for its first thread, which ends once. */
  private final class Wait {
    private final AtomicBoolean waits;

    Wait(boolean waits) {
      this.waits = new AtomicBoolean(waits);
      if (waits) {
        waitingRuns.incrementAndGet();
      }
    }

    void end() {
      if (waits.compareAndSet(true, false)) {
        waitingRuns.decrementAndGet();
      }
    }
  }

  private static void rethrow(@Nullable Throwable failure) {
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }

  /**
   * One helper on its way through the pool: nothing of it is run until all were accepted, nor when
   * its run has ended without it.
   */
  private final class Helper implements Runnable {
    private final AtomicReference<@Nullable Runnable> task;
    private final Wait wait;
    private final CountDownLatch decided = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    Helper(Runnable task, Wait wait) {
      this.task = new AtomicReference<>(task);
      this.wait = wait;
    }

    void permit() {
      decided.countDown();
    }

    /** Keeps it from beginning, where it has not yet. The pool may come to it long after. */
    void revoke() {
      if (task.getAndSet(null) != null) {
        ended.countDown();
      }
      decided.countDown();
    }

    @Override
    public void run() {
      awaitUninterruptibly(decided);
      Runnable mine = task.getAndSet(null);
      if (mine == null) {
        return;
      }
      busy.incrementAndGet();
      wait.end();
      try {
        mine.run();
      } catch (Throwable e) {
        failure.set(e);
      } finally {
        busy.decrementAndGet();
        ended.countDown();
      }
    }

    @Nullable Throwable awaitEnd() {
      awaitUninterruptibly(ended);
      return failure.get();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public Signal signal() {
    return new Epochs();
  }

  /** Counts changes, so that none is missed between a look and the wait after it. */
  private static final class Epochs implements Signal {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final AtomicLong epoch = new AtomicLong();

    @Override
    public void await(BooleanSupplier ready) throws InterruptedException {
      long seen = epoch.get();
      while (!ready.getAsBoolean()) {
        lock.lockInterruptibly();
        try {
          while (epoch.get() == seen) {
            news.await();
          }
          seen = epoch.get();
        } finally {
          lock.unlock();
        }
      }
    }

    @Override
    public boolean await(BooleanSupplier ready, Duration atMost) throws InterruptedException {
      long left = atMost.toNanos();
      long seen = epoch.get();
      while (!ready.getAsBoolean()) {
        lock.lockInterruptibly();
        try {
          while (epoch.get() == seen) {
            if (left <= 0) {
              return false;
            }
            left = news.awaitNanos(left);
          }
          seen = epoch.get();
        } finally {
          lock.unlock();
        }
      }
      return true;
    }

    @Override
    public void changed() {
      lock.lock();
      try {
        epoch.incrementAndGet();
        news.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
