package dev.strandline.internal.engine;

import dev.strandline.spi.Workers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Workers of which one runs at a time, in an order that a seeded generator draws. The turn passes
 * where a thread waits, and now and then where it tells of a change; so a seed repeats a run to the
 * last step. For one run at a time.
 */
final class TakingTurns implements Workers {
  private final Random random;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Player> players = new ArrayList<>();
  private @Nullable Player turn;

  TakingTurns(Random random) {
    this.random = random;
  }

  private final class Player {
    final Thread thread;
    final Condition called = lock.newCondition();
    @Nullable Signal waitsFor;
    boolean joins;
    boolean runsOut;

    Player(Thread thread) {
      this.thread = thread;
    }

    boolean canGoOn() {
      return joins ? players.size() == 1 : waitsFor == null || runsOut || thread.isInterrupted();
    }
  }

  @Override
  public void run(Runnable own, List<? extends Runnable> helpers) {
    List<Throwable> failures = new ArrayList<>();
    Player me = new Player(Thread.currentThread());
    List<Thread> threads = new ArrayList<>();
    lock.lock();
    try {
      players.add(me);
      turn = me;
      for (Runnable helper : helpers) {
        threads.add(helping(helper, failures));
      }
      threads.forEach(Thread::start);
      try {
        own.run();
      } catch (Throwable e) {
        failures.add(0, e);
      }
      me.joins = true;
      passOn(me);
      players.clear();
      turn = null;
    } finally {
      lock.unlock();
    }
    failures.stream().findFirst().ifPresent(TakingTurns::rethrow);
  }

  private Thread helping(Runnable helper, List<Throwable> failures) {
    Player[] player = new Player[1];
    Thread thread =
        new Thread(
            () -> {
              lock.lock();
              try {
                awaitTurn(player[0]);
                helper.run();
              } catch (Throwable e) {
                failures.add(e);
              } finally {
                players.remove(player[0]);
                callNext();
                lock.unlock();
              }
            });
    thread.setDaemon(true);
    player[0] = new Player(thread);
    players.add(player[0]);
    return thread;
  }

  private static void rethrow(Throwable e) {
    if (e instanceof RuntimeException runtime) {
      throw runtime;
    }
    throw (Error) e;
  }

  /** Who asks; null for a thread that plays no part in the run. */
  private @Nullable Player self() {
    return lock.isHeldByCurrentThread()
        ? players.stream()
            .filter(player -> player.thread == Thread.currentThread())
            .findFirst()
            .orElse(null)
        : null;
  }

  private void passOn(Player player) {
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
    turn = able.get(random.nextInt(able.size()));
    turn.called.signal();
  }

  /** Lets others take their turn, as while an answer is on its way. */
  void letOthers() {
    Player me = self();
    if (me != null) {
      passOn(me);
    }
  }

  @Override
  public Signal signal() {
    return new Turns();
  }

  private final class Turns implements Signal {
    @Override
    public void await(BooleanSupplier ready) throws InterruptedException {
      Player me = self();
      while (!ready.getAsBoolean()) {
        if (me == null) {
          throw new AssertionError("there is nobody who could change anything");
        }
        me.waitsFor = this;
        passOn(me);
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
      passOn(me);
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
        passOn(me);
      }
    }
  }
}
