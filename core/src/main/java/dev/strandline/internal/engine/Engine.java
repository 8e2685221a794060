package dev.strandline.internal.engine;

import dev.strandline.AdoptRequest;
import dev.strandline.Cancellation;
import dev.strandline.Failure;
import dev.strandline.ReconcileReport;
import dev.strandline.ReconcileRequest;
import dev.strandline.RoomMatch;
import dev.strandline.SyncOptions;
import dev.strandline.SyncReport;
import dev.strandline.SyncRequest;
import dev.strandline.error.SyncCancelledException;
import dev.strandline.internal.call.Waits;
import dev.strandline.spi.Store;
import dev.strandline.spi.StoreOwner;
import dev.strandline.spi.Transport;
import dev.strandline.spi.Workers;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Starts runs, one at a time: what concerns a room has to be asked for and applied in order (R7),
 * and a store has one writer. Safe for several threads; a second run waits for the first.
 */
public final class Engine {
  private final Store store;
  private final Transport transport;
  private final SyncOptions options;
  private final Surroundings surroundings;
  private final Workers.Signal signal;
  private final Remembered remembered;
  private final Object lock = new Object();
  private @Nullable Thread running;
  private @Nullable Run run;
  private boolean closed;

  public Engine(Store store, Transport transport, SyncOptions options, Surroundings surroundings) {
    this.store = store;
    this.transport = transport;
    this.options = options;
    this.surroundings = surroundings;
    signal = surroundings.workers().signal();
    remembered = Remembered.nothing(surroundings.clock());
  }

  /** Brings what {@code request} names to the present. */
  public SyncReport sync(SyncRequest request, Cancellation cancellation) {
    return inOneRun(cancellation, run -> run.sync(request), SyncReport::failed);
  }

  /** Compares what {@code request} names with the server, and repairs it where that is wanted. */
  public ReconcileReport reconcile(ReconcileRequest request, Cancellation cancellation) {
    return inOneRun(
        cancellation,
        run -> run.reconcile(request),
        failure -> ReconcileReport.failed(request, 0, failure));
  }

  /** Which rooms are meant by what people wrote. */
  public List<RoomMatch> find(List<String> given, Cancellation cancellation) {
    return inOneRun(
        cancellation,
        run -> run.find(given),
        failure -> {
          throw failure.cause();
        });
  }

  /** Binds the store to its server at another URL. */
  public StoreOwner adopt(AdoptRequest request, Cancellation cancellation) {
    return inOneRun(
        cancellation,
        run -> run.adopt(request),
        failure -> {
          throw failure.cause();
        });
  }

  /** Waits for the run that is under way, and lets no other begin after it. */
  public void close() {
    refuseInsiders();
    while (!begin()) {
      Waits.calmly(signal, this::isFree);
    }
    synchronized (lock) {
      closed = true;
    }
    end();
  }

  /** A run that is cancelled while it waits for another is reported like one that had begun. */
  private <T> T inOneRun(
      Cancellation cancellation, Function<Run, T> work, Function<Failure, T> cancelled) {
    refuseInsiders();
    Thread thread = Thread.currentThread();
    cancellation.enter(thread);
    try {
      while (!begin()) {
        signal.await(this::isFree);
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      cancellation.leave(thread);
      return cancelled.apply(
          Failure.of(new SyncCancelledException("The run was cancelled before it began.")));
    }
    try {
      return work.apply(newRun(cancellation));
    } finally {
      try {
        store.rest();
      } finally {
        end();
        cancellation.leave(thread);
      }
    }
  }

  private boolean begin() {
    synchronized (lock) {
      if (running != null) {
        return false;
      }
      running = Thread.currentThread();
      return true;
    }
  }

  private Run newRun(Cancellation cancellation) {
    synchronized (lock) {
      if (closed) {
        throw new IllegalStateException("this Strandline is closed: build another one");
      }
      run = new Run(store, transport, options, surroundings, remembered, cancellation);
      return run;
    }
  }

  private void end() {
    synchronized (lock) {
      running = null;
      run = null;
    }
    signal.changed();
  }

  private boolean isFree() {
    synchronized (lock) {
      return running == null;
    }
  }

  /** Whoever works for the run, or is told by it, would wait for its end and so for himself. */
  private void refuseInsiders() {
    Thread thread = Thread.currentThread();
    synchronized (lock) {
      if (running == thread || (run != null && run.includes(thread))) {
        throw new IllegalStateException(
            "a listener cannot start or close anything of the run that it listens to: hand it to"
                + " another thread");
      }
    }
  }
}
