package dev.strandline.internal.engine;

import dev.strandline.Progress;
import dev.strandline.error.StoreException;
import dev.strandline.spi.DeviceClock;
import dev.strandline.spi.Store;
import dev.strandline.spi.StoreWriter;
import dev.strandline.spi.Workers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes for every lane of a run: what is waiting when he comes to it goes into one transaction,
 * whichever scopes it is of, since a commit costs far more than a row. Each scope's errands are
 * done in the order in which they came, rows together with their position (R2). Who listens is told
 * here too, by one thread and in the order of the commits.
 *
 * <p>While no lanes are at work there is nobody to wait for: whoever hands something in does it
 * himself, at once.
 *
 * <p>An errand that fails takes no other down with it: its transaction is rolled back and the
 * others are done one by one. Its scope's later ones are dropped, and the scope is told. A store
 * that fails ends the run.
 */
final class Scribe {
  /** How many rows go into one transaction, and how many may wait meanwhile for the next. */
  static final int MOST_ROWS = 10_000;

  private final Store store;
  private final Merge merge;
  private final DeviceClock clock;
  private final Listeners listeners;
  private final Workers.Signal signal;
  private final long mostBytes = Memory.ofOneShare();

  private final Object lock = new Object();
  private final Deque<Errand> errands = new ArrayDeque<>();
  private int rows;
  private long bytes;
  private int lanes;
  private @Nullable Throwable broken;

  Scribe(Store store, Merge merge, DeviceClock clock, Listeners listeners, Workers workers) {
    this.store = store;
    this.merge = merge;
    this.clock = clock;
    this.listeners = listeners;
    this.signal = workers.signal();
  }

  // --- for the lanes ---------------------------------------------------------------------------

  /** Takes an errand; waits where too much is waiting already. */
  void take(Errand errand) {
    if (!isServing()) {
      carryOut(List.of(errand));
      return;
    }
    Waits.calmly(signal, () -> hasRoomFor(errand));
    synchronized (lock) {
      refuseWhereBroken(errand.from());
      errands.add(errand);
      rows += errand.rows();
      bytes += errand.bytes();
      errand.from().waiting++;
    }
    signal.changed();
  }

  /** Does {@code work} in its turn, and waits for it. */
  <T> T write(Commits scope, Function<? super StoreWriter, T> work) {
    Errand.Step<T> step = new Errand.Step<>(scope, work);
    take(step);
    settle(scope);
    return step.result();
  }

  /** Waits until nothing of {@code scope} is waiting any more. */
  void settle(Commits scope) {
    Waits.calmly(signal, () -> isSettled(scope));
    synchronized (lock) {
      refuseWhereBroken(scope);
    }
  }

  private boolean isServing() {
    synchronized (lock) {
      return lanes > 0;
    }
  }

  private boolean hasRoomFor(Errand errand) {
    synchronized (lock) {
      return broken != null
          || rows == 0
          || (rows + errand.rows() <= MOST_ROWS && bytes + errand.bytes() <= mostBytes);
    }
  }

  private boolean isSettled(Commits scope) {
    synchronized (lock) {
      return broken != null || scope.waiting == 0;
    }
  }

  private void refuseWhereBroken(Commits scope) {
    if (scope.failure != null) {
      throw scope.failure;
    }
    if (broken instanceof RuntimeException e) {
      throw e;
    }
    if (broken instanceof Error e) {
      throw e;
    }
  }

  /** A lane has ended; every lane says so. */
  void laneEnded() {
    synchronized (lock) {
      lanes--;
    }
    signal.changed();
  }

  // --- for the run's thread --------------------------------------------------------------------

  /** Says how many lanes there will be, before the first begins. */
  void expect(int count) {
    synchronized (lock) {
      lanes = count;
    }
  }

  /**
   * Serves the lanes until all have ended.
   *
   * @param stop lets the lanes end soon: the thread was interrupted, or the store has failed. What
   *     they hand in until then is committed, where that is possible.
   */
  void serve(Runnable stop) {
    boolean wasInterrupted = false;
    try {
      while (true) {
        try {
          signal.await(() -> hasWork() || !isServing());
        } catch (InterruptedException e) {
          wasInterrupted = true;
          stop.run();
          continue;
        }
        List<Errand> batch = next();
        if (batch.isEmpty()) {
          return;
        }
        carryOut(batch);
        finished(batch);
      }
    } catch (Throwable e) {
      giveUp(e);
      stop.run();
      throw e;
    } finally {
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean hasWork() {
    synchronized (lock) {
      return !errands.isEmpty();
    }
  }

  /** All that is waiting, up to what one transaction takes. */
  private List<Errand> next() {
    synchronized (lock) {
      List<Errand> batch = new ArrayList<>();
      int taken = 0;
      while (!errands.isEmpty() && (taken == 0 || taken + errands.peek().rows() <= MOST_ROWS)) {
        Errand errand = errands.remove();
        taken += errand.rows();
        rows -= errand.rows();
        bytes -= errand.bytes();
        batch.add(errand);
      }
      return batch;
    }
  }

  private void finished(List<Errand> batch) {
    synchronized (lock) {
      batch.forEach(errand -> errand.from().waiting--);
    }
    signal.changed();
  }

  private void giveUp(Throwable e) {
    synchronized (lock) {
      broken = e;
      errands.clear();
      rows = 0;
      bytes = 0;
    }
    signal.changed();
  }

  // --- writing ---------------------------------------------------------------------------------

  private void carryOut(List<Errand> batch) {
    List<Errand> sound = batch.stream().filter(errand -> !hasFailed(errand.from())).toList();
    try {
      commit(sound);
    } catch (StoreException e) {
      throw e;
    } catch (RuntimeException e) {
      if (!isServing()) {
        throw e;
      }
      if (sound.size() == 1) {
        fail(sound.get(0).from(), e);
        return;
      }
      // Rolled back, all of them: whose fault it was shows when each is done by itself.
      sound.forEach(errand -> carryOut(List.of(errand)));
    }
  }

  private void commit(List<Errand> batch) {
    if (batch.stream().anyMatch(errand -> !(errand instanceof Errand.Telling))) {
      Appliers done =
          store.write(
              writer -> {
                Appliers appliers = new Appliers(writer, merge, clock);
                batch.forEach(errand -> errand.write(writer, appliers));
                return appliers;
              });
      batch.forEach(Errand::committed);
      done.forEach(listeners::changed);
    }
    for (Errand errand : batch) {
      Progress news = errand.news();
      if (news != null) {
        listeners.progress(news);
      }
    }
  }

  private boolean hasFailed(Commits scope) {
    synchronized (lock) {
      return scope.failure != null;
    }
  }

  private void fail(Commits scope, RuntimeException e) {
    synchronized (lock) {
      scope.failure = e;
    }
  }
}
