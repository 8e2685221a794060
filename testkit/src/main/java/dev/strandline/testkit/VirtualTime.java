package dev.strandline.testkit;

import dev.strandline.spi.DeviceClock;
import dev.strandline.spi.Workers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Time that several threads share: one of them runs at a time, and time passes only when all of
 * them wait, straight to the moment at which the first has waited long enough. So a year of
 * polling, pacing and backing off takes as long as the work in it, and eight threads that wait a
 * minute each wait one minute and not eight, as they would on a {@link ManualClock}.
 *
 * <pre>{@code
 * VirtualTime time = VirtualTime.from(Instant.parse("2031-02-03T04:05:06Z"), new Random(seed));
 * time.takingAlong(workspace.clock()::advance);
 * // Strandline.builder().clock(time).workers(time) …
 * time.play(following, () -> { … time.sleep(Duration.ofHours(3)); following.stop(); });
 * }</pre>
 *
 * <p>Who goes on is drawn by the generator where several can. Threads that {@link #play} and {@link
 * #run} start take part; what others do takes no time. For {@link DeviceClock} and {@link Workers}
 * at once: a thread that waited for another in any other way would stop the time.
 */
public final class VirtualTime implements DeviceClock, Workers {
  private static final long NEVER = Long.MAX_VALUE;

  private final Instant start;
  private final Random random;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Player> players = new ArrayList<>();
  private final List<Consumer<? super Duration>> companions = new CopyOnWriteArrayList<>();
  private @Nullable Player turn;
  private @Nullable AssertionError stuck;
  private volatile long nanos;
  private volatile Duration wallIsAhead = Duration.ZERO;

  private VirtualTime(Instant start, Random random) {
    this.start = start;
    this.random = random;
  }

  /**
   * Returns a time that begins.
   *
   * @param start what the wall clock shows; any instant, right or wrong
   * @param random draws who goes on
   */
  public static VirtualTime from(Instant start, Random random) {
    return new VirtualTime(start, random);
  }

  /**
   * Lets other clocks move with this one.
   *
   * @param companion is told of every passing of time, after it, and must not wait
   * @return this time
   */
  public VirtualTime takingAlong(Consumer<? super Duration> companion) {
    companions.add(companion);
    return this;
  }

  private static final class Player {
    final Thread thread;
    final Condition called;
    BooleanSupplier ready = () -> true;
    boolean canBeInterrupted;
    volatile boolean interrupted;
    long wakesAt = NEVER;

    Player(Thread thread, Condition called) {
      this.thread = thread;
      this.called = called;
    }

    boolean isAble() {
      return (canBeInterrupted && interrupted) || ready.getAsBoolean();
    }
  }

  /** A thread of which others can see at once that it was interrupted, while it waits too. */
  private final class Actor extends Thread {
    final Player player = new Player(this, lock.newCondition());

    Actor(Runnable task) {
      super(task, "virtual");
      setDaemon(true);
    }

    @Override
    public void interrupt() {
      player.interrupted = true;
      super.interrupt();
    }
  }

  // --- the clock ---------------------------------------------------------------------------------

  @Override
  public Instant now() {
    return start.plusNanos(nanos).plus(wallIsAhead);
  }

  /** {@inheritDoc} Zero at first. */
  @Override
  public long nanoTime() {
    return nanos;
  }

  /** {@inheritDoc} A thread that does not take part does not wait. */
  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Player me = self();
    if (me != null && !duration.isNegative()) {
      long until = nanos + duration.toNanos();
      me.wakesAt = until;
      await(me, () -> nanos >= until, true);
      me.wakesAt = NEVER;
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  /**
   * Lets the device sleep: the wall clock and the companions go on, the monotonic clock and whoever
   * waits on it do not.
   */
  public void suspend(Duration duration) {
    wallIsAhead = wallIsAhead.plus(duration);
    companions.forEach(companion -> companion.accept(duration));
  }

  private void passTo(long then) {
    Duration passed = Duration.ofNanos(then - nanos);
    nanos = then;
    companions.forEach(companion -> companion.accept(passed));
  }

  // --- the threads -------------------------------------------------------------------------------

  /** Runs every one of {@code actors} on a thread of its own, and returns when all have ended. */
  public void play(Runnable... actors) {
    run(() -> {}, List.of(actors));
  }

  @Override
  public void run(Runnable own, List<? extends Runnable> helpers) {
    List<Throwable> failures = new ArrayList<>();
    lock.lock();
    try {
      Player before = self();
      Player me = before != null ? before : enter(Thread.currentThread());
      List<Thread> threads = new ArrayList<>();
      helpers.forEach(helper -> threads.add(helping(helper, threads, failures)));
      List.copyOf(threads).forEach(Thread::start);
      try {
        own.run();
      } catch (Throwable e) {
        failures.add(0, e);
      }
      await(me, threads::isEmpty, false);
      if (before == null) {
        players.remove(me);
        turn = null;
      }
    } finally {
      lock.unlock();
    }
    failures.stream().findFirst().ifPresent(VirtualTime::rethrow);
  }

  private static void rethrow(Throwable e) {
    if (e instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    throw (Error) e;
  }

  private Player enter(Thread thread) {
    Player player = new Player(thread, lock.newCondition());
    players.add(player);
    turn = player;
    return player;
  }

  private Thread helping(Runnable helper, List<Thread> threads, List<Throwable> failures) {
    Actor actor =
        new Actor(
            () -> {
              lock.lock();
              Actor me = (Actor) Thread.currentThread();
              try {
                awaitTurn(me.player);
                helper.run();
              } catch (Throwable e) {
                failures.add(e);
              } finally {
                players.remove(me.player);
                threads.remove(me);
                callNext();
                lock.unlock();
              }
            });
    players.add(actor.player);
    return actor;
  }

  private @Nullable Player self() {
    if (lock.isHeldByCurrentThread()) {
      for (Player player : players) {
        if (player.thread == Thread.currentThread()) {
          return player;
        }
      }
    }
    return null;
  }

  private void await(Player me, BooleanSupplier ready, boolean canBeInterrupted) {
    me.ready = ready;
    me.canBeInterrupted = canBeInterrupted;
    do {
      // Who was interrupted may have taken it back since.
      me.interrupted = me.thread.isInterrupted();
      callNext();
      awaitTurn(me);
    } while (!ready.getAsBoolean() && !(canBeInterrupted && me.thread.isInterrupted()));
    me.ready = () -> true;
    me.canBeInterrupted = false;
  }

  private void awaitTurn(Player me) {
    while (turn != me) {
      if (stuck != null) {
        throw stuck;
      }
      me.called.awaitUninterruptibly();
    }
  }

  private void callNext() {
    List<Player> able = able();
    if (able.isEmpty() && !players.isEmpty()) {
      long next = players.stream().mapToLong(player -> player.wakesAt).min().orElse(NEVER);
      if (next == NEVER) {
        stuck = new AssertionError("everybody waits for everybody else");
        players.forEach(player -> player.called.signal());
        turn = null;
        return;
      }
      passTo(next);
      able = able();
    }
    if (!able.isEmpty()) {
      turn = able.get(able.size() == 1 ? 0 : random.nextInt(able.size()));
      turn.called.signal();
    }
  }

  private List<Player> able() {
    List<Player> able = new ArrayList<>();
    for (Player player : players) {
      if (player.isAble()) {
        able.add(player);
      }
    }
    return able;
  }

  @Override
  public Signal signal() {
    return new Shared();
  }

  /** Everybody's condition is looked at whenever somebody waits, so a change needs no telling. */
  private final class Shared implements Signal {
    @Override
    public void await(BooleanSupplier ready) throws InterruptedException {
      Player me = self();
      if (me == null) {
        throw new IllegalStateException("a thread that does not take part cannot wait");
      }
      if (!ready.getAsBoolean()) {
        VirtualTime.this.await(me, ready, true);
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    }

    @Override
    public boolean await(BooleanSupplier ready, Duration atMost) throws InterruptedException {
      long until = nanos + atMost.toNanos();
      Player me = self();
      if (me != null) {
        me.wakesAt = until;
      }
      try {
        await(() -> ready.getAsBoolean() || nanos >= until);
      } finally {
        if (me != null) {
          me.wakesAt = NEVER;
        }
      }
      return ready.getAsBoolean();
    }

    @Override
    public void changed() {}
  }
}
