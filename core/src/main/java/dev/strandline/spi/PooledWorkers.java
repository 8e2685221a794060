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

  static final Workers SHARED = new PooledWorkers(sharedPool());

  private final Executor pool;

  PooledWorkers(Executor pool) {
    this.pool = pool;
  }

  private static Executor sharedPool() {
    AtomicInteger count = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            MOST_SHARED_THREADS,
            MOST_SHARED_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "strandline-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  @Override
  public void run(Runnable own, List<? extends Runnable> helpers) {
    List<Helper> begun = new ArrayList<>();
    try {
      for (Runnable helper : helpers) {
        Helper task = new Helper(helper);
        pool.execute(task);
        begun.add(task);
      }
    } catch (RejectedExecutionException e) {
      // Those that are under way wait for permission, so they end without having done anything.
      begun.forEach(Helper::forbid);
      begun.forEach(Helper::awaitEnd);
      throw e;
    }
    begun.forEach(Helper::permit);
    @Nullable Throwable failure = null;
    try {
      own.run();
    } catch (Throwable e) {
      failure = e;
    }
    for (Helper helper : begun) {
      Throwable theirs = helper.awaitEnd();
      failure = failure == null ? theirs : failure;
    }
    rethrow(failure);
  }

  private static void rethrow(@Nullable Throwable failure) {
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
  }

  /** One helper on its way through the pool: nothing of it is run until all were accepted. */
  private static final class Helper implements Runnable {
    private final Runnable task;
    private final CountDownLatch decided = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean permitted;

    Helper(Runnable task) {
      this.task = task;
    }

    void permit() {
      permitted = true;
      decided.countDown();
    }

    void forbid() {
      decided.countDown();
      // A pool that is shutting down may never come to it, and need not.
      ended.countDown();
    }

    @Override
    public void run() {
      try {
        awaitUninterruptibly(decided);
        if (permitted) {
          task.run();
        }
      } catch (Throwable e) {
        failure.set(e);
      } finally {
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
