package dev.strandline.internal.engine;

import dev.strandline.Cancellation;
import dev.strandline.Failure;
import dev.strandline.FollowOptions;
import dev.strandline.FollowState;
import dev.strandline.FollowState.Phase;
import dev.strandline.Following;
import dev.strandline.SyncReport;
import dev.strandline.SyncRequest;
import dev.strandline.error.Recovery;
import dev.strandline.error.StoreBusyException;
import dev.strandline.error.StoreFailedException;
import dev.strandline.error.StoreFullException;
import dev.strandline.error.StrandlineException;
import dev.strandline.error.SyncCancelledException;
import dev.strandline.internal.call.Pace;
import dev.strandline.internal.call.Stopwatch;
import dev.strandline.internal.call.Waits;
import dev.strandline.model.RoomId;
import dev.strandline.spi.Workers;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The loop of {@link Following}: a run, a report, a wait that a hint ends. */
public final class Follower implements Following {
  private static final System.Logger LOG = System.getLogger(Follower.class.getName());

  /** How often a wait looks at the wall clock: the monotonic one stands still in sleep. */
  private static final Duration SLICE = Duration.ofSeconds(10);

  private final Engine engine;
  private final FollowOptions options;
  private final Surroundings surroundings;
  private final Consumer<? super SyncReport> afterEachRun;
  private final Workers.Signal ended;
  private final Pace pace;
  private final Cancellation stopping = new Cancellation();
  private final Object lock = new Object();
  private Set<RoomId> hinted = new LinkedHashSet<>();
  private boolean woken;
  private Cancellation nap = new Cancellation();
  private @Nullable Thread thread;
  private FollowState state = new FollowState(Phase.NEW, 0, 0, 0, null, null);

  /**
   * @param afterEachRun is told of every run, on the thread of {@link #run}
   */
  public Follower(
      Engine engine,
      FollowOptions options,
      Surroundings surroundings,
      Consumer<? super SyncReport> afterEachRun) {
    this.engine = engine;
    this.options = options;
    this.surroundings = surroundings;
    this.afterEachRun = afterEachRun;
    ended = surroundings.workers().signal();
    pace = new Pace(options);
  }

  @Override
  public void run() {
    synchronized (lock) {
      if (state.phase() != Phase.NEW) {
        throw new IllegalStateException("a Following runs once: ask for another one");
      }
      thread = Thread.currentThread();
      phase(Phase.RUNNING);
    }
    try {
      while (goesOn()) {
        SyncReport report = oneRun();
        Duration pause = pace.after(report);
        tell(report);
        if (endsFollowing(report.stoppedBy()) || !goesOn()) {
          break;
        }
        await(shortened(pause));
      }
    } finally {
      synchronized (lock) {
        thread = null;
        phase(Phase.ENDED);
      }
      ended.changed();
    }
  }

  private boolean goesOn() {
    return !stopping.isCancelled() && !Thread.currentThread().isInterrupted();
  }

  private SyncReport oneRun() {
    Set<RoomId> rooms = takeHints();
    SyncRequest.Builder request = SyncRequest.builder().changes().atMost(options.roomsARun());
    rooms.forEach(request::room);
    SyncReport report;
    try {
      report = engine.sync(request.build(), stopping);
    } catch (StrandlineException e) {
      report = SyncReport.failed(Failure.of(e));
    }
    if (report.stoppedBy() != null) {
      keep(rooms);
    }
    return report;
  }

  private Set<RoomId> takeHints() {
    synchronized (lock) {
      phase(Phase.RUNNING);
      Set<RoomId> rooms = hinted;
      hinted = new LinkedHashSet<>();
      woken = false;
      return rooms;
    }
  }

  /** What was not asked about is asked about in the next run, which is not sooner for that. */
  private void keep(Set<RoomId> rooms) {
    synchronized (lock) {
      hinted.addAll(rooms);
    }
  }

  private void tell(SyncReport report) {
    synchronized (lock) {
      state =
          new FollowState(
              state.phase(),
              state.runs() + 1,
              state.requests() + report.requests(),
              pace.failures(),
              report,
              endsFollowing(report.stoppedBy()) ? report.stoppedBy() : null);
    }
    try {
      afterEachRun.accept(report);
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "what is told of each run has failed", e);
    }
  }

  /** Whether no later try can succeed. A disk can be emptied, and a file be closed by others. */
  private static boolean endsFollowing(@Nullable Failure failure) {
    StrandlineException cause = failure == null ? null : failure.cause();
    return cause != null
        && cause.recovery() == Recovery.STOP
        && !(cause instanceof SyncCancelledException)
        && !(cause instanceof StoreFullException)
        && !(cause instanceof StoreBusyException)
        && !(cause instanceof StoreFailedException);
  }

  /** By up to a tenth, so that many who started together do not keep step. */
  private Duration shortened(Duration pause) {
    double share;
    synchronized (surroundings.jitter()) {
      share = surroundings.jitter().nextDouble();
    }
    double most = pace.failures() > 0 ? 0.5 : 0.1;
    return pause.minus(Duration.ofMillis((long) (pause.toMillis() * share * most)));
  }

  // --- waiting -----------------------------------------------------------------------------------

  private void await(Duration pause) {
    Stopwatch waited = Stopwatch.start(surroundings.clock());
    Duration left = pause;
    while (left.compareTo(Duration.ZERO) > 0 && goesOn() && nap(left)) {
      left = pause.minus(waited.elapsed());
    }
  }

  /** Waits for a while; false where a hint has come. */
  private boolean nap(Duration left) {
    Cancellation mine = new Cancellation();
    synchronized (lock) {
      if (woken) {
        return false;
      }
      nap = mine;
      phase(Phase.WAITING);
    }
    Thread self = Thread.currentThread();
    stopping.enter(self);
    mine.enter(self);
    try {
      surroundings.clock().sleep(left.compareTo(SLICE) < 0 ? left : SLICE);
    } catch (InterruptedException e) {
      self.interrupt();
    } finally {
      mine.leave(self);
      stopping.leave(self);
    }
    return true;
  }

  @Override
  public void hint() {
    synchronized (lock) {
      woken = true;
      nap.cancel();
    }
  }

  @Override
  public void hint(RoomId room) {
    synchronized (lock) {
      hinted.add(room);
      hint();
    }
  }

  @Override
  public void stop() {
    stopping.cancel();
  }

  @Override
  public void close() {
    stop();
    synchronized (lock) {
      if (thread == Thread.currentThread()) {
        return;
      }
    }
    Waits.calmly(ended, () -> state().phase() == Phase.ENDED || state().phase() == Phase.NEW);
  }

  @Override
  public FollowState state() {
    synchronized (lock) {
      return state;
    }
  }

  private void phase(Phase phase) {
    state =
        new FollowState(
            phase,
            state.runs(),
            state.requests(),
            state.failuresInARow(),
            state.last(),
            state.endedBy());
  }
}
