package dev.strandline.testkit.simulation;

import dev.strandline.spi.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Workers of which one runs at a time, in an order that a generator draws, so that a seed repeats
 * the interleaving of an engine's threads to the last step. The turn passes where a thread waits
 * for another, where it is told to ({@link #letOthers}), and now and then where it tells of a
 * change. For one run at a time.
 */
public final class SeededWorkers implements Workers {
  private final RandomGenerator random;
  // Whoever has the turn holds it; it is given up only while waiting for a turn.
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Player> players = new ArrayList<>();
  private @Nullable Player turn;

  /**
   * @param random draws whose turn is next
   */
  public SeededWorkers(RandomGenerator random) {
    this.random = random;
  }

  private final class Player {
    private final Condition called = lock.newCondition();
    private @Nullable Thread thread;
    private @Nullable Signal waitsFor;
    private boolean waitsForTheEnd;
    private boolean runsOut;

    boolean canGoOn() {
      boolean interrupted = thread != null && thread.isInterrupted();
      return waitsForTheEnd ? players.size() == 1 : waitsFor == null || runsOut || interrupted;
    }
  }

  @Override
  public void run(Runnable own, List<? extends Runnable> helpers) {
    List<Throwable> failures = new ArrayList<>();
    lock.lock();
    try {
      Player me = new Player();
      me.thread = Thread.currentThread();
      players.add(me);
      turn = me;
      helpers.forEach(helper -> begin(helper, failures));
      try {
        own.run();
      } catch (Throwable e) {
        failures.add(0, e);
      }
      me.waitsForTheEnd = true;
      pass(me);
      players.clear();
      turn = null;
    } finally {
      lock.unlock();
    }
    if (!failures.isEmpty()) {
      rethrow(failures.get(0));
    }
  }

  private void begin(Runnable helper, List<Throwable> failures) {
    Player player = new Player();
    Thread thread =
        new Thread(
            () -> {
              lock.lock();
              try {
                awaitTurn(player);
                helper.run();
              } catch (Throwable e) {
                failures.add(e);
              } finally {
                players.remove(player);
                callNext();
                lock.unlock();
              }
            },
            "simulated-lane");
    thread.setDaemon(true);
    player.thread = thread;
    players.add(player);
    thread.start();
  }

  private static void rethrow(Throwable e) {
    if (e instanceof RuntimeException runtime) {
      throw runtime;
    }
    if (e instanceof Error error) {
      throw error;
    }
    throw new IllegalStateException(e);
  }

  /**
   * Lets others take their turn, as while an answer is on its way. Does nothing on a thread that
   * has no part in a run.
   */
  public void letOthers() {
    Player me = self();
    if (me != null) {
      pass(me);
    }
  }

  private @Nullable Player self() {
    return lock.isHeldByCurrentThread() ? turn : null;
  }

  private void pass(Player player) {
    callNext();
    awaitTurn(player);
  }

  private void awaitTurn(Player player) {
    while (turn != player) {
      player.called.awaitUninterruptibly();
    }
  }

  private void callNext() {
    List<Player> able = players.stream().filter(Player::canGoOn).toList();
    if (able.isEmpty()) {
      throw new AssertionError("everybody waits for everybody else");
    }
    Player next = able.get(random.nextInt(able.size()));
    turn = next;
    next.called.signal();
  }

  @Override
  public Signal signal() {
    return new Turns();
  }

  private final class Turns implements Signal {
    @Override
    public void await(BooleanSupplier ready) throws InterruptedException {
      while (!ready.getAsBoolean()) {
        Player me = self();
        if (me == null) {
          throw new AssertionError("there is nobody who could change anything");
        }
        me.waitsFor = this;
        pass(me);
        me.waitsFor = null;
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
      }
    }

    /** Time is up whenever chance gives the waiting thread its turn. */
    @Override
    public boolean await(BooleanSupplier ready, Duration atMost) throws InterruptedException {
      Player me = self();
      if (ready.getAsBoolean()) {
        return true;
      }
      if (me == null) {
        throw new AssertionError("there is nobody who could change anything");
      }
      me.waitsFor = this;
      me.runsOut = true;
      pass(me);
      me.waitsFor = null;
      me.runsOut = false;
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return ready.getAsBoolean();
    }

    @Override
    public void changed() {
      Player me = self();
      if (me == null) {
        return;
      }
      for (Player player : players) {
        if (player.waitsFor == this) {
          player.waitsFor = null;
        }
      }
      if (random.nextInt(3) == 0) {
        pass(me);
      }
    }
  }
}
