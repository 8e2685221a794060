package dev.strandline.internal.engine;

import dev.strandline.Cancellation;
import dev.strandline.spi.Workers;
import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Works through an agenda on several threads at once. Each takes one scope at a time and asks the
 * server; what comes back is written by the run's own thread, the {@link Scribe}, while the next
 * answer is on its way. With one lane there is one thread, which does both in turn.
 */
final class Lanes {
  private final Workers workers;
  private final Scribe scribe;
  private final int most;
  private final Cancellation cancellation;
  private final Cancellation ending = new Cancellation();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

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
  void work(Agenda agenda, Consumer<Agenda.Item> job) {
    int lanes = Math.min(most, agenda.width());
    if (most == 1) {
      takeAll(agenda, job);
      return;
    }
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Runnable lane =
        () -> {
          try {
            enter();
            takeAll(agenda, job);
          } catch (Throwable e) {
            failure.compareAndSet(null, e);
            agenda.drop();
            stop();
          } finally {
            leave();
            scribe.laneEnded();
          }
        };
    scribe.expect(lanes);
    try {
      workers.run(() -> scribe.serve(this::stop), Collections.nCopies(lanes, lane));
    } catch (RejectedExecutionException e) {
      scribe.expect(0);
      throw e;
    }
    rethrow(failure.get());
  }

  private static void takeAll(Agenda agenda, Consumer<Agenda.Item> job) {
    for (Agenda.Item item = agenda.take(); item != null; item = agenda.take()) {
      try {
        job.accept(item);
      } finally {
        agenda.done(item);
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
