package dev.strandline.samples.backend;

import dev.strandline.Cancellation;
import dev.strandline.Failure;
import dev.strandline.SyncReport;
import dev.strandline.SyncRequest;
import dev.strandline.error.StrandlineException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who is synchronised when: on a few threads, whoever has been due the longest first. An account
 * that is not done when its turn is over goes on after those that were waiting; one that fails
 * waits longer each time. So neither a large account nor a broken one keeps another from its turn.
 */
final class SyncLine implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(SyncLine.class.getName());
  private static final Duration FIRST_BACKOFF = Duration.ofSeconds(10);
  private static final Duration LONGEST_BACKOFF = Duration.ofMinutes(15);

  private final Rhythm rhythm;
  private final Question whatToAsk;
  private final Predicate<Tenant> isAwake;
  private final Ended onEnd;
  private final ScheduledExecutorService timer;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final Map<Tenant, Place> places = new HashMap<>();
  private final PriorityQueue<Place> line =
      new PriorityQueue<>(Comparator.<Place>comparingLong(p -> p.due).thenComparing(p -> p.number));
  private final List<Thread> threads = new ArrayList<>();
  private final long begun = System.nanoTime();
  private boolean closed;

  /**
   * How often.
   *
   * @param awake between two runs of an account that is used
   * @param asleep between two of one that is not
   * @param turn how long one run may take
   */
  record Rhythm(Duration awake, Duration asleep, Duration turn) {}

  /** What a run is to bring up to date. */
  interface Question {
    /**
     * What to ask for one account.
     *
     * @param isAskedFor whether somebody waits for the present, and not only the time has come
     */
    SyncRequest request(Tenant tenant, boolean isAskedFor);
  }

  /** Is told of each run's end, on its thread. */
  interface Ended {
    void ended(Tenant tenant, @Nullable SyncReport report);
  }

  /** One account's place; guarded by the lock. Times are nanoseconds since the line began. */
  private static final class Place {
    final Tenant tenant;
    final long number;
    long due;
    long lastEnd;
    long notBefore;
    boolean isAskedFor;
    boolean isAskedForAgain;
    @Nullable Cancellation running;

    Place(Tenant tenant, long number) {
      this.tenant = tenant;
      this.number = number;
    }
  }

  /**
   * A line in which everyone is due at once, in the order given.
   *
   * @param whatToAsk what a run is to bring up to date: the seam for asking for less than
   *     everything
   * @param timer ends turns
   */
  SyncLine(
      List<Tenant> tenants,
      Rhythm rhythm,
      Question whatToAsk,
      Predicate<Tenant> isAwake,
      Ended onEnd,
      ScheduledExecutorService timer) {
    this.rhythm = rhythm;
    this.whatToAsk = whatToAsk;
    this.isAwake = isAwake;
    this.onEnd = onEnd;
    this.timer = timer;
    for (Tenant tenant : tenants) {
      Place place = new Place(tenant, places.size());
      places.put(tenant, place);
      line.add(place);
    }
  }

  /** Begins to work, on so many threads. */
  void start(int count) {
    for (int i = 1; i <= count; i++) {
      Thread thread = new Thread(this::work, "backend-sync-" + i);
      threads.add(thread);
      thread.start();
    }
  }

  // --- for those who ask -----------------------------------------------------------------------

  /**
   * An account is used: from now on it is due as often as those that are awake.
   *
   * @return how long until it is due, zero for now
   */
  Duration used(Tenant tenant) {
    return wanted(tenant, false);
  }

  /** Somebody wants to see the present: the account is due now, unless it has just failed. */
  Duration askedFor(Tenant tenant) {
    return wanted(tenant, true);
  }

  private Duration wanted(Tenant tenant, boolean askedFor) {
    lock.lock();
    try {
      Place place = places.get(tenant);
      if (place == null) {
        throw new IllegalArgumentException("not in this line: " + tenant);
      }
      if (place.running != null) {
        place.isAskedForAgain |= askedFor;
        return Duration.ZERO;
      }
      place.isAskedFor |= askedFor;
      long now = now();
      long pause = askedFor ? 0 : rhythm.awake().toNanos();
      long wanted = Math.max(place.notBefore, place.lastEnd + pause);
      if (wanted < place.due) {
        line.remove(place);
        // Never before those who have been due already: whoever asks often gains nothing by it.
        place.due = Math.max(wanted, now);
        line.add(place);
        news.signal();
      }
      return Duration.ofNanos(Math.max(0, place.due - now));
    } finally {
      lock.unlock();
    }
  }

  /** How many are being synchronised. */
  int running() {
    return counted(place -> place.running != null);
  }

  /** How many are due and wait for their turn. */
  int waiting() {
    return counted(place -> place.running == null && place.due <= now());
  }

  /** How long the one that has been due the longest has waited. */
  Duration longestWait() {
    lock.lock();
    try {
      Place first = line.peek();
      return first == null ? Duration.ZERO : Duration.ofNanos(Math.max(0, now() - first.due));
    } finally {
      lock.unlock();
    }
  }

  boolean isWorking() {
    return !threads.isEmpty() && threads.stream().allMatch(Thread::isAlive);
  }

  private int counted(Predicate<Place> which) {
    lock.lock();
    try {
      return (int) places.values().stream().filter(which).count();
    } finally {
      lock.unlock();
    }
  }

  // --- for its threads -------------------------------------------------------------------------

  private void work() {
    try {
      for (Place place = next(); place != null; place = next()) {
        run(place);
      }
    } catch (InterruptedException e) {
      // Nobody interrupts these threads but to end them.
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for whoever is due next; null where the line is closed. */
  private @Nullable Place next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed) {
        Place first = line.peek();
        long wait = first == null ? Long.MAX_VALUE : first.due - now();
        if (wait <= 0) {
          Place place = line.remove();
          place.running = new Cancellation();
          return place;
        }
        long unused = news.awaitNanos(wait);
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private void run(Place place) {
    Cancellation cancellation = Objects.requireNonNull(place.running, "set by next()");
    long turnNanos = rhythm.turn().toNanos();
    ScheduledFuture<?> turn =
        timer.scheduleAtFixedRate(
            () -> endTurn(cancellation), turnNanos, turnNanos, TimeUnit.NANOSECONDS);
    Tenant tenant = place.tenant;
    @Nullable SyncReport report = null;
    try {
      report = tenant.synchronise(whatToAsk.request(tenant, place.isAskedFor), cancellation);
    } catch (StrandlineException e) {
      LOG.log(Level.WARNING, "{0}: {1}", tenant.name(), e.getMessage());
      tenant.failed(Failure.of(e));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a bug met " + tenant.name(), e);
      tenant.failed(null);
    } finally {
      turn.cancel(false);
    }
    backInLine(place, cancellation.isCancelled());
    onEnd.ended(tenant, report);
  }

  /** While nobody waits a turn may go on. */
  private void endTurn(Cancellation cancellation) {
    if (waiting() > 0) {
      cancellation.cancel();
    }
  }

  private void backInLine(Place place, boolean turnWasOver) {
    lock.lock();
    try {
      long now = now();
      Tenant.Standing standing = place.tenant.standing();
      place.running = null;
      place.lastEnd = now;
      place.notBefore = now + (turnWasOver ? 0 : backoff(standing));
      Duration pause = isAwake.test(place.tenant) ? rhythm.awake() : rhythm.asleep();
      boolean again = turnWasOver || place.isAskedForAgain;
      place.due = Math.max(place.notBefore, again ? now : now + pause.toNanos());
      if (standing.failures() > 0 && !again) {
        place.due = place.notBefore;
      }
      place.isAskedFor = place.isAskedForAgain || (turnWasOver && place.isAskedFor);
      place.isAskedForAgain = false;
      line.add(place);
      news.signal();
    } finally {
      lock.unlock();
    }
  }

  /** 10 seconds, doubled with each failure in a row, up to 15 minutes; more where it was said. */
  private static long backoff(Tenant.Standing standing) {
    if (standing.failures() == 0) {
      return 0;
    }
    int doublings = Math.min(standing.failures() - 1, 10);
    Duration pause = FIRST_BACKOFF.multipliedBy(1L << doublings);
    pause = pause.compareTo(LONGEST_BACKOFF) > 0 ? LONGEST_BACKOFF : pause;
    Failure failure = standing.failure();
    Duration told = failure == null ? null : failure.retryAfter();
    return (told != null && told.compareTo(pause) > 0 ? told : pause).toNanos();
  }

  /** Ends what is under way, soon and in order, and waits for that. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      for (Place place : places.values()) {
        Cancellation cancellation = place.running;
        if (cancellation != null) {
          cancellation.cancel();
        }
      }
      news.signalAll();
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private long now() {
    return System.nanoTime() - begun;
  }
}
