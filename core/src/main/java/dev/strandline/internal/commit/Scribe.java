package dev.strandline.internal.commit;

import dev.strandline.ChangeSet;
import dev.strandline.Progress;
import dev.strandline.error.StoreException;
import dev.strandline.spi.DeviceClock;
import dev.strandline.spi.Store;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.StoreWriter;
import dev.strandline.spi.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes for every lane of a run, one transaction after the other, and many errands in each,
 * whichever scopes they are of: a commit costs far more than a row. Each scope's errands are done
 * in the order in which they came, rows together with their position (R2). Who listens is told here
 * too, by one thread and in the order of the commits.
 *
 * <p>A transaction takes in what comes while it is open. It ends when it is full or old, when
 * nothing has come for a while, and when somebody waits for its end; a lane that only wants to see
 * what it has handed in does not, and is answered from within.
 *
 * <p>While no lanes are at work there is nobody to wait for: whoever hands something in does it
 * himself, at once.
 *
 * <p>An errand that fails takes no other down with it: its transaction is rolled back and the
 * others are done one by one. Its scope's later ones are dropped, and the scope is told. A store
 * that fails ends the run.
 */
public final class Scribe {
  /** How many rows go into one transaction, and how many may wait meanwhile for the next. */
  public static final int MOST_ROWS = 10_000;

  /** How long a transaction stays open, so that readers see soon what has come. */
  private static final Duration OLD = Duration.ofMillis(250);

  /** How long nothing has come when nothing more is waited for. */
  private static final Duration LULL = Duration.ofMillis(20);

  private final Store store;
  private final Merge merge;
  private final DeviceClock clock;
  private final Listeners listeners;
  private final long mostBytes = Memory.ofOneShare();
  private final Inbox inbox;

  public Scribe(Store store, Merge merge, DeviceClock clock, Listeners listeners, Workers workers) {
    this.store = store;
    this.merge = merge;
    this.clock = clock;
    this.listeners = listeners;
    this.inbox = new Inbox(MOST_ROWS, mostBytes, workers);
  }

  // --- for the lanes -----------------------------------------------------------------------------

  /** Takes an errand; waits where too much is waiting already. */
  void take(Errand errand) {
    if (inbox.hasLanes()) {
      inbox.put(errand);
    } else if (errand instanceof Errand.Telling) {
      tell(errand);
    } else {
      commit(List.of(errand));
    }
  }

  /** Does {@code work} in its turn, and waits until it is committed. */
  <T> T write(Commits scope, Function<? super StoreWriter, T> work) {
    Errand.Step<T> step = new Errand.Step<>(scope, work);
    take(step);
    settle(scope);
    return step.result();
  }

  /** Reads what the scope has handed in, committed or not. */
  <T> T read(Commits scope, Function<? super StoreReader, T> work) {
    if (inbox.isSettled(scope)) {
      settle(scope);
      return store.read(work);
    }
    Errand.Question<T> question = new Errand.Question<>(scope, work);
    take(question);
    return inbox.await(question);
  }

  /** Waits until nothing of {@code scope} is waiting any more. */
  void settle(Commits scope) {
    inbox.settle(scope);
  }

  /** Whether {@link #settle} would not wait. */
  boolean isSettled(Commits scope) {
    return inbox.isSettled(scope);
  }

  /** A lane has ended; every lane says so. */
  public void laneEnded() {
    inbox.laneEnded();
  }

  // --- for the run's thread ----------------------------------------------------------------------

  /** Says how many lanes there will be, before the first begins. */
  public void expect(int count) {
    inbox.expect(count);
  }

  /**
   * Serves the lanes until all have ended.
   *
   * @param stop lets the lanes end soon: the thread was interrupted, or the store has failed. What
   *     they hand in until then is committed, where that is possible.
   */
  public void serve(Runnable stop) {
    Service service = new Service(stop);
    try {
      while (service.isWanted()) {
        service.transact();
      }
    } catch (Throwable e) {
      inbox.giveUp(e);
      stop.run();
      throw e;
    } finally {
      if (service.wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The scribe at work for lanes, on the run's thread. */
  private final class Service {
    private final Runnable stop;
    private List<Errand> taken = List.of();
    private int rows;
    private long bytes;
    private long begun;
    boolean wasInterrupted;

    Service(Runnable stop) {
      this.stop = stop;
    }

    boolean isWanted() {
      while (true) {
        try {
          return inbox.awaitErrand();
        } catch (InterruptedException e) {
          interrupted();
        }
      }
    }

    /** An interrupt ends the lanes soon, and what they have brought is kept. */
    private void interrupted() {
      wasInterrupted = true;
      stop.run();
    }

    /** One transaction; or news, for which nothing has to be written. */
    void transact() {
      if (inbox.peek() instanceof Errand.Telling telling) {
        inbox.remove();
        tell(telling);
        inbox.done(List.of(telling));
        return;
      }
      taken = new ArrayList<>();
      rows = 0;
      bytes = 0;
      begun = clock.nanoTime();
      try {
        commit(this::next);
      } catch (StoreException e) {
        throw e;
      } catch (RuntimeException e) {
        // Rolled back, all of them: whose fault it was shows when each is done by itself.
        taken.forEach(this::redo);
      }
      inbox.done(taken);
    }

    private @Nullable Errand next() {
      while (true) {
        Errand errand = inbox.peek();
        if (errand == null) {
          if (isOld() || !another()) {
            return null;
          }
          continue;
        }
        if (isFullFor(errand)) {
          return null;
        }
        inbox.remove();
        taken.add(errand);
        rows += errand.rows();
        bytes += errand.bytes();
        if (!inbox.hasFailed(errand.from())) {
          return errand;
        }
      }
    }

    private boolean isFullFor(Errand errand) {
      return isOld()
          ? !taken.isEmpty()
          : rows > 0 && (rows + errand.rows() > MOST_ROWS || bytes + errand.bytes() > mostBytes);
    }

    private boolean isOld() {
      return clock.nanoTime() - begun > OLD.toNanos();
    }

    private boolean another() {
      try {
        return inbox.awaitAnother(LULL);
      } catch (InterruptedException e) {
        interrupted();
        return true;
      }
    }

    private void redo(Errand errand) {
      if (inbox.hasFailed(errand.from())) {
        return;
      }
      try {
        commit(List.of(errand));
      } catch (StoreException e) {
        throw e;
      } catch (RuntimeException e) {
        inbox.fail(errand.from(), e);
      }
    }
  }

  // --- writing -----------------------------------------------------------------------------------

  private interface Errands {
    /** The next one of a transaction; null at its end. */
    @Nullable Errand next();
  }

  private void commit(List<Errand> batch) {
    var errands = batch.iterator();
    commit(() -> errands.hasNext() ? errands.next() : null);
  }

  private void commit(Errands errands) {
    List<Errand> written = new ArrayList<>();
    List<ChangeSet> changes =
        store.write(
            writer -> {
              Appliers appliers = new Appliers(writer, merge, clock);
              for (Errand errand = errands.next(); errand != null; errand = errands.next()) {
                errand.write(writer, appliers);
                written.add(errand);
              }
              return appliers.changes();
            });
    written.forEach(Errand::committed);
    changes.forEach(listeners::changed);
    written.forEach(this::tell);
  }

  private void tell(Errand errand) {
    Progress news = errand.news();
    if (news != null) {
      listeners.progress(news);
    }
  }
}
