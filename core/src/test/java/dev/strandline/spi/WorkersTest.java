package dev.strandline.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkersTest {
  private static void nothing() {}

  @Test
  void everyHelperThatBeganHasEndedWhenRunReturns() {
    Workers workers = Workers.atMost(3);
    Workers.Signal signal = workers.signal();
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    List<Runnable> helpers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      helpers.add(
          () -> {
            begun.incrementAndGet();
            signal.changed();
            ended.incrementAndGet();
          });
    }
    workers.run(() -> await(signal, begun, 50), helpers);
    assertThat(ended.get()).isEqualTo(begun.get()).isGreaterThanOrEqualTo(50);
  }

  @Test
  void helpersThatNeverGotAThreadAreNotWaitedFor() {
    Workers workers = Workers.atMost(1);
    CountDownLatch taken = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    Thread other =
        new Thread(
            () ->
                workers.run(
                    () -> await(over),
                    List.of(
                        () -> {
                          taken.countDown();
                          await(over);
                        })));
    other.start();
    await(taken);
    AtomicBoolean ran = new AtomicBoolean();
    workers.run(WorkersTest::nothing, List.of(() -> ran.set(true)));
    over.countDown();
    joined(other);
    assertThat(ran).isFalse();
  }

  @Test
  void aRunWithoutAThreadIsSaidToWaitUntilItHasOne() {
    Workers workers = Workers.atMost(1);
    Workers.Signal signal = workers.signal();
    AtomicInteger begun = new AtomicInteger();
    Runnable helper =
        () -> {
          begun.incrementAndGet();
          signal.changed();
        };
    CountDownLatch noticed = new CountDownLatch(1);
    Thread second = new Thread(() -> workers.run(() -> await(signal, begun, 1), List.of(helper)));
    workers.run(
        () -> await(noticed),
        List.of(
            () -> {
              assertThat(workers.areWanted()).isFalse();
              second.start();
              while (!workers.areWanted()) {
                Thread.onSpinWait();
              }
              noticed.countDown();
            }));
    joined(second);
    assertThat(begun).hasValue(1);
    assertThat(workers.areWanted()).isFalse();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void joined(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void itsOwnPartRunsOnTheCallersThread() {
    List<Thread> threads = new ArrayList<>();
    Workers.shared().run(() -> threads.add(Thread.currentThread()), List.of(WorkersTest::nothing));
    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @Test
  void helpersThatWaitForTheCallerAreServedByOneThread() {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try {
      Workers workers = Workers.on(pool);
      Workers.Signal signal = workers.signal();
      AtomicInteger asked = new AtomicInteger();
      AtomicInteger answered = new AtomicInteger();
      Runnable helper =
          () -> {
            int mine = asked.incrementAndGet();
            signal.changed();
            await(signal, answered, mine);
          };
      Runnable own =
          () -> {
            for (int i = 1; i <= 3; i++) {
              await(signal, asked, i);
              answered.set(i);
              signal.changed();
            }
          };
      workers.run(own, List.of(helper, helper, helper));
      assertThat(answered).hasValue(3);
    } finally {
      pool.shutdown();
    }
  }

  private static void await(Workers.Signal signal, AtomicInteger value, int least) {
    try {
      signal.await(() -> value.get() >= least);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void nothingIsRunWhereAHelperIsRefused() {
    AtomicBoolean ran = new AtomicBoolean();
    AtomicInteger accepted = new AtomicInteger();
    ExecutorService pool = Executors.newCachedThreadPool();
    Executor full =
        task -> {
          if (accepted.incrementAndGet() > 1) {
            throw new RejectedExecutionException("full");
          }
          pool.execute(task);
        };
    try {
      Runnable run = () -> ran.set(true);
      assertThatThrownBy(() -> Workers.on(full).run(run, List.of(run, run)))
          .isInstanceOf(RejectedExecutionException.class);
    } finally {
      pool.shutdown();
    }
    assertThat(ran).isFalse();
  }

  @Test
  void whatAHelperThrowsIsRethrownAfterTheOthersHaveEnded() {
    AtomicBoolean ended = new AtomicBoolean();
    CountDownLatch begun = new CountDownLatch(2);
    Runnable breaking =
        () -> {
          begun.countDown();
          throw new IllegalStateException("broken");
        };
    Runnable sound =
        () -> {
          begun.countDown();
          ended.set(true);
        };
    assertThatThrownBy(() -> Workers.shared().run(() -> await(begun), List.of(breaking, sound)))
        .hasMessage("broken");
    assertThat(ended).isTrue();
  }

  @Test
  void anInterruptEndsAWaitThatIsNotOver() {
    Workers.Signal signal = Workers.shared().signal();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> signal.await(() -> false)).isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void aWaitThatIsBoundedEndsWithOrWithoutWhatItWaitsFor() throws InterruptedException {
    Workers.Signal signal = Workers.shared().signal();
    assertThat(signal.await(() -> false, Duration.ofMillis(1))).isFalse();
    assertThat(signal.await(() -> true, Duration.ZERO)).isTrue();
    AtomicBoolean changed = new AtomicBoolean();
    AtomicBoolean seen = new AtomicBoolean();
    CountDownLatch begun = new CountDownLatch(1);
    Workers.shared()
        .run(
            () -> {
              await(begun);
              changed.set(true);
              signal.changed();
            },
            List.of(
                () -> {
                  begun.countDown();
                  try {
                    seen.set(signal.await(changed::get, Duration.ofDays(1)));
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                }));
    assertThat(seen).isTrue();
  }

  @Test
  void anInterruptOfTheCallerIsKeptWhileHelpersEnd() {
    Workers.shared().run(() -> Thread.currentThread().interrupt(), List.of(WorkersTest::nothing));
    assertThat(Thread.interrupted()).isTrue();
  }
}
