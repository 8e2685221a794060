package dev.strandline.internal.engine;

import dev.strandline.Cancellation;
import dev.strandline.internal.call.Waits;
import dev.strandline.internal.commit.Scribe;
import dev.strandline.spi.Workers;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Works through an agenda on several threads at once. Each takes one scope at a time and asks the
 * server; what comes back is written by the run's own thread, the {@link Scribe}, while the next
 * answer is on its way. With one lane there is one thread, which does both in turn.
 *
 * <p>Threads are borrowed, and others want them too: a lane that finds nothing left to begin frees
 * those that never got a thread, and one that is not the only one ends early where another run has
 * no thread at all.
 */
final class Lanes {
  /**
   * How many scopes a lane may leave to the scribe before it waits for the first of them: enough
   * for small rooms to fill a transaction together.
   */
  private static final int MOST_LEFT = 64;

  /** A job whose requests are made, and whose rows may still be waiting to be committed. */
  interface Rest {
    /** Whether {@link #finish} would not wait. */
    boolean isReady();

    /** Does what is left to do. */
    void finish();
  }

  /** What lanes do with an item. */
  interface Job {
    Rest begin(Agenda.Item item);
  }

  private final Workers workers;
  private final Scribe scribe;
  private final int most;
  private final Cancellation cancellation;
  private final Cancellation ending = new Cancellation();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

  /** Lanes that are promised to the scribe and have no thread yet. */
  private final AtomicInteger unbegun = new AtomicInteger();

  /** Lanes that take from the agenda. */
  private final AtomicInteger active = new AtomicInteger();

  /**
   * @param most how many scopes are worked on at a time
   * @param cancellation governs the run, and so every lane
   */
  Lanes(Workers workers, Scribe scribe, int most, Cancellation cancellation) {
    this.workers = workers;
    this.scribe = scribe;
    this.most = most;
    this.cancellation = cancellation;
  }

  /** Does {@code job} for every item of the agenda. What it throws ends the work, and is thrown. */
  void work(Agenda agenda, Job job) {
    int lanes = Math.min(most, agenda.width());
    if (most == 1) {
      takeAll(agenda, job, () -> false);
      return;
    }
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Runnable lane =
        () -> {
          if (!begin()) {
            return;
          }
          boolean gaveWay = false;
          try {
            enter();
            gaveWay = takeAll(agenda, job, () -> workers.areWanted() && isSparable());
          } catch (Throwable e) {
            failure.compareAndSet(null, e);
            agenda.drop();
            stop();
          } finally {
            leave();
            if (!gaveWay) {
              nothingIsLeft();
            }
            scribe.laneEnded();
          }
        };
    unbegun.set(lanes);
    scribe.expect(lanes);
    try {
      workers.run(() -> scribe.serve(this::stop), Collections.nCopies(lanes, lane));
    } catch (RejectedExecutionException e) {
      scribe.expect(0);
      throw e;
    }
    Waits.rethrow(failure.get());
  }

  /** Whether there is still anything to begin for. */
  private boolean begin() {
    if (unbegun.getAndUpdate(left -> Math.max(0, left - 1)) == 0) {
      return false;
    }
    active.incrementAndGet();
    return true;
  }

  /** Takes a lane out, unless it is the last. */
  private boolean isSparable() {
    return active.getAndUpdate(lanes -> lanes > 1 ? lanes - 1 : lanes) > 1;
  }

  /** A lane has come to the end: those that have not begun need not, and nobody waits for them. */
  private void nothingIsLeft() {
    active.decrementAndGet();
    for (int rest = unbegun.getAndSet(0); rest > 0; rest--) {
      scribe.laneEnded();
    }
  }

  /**
   * Takes until nothing is left, or until this thread is of more use to another run.
   *
   * @return whether it was for another run
   */
  private static boolean takeAll(Agenda agenda, Job job, BooleanSupplier givesWay) {
    Lane lane = new Lane(agenda, job);
    try {
      return lane.takeAll(givesWay);
    } finally {
      lane.giveBack();
    }
  }

  /** One lane: begins items one after the other, and finishes those that are committed. */
  private static final class Lane {
    private record Left(Agenda.Item item, Rest rest) {}

    private final Agenda agenda;
    private final Job job;
    private final Deque<Left> left = new ArrayDeque<>();

    Lane(Agenda agenda, Job job) {
      this.agenda = agenda;
      this.job = job;
    }

    boolean takeAll(BooleanSupplier givesWay) {
      while (true) {
        while (!left.isEmpty() && (left.peek().rest().isReady() || left.size() > MOST_LEFT)) {
          finishFirst();
        }
        if (givesWay.getAsBoolean()) {
          finishAll();
          return true;
        }
        // Others may be waiting for what this lane has not finished: only one with nothing left may
        // wait for them.
        Agenda.Item item = left.isEmpty() ? agenda.take() : agenda.poll();
        if (item != null) {
          begin(item);
        } else if (left.isEmpty()) {
          return false;
        } else {
          finishFirst();
        }
      }
    }

    private void begin(Agenda.Item item) {
      try {
        left.add(new Left(item, job.begin(item)));
      } catch (Throwable e) {
        agenda.done(item);
        throw e;
      }
    }

    private void finishAll() {
      while (!left.isEmpty()) {
        finishFirst();
      }
    }

    private void finishFirst() {
      Left first = left.remove();
      try {
        first.rest().finish();
      } finally {
        agenda.done(first.item());
      }
    }

    /** Whatever happened, nobody waits for what this lane had. */
    void giveBack() {
      left.forEach(each -> agenda.done(each.item()));
    }
  }

  /** Ends what the lanes are waiting for; one lane alone ends by itself. */
  void stop() {
    ending.cancel();
  }

  /** Whether {@code thread} works on a lane. */
  boolean include(Thread thread) {
    return threads.contains(thread);
  }

  private void enter() {
    Thread thread = Thread.currentThread();
    threads.add(thread);
    cancellation.enter(thread);
    ending.enter(thread);
  }

  private void leave() {
    Thread thread = Thread.currentThread();
    ending.leave(thread);
    cancellation.leave(thread);
    threads.remove(thread);
  }
}
