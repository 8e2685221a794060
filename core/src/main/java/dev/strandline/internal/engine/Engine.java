package dev.strandline.internal.engine;

import dev.strandline.Cancellation;
import dev.strandline.Failure;
import dev.strandline.Outcome;
import dev.strandline.ReconcileReport;
import dev.strandline.SyncOptions;
import dev.strandline.SyncReport;
import dev.strandline.SyncRequest;
import dev.strandline.error.SyncCancelledException;
import dev.strandline.model.RoomId;
import dev.strandline.spi.DeviceClock;
import dev.strandline.spi.Store;
import dev.strandline.spi.Transport;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Starts runs, one at a time: what concerns a room has to be asked for and applied in order (R7),
 * and a store has one writer. Safe for several threads; a second run waits for the first.
 */
public final class Engine {
  private final Store store;
  private final Transport transport;
  private final SyncOptions options;
  private final DeviceClock clock;
  private final RandomGenerator jitter;
  private final Listeners listeners;
  private final ReentrantLock oneRun = new ReentrantLock();
  private boolean closed;

  /**
   * @param jitter shortens pauses; used by one run at a time
   */
  public Engine(
      Store store,
      Transport transport,
      SyncOptions options,
      DeviceClock clock,
      RandomGenerator jitter,
      Listeners listeners) {
    this.store = store;
    this.transport = transport;
    this.options = options;
    this.clock = clock;
    this.jitter = jitter;
    this.listeners = listeners;
  }

  /** Brings what {@code request} names to the present. */
  public SyncReport sync(SyncRequest request, Cancellation cancellation) {
    return inOneRun(
        cancellation,
        run -> run.sync(request),
        failure -> new SyncReport(Outcome.FAILED, 0, List.of(), failure));
  }

  /** Makes a room's rows equal to the server's. */
  public ReconcileReport reconcile(RoomId room, Cancellation cancellation) {
    return inOneRun(
        cancellation,
        run -> run.reconcile(room),
        failure -> ReconcileReport.failed(room, true, 0, failure));
  }

  /** Compares a room's rows with the server's. */
  public ReconcileReport compare(RoomId room, Cancellation cancellation) {
    return inOneRun(
        cancellation,
        run -> run.compare(room),
        failure -> ReconcileReport.failed(room, false, 0, failure));
  }

  /** Waits for the run that is under way, and lets no other begin after it. */
  public void close() {
    refuseListeners();
    oneRun.lock();
    try {
      closed = true;
    } finally {
      oneRun.unlock();
    }
  }

  /** A run that is cancelled while it waits for another is reported like one that had begun. */
  private <T> T inOneRun(
      Cancellation cancellation, Function<Run, T> work, Function<Failure, T> cancelled) {
    refuseListeners();
    Thread thread = Thread.currentThread();
    cancellation.enter(thread);
    try {
      oneRun.lockInterruptibly();
    } catch (InterruptedException e) {
      thread.interrupt();
      cancellation.leave(thread);
      return cancelled.apply(
          Failure.of(new SyncCancelledException("The run was cancelled before it began.")));
    }
    try {
      if (closed) {
        throw new IllegalStateException("this Strandline is closed: build another one");
      }
      return work.apply(new Run(store, transport, options, clock, jitter, listeners));
    } finally {
      oneRun.unlock();
      cancellation.leave(thread);
    }
  }

  private void refuseListeners() {
    if (oneRun.isHeldByCurrentThread()) {
      throw new IllegalStateException(
          "a listener cannot start or close anything of the run that it listens to: hand it to"
              + " another thread");
    }
  }
}
