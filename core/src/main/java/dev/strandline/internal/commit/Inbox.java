package dev.strandline.internal.commit;

import dev.strandline.internal.call.Waits;
import dev.strandline.spi.Workers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the lanes of a run have handed in for the {@link Scribe}, bounded in rows and bytes; and
 * where lanes and scribe wait for each other. Safe for several threads.
 */
final class Inbox {
  /** How many rows may wait, besides one errand of any size. */
  private final int mostRows;

  private final long mostBytes;

  /** Where the scribe waits for errands, and lanes for room. */
  private final Workers.Signal signal;

  private final Object lock = new Object();
  private final Deque<Errand> errands = new ArrayDeque<>();
  private final Set<Commits> waiters = new HashSet<>();
  private int rows;
  private long bytes;
  private int lanes;
  private int pressing;
  private @Nullable Throwable broken;

  Inbox(int mostRows, long mostBytes, Workers workers) {
    this.mostRows = mostRows;
    this.mostBytes = mostBytes;
    this.signal = workers.signal();
  }

  // --- the lanes that there are ------------------------------------------------------------------

  /** Says how many lanes there will be, before the first begins. */
  void expect(int count) {
    synchronized (lock) {
      lanes = count;
    }
  }

  /** A lane has ended; every lane says so. */
  void laneEnded() {
    synchronized (lock) {
      lanes--;
    }
    signal.changed();
  }

  /** Whether there are lanes at work. */
  boolean hasLanes() {
    synchronized (lock) {
      return lanes > 0;
    }
  }

  // --- for the lanes -----------------------------------------------------------------------------

  /** Takes an errand in; waits where too much is waiting already. */
  void put(Errand errand) {
    Waits.calmly(signal, () -> hasRoomFor(errand));
    synchronized (lock) {
      refuseWhereBroken(errand.from());
      errands.add(errand);
      rows += errand.rows();
      bytes += errand.bytes();
      errand.from().waiting++;
    }
    signal.changed();
  }

  private boolean hasRoomFor(Errand errand) {
    synchronized (lock) {
      return broken != null
          || rows == 0
          || (rows + errand.rows() <= mostRows && bytes + errand.bytes() <= mostBytes);
    }
  }

  /** Whether nothing of {@code scope} is waiting or under way, or never will be done. */
  boolean isSettled(Commits scope) {
    synchronized (lock) {
      return broken != null || scope.waiting == 0;
    }
  }

  /**
   * Waits until nothing of {@code scope} is waiting any more, and presses for it.
   *
   * @throws RuntimeException what an errand of it has failed with
   */
  void settle(Commits scope) {
    if (!isSettled(scope)) {
      press(1);
      await(scope, () -> isSettled(scope));
      press(-1);
    }
    refuse(scope);
  }

  private void press(int change) {
    synchronized (lock) {
      pressing += change;
    }
    signal.changed();
  }

  /**
   * Waits for an answer.
   *
   * @throws RuntimeException what the question, or an errand before it, has failed with
   */
  <T> T await(Errand.Question<T> question) {
    Commits scope = question.from();
    await(scope, () -> question.isAnswered() || isSettled(scope));
    refuse(scope);
    return question.answer();
  }

  private void await(Commits scope, BooleanSupplier ready) {
    synchronized (lock) {
      waiters.add(scope);
    }
    Waits.calmly(scope.news(), ready);
    synchronized (lock) {
      waiters.remove(scope);
    }
  }

  private void refuse(Commits scope) {
    synchronized (lock) {
      refuseWhereBroken(scope);
    }
  }

  private void refuseWhereBroken(Commits scope) {
    if (scope.failure != null) {
      throw scope.failure;
    }
    Waits.rethrow(broken);
  }

  // --- for the scribe ----------------------------------------------------------------------------

  /**
   * Waits for an errand.
   *
   * @return whether there is one; otherwise all lanes have ended
   */
  boolean awaitErrand() throws InterruptedException {
    signal.await(() -> hasErrand() || !hasLanes());
    return hasErrand();
  }

  /**
   * Waits a little for another errand, unless somebody waits for what has been taken.
   *
   * @return whether there is one
   */
  boolean awaitAnother(Duration atMost) throws InterruptedException {
    signal.await(() -> hasErrand() || isPressed() || !hasLanes(), atMost);
    return hasErrand();
  }

  private boolean hasErrand() {
    synchronized (lock) {
      return !errands.isEmpty();
    }
  }

  private boolean isPressed() {
    synchronized (lock) {
      return pressing > 0;
    }
  }

  /** The next errand, which stays; null where there is none. */
  @Nullable Errand peek() {
    synchronized (lock) {
      return errands.peek();
    }
  }

  /** Takes out what {@link #peek} has shown. */
  void remove() {
    synchronized (lock) {
      Errand errand = errands.remove();
      rows -= errand.rows();
      bytes -= errand.bytes();
    }
    signal.changed();
  }

  /** Those that were taken out are committed, or have failed. */
  void done(Collection<Errand> taken) {
    synchronized (lock) {
      taken.forEach(errand -> errand.from().waiting--);
    }
    taken.forEach(errand -> errand.from().news().changed());
  }

  boolean hasFailed(Commits scope) {
    synchronized (lock) {
      return scope.failure != null;
    }
  }

  /** From now on, everything of {@code scope} is dropped, and it is told of {@code e}. */
  void fail(Commits scope, RuntimeException e) {
    synchronized (lock) {
      scope.failure = e;
    }
  }

  /** Nothing more will be done: every lane is told of {@code e}. */
  void giveUp(Throwable e) {
    Set<Commits> told;
    synchronized (lock) {
      broken = e;
      errands.clear();
      rows = 0;
      bytes = 0;
      told = Set.copyOf(waiters);
    }
    signal.changed();
    told.forEach(scope -> scope.news().changed());
  }
}
