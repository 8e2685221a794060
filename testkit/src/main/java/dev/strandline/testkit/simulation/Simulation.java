package dev.strandline.testkit.simulation;

import java.time.Duration;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Plays histories over a store and holds every promise against them. Runs of one {@code Simulation}
 * are independent of each other; safe for several threads where the factory is.
 */
public final class Simulation {
  private final Supplier<? extends Medium> media;

  private Simulation(Supplier<? extends Medium> media) {
    this.media = media;
  }

  /**
   * Returns a simulation over a store of the caller's.
   *
   * @param media makes a new, empty medium for each history
   */
  public static Simulation over(Supplier<? extends Medium> media) {
    return new Simulation(media);
  }

  /** Returns a simulation over the store in memory. */
  public static Simulation overMemory() {
    return over(Medium::memory);
  }

  /**
   * Plays the history that a seed draws.
   *
   * @throws SimulationFailure where a promise is broken
   */
  public Result run(long seed) {
    return play(Script.draw(seed));
  }

  /**
   * Plays a script.
   *
   * @throws SimulationFailure where a promise is broken
   */
  public Result play(Script script) {
    return play(script, Trace.none());
  }

  /**
   * Plays the histories of {@code count} seeds from {@code first} on, until one fails.
   *
   * @param threads how many at once
   * @throws IllegalStateException where a history cannot be played for a reason of another kind,
   *     such as a lack of memory; no further one is begun then
   */
  public Summary runAll(long first, long count, int threads) {
    AtomicLong next = new AtomicLong(first);
    LongAdder histories = new LongAdder();
    LongAdder requests = new LongAdder();
    LongAdder claims = new LongAdder();
    AtomicReference<SimulationFailure> failure = new AtomicReference<>();
    AtomicReference<IllegalStateException> unplayed = new AtomicReference<>();
    BinaryOperator<SimulationFailure> lowest =
        BinaryOperator.minBy(
            Comparator.nullsLast(Comparator.comparingLong(failed -> failed.script().seed())));
    long begun = System.nanoTime();
    IntStream.range(0, threads)
        .mapToObj(
            number ->
                new Thread(
                    () -> {
                      long seed = next.getAndIncrement();
                      while (seed < first + count
                          && failure.get() == null
                          && unplayed.get() == null) {
                        try {
                          Result result = run(seed);
                          requests.add(result.requests());
                          claims.add(result.claims());
                        } catch (SimulationFailure e) {
                          failure.accumulateAndGet(e, lowest);
                        } catch (Throwable e) {
                          // A thread that only ended would leave its histories out unseen.
                          unplayed.set(new IllegalStateException("Not played: seed " + seed, e));
                        }
                        histories.increment();
                        seed = next.getAndIncrement();
                      }
                    },
                    "simulation-" + number))
        .peek(Thread::start)
        .toList()
        .forEach(Simulation::join);
    if (unplayed.get() != null) {
      throw unplayed.get();
    }
    return new Summary(
        histories.sum(),
        requests.sum(),
        claims.sum(),
        Duration.ofNanos(System.nanoTime() - begun),
        failure.get());
  }

  /**
   * The first seed, from {@code first} on, whose history breaks a promise; empty where none of
   * {@code count} does.
   */
  public OptionalLong firstFailure(long first, long count) {
    SimulationFailure failure = runAll(first, count, 1).failure();
    return failure == null ? OptionalLong.empty() : OptionalLong.of(failure.script().seed());
  }

  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Describes a failure: the promise, the events of the shortest script that breaks it with what
   * happened at each, and the seed.
   */
  public String explain(SimulationFailure failure) {
    SimulationFailure shortest = shrink(failure);
    return "%s%nshrunk from %d to %d events:%n%s"
        .formatted(
            failure.getMessage(),
            failure.script().events().size(),
            shortest.script().events().size(),
            trace(shortest.script()));
  }

  /** Plays a script and returns what happened, up to the promise that was broken, if one was. */
  public String trace(Script script) {
    Trace trace = Trace.written();
    try {
      trace.line("%s", play(script, trace));
    } catch (SimulationFailure e) {
      trace.line("%s", e.getMessage());
    }
    return trace.toString();
  }

  /**
   * Makes a failing script short.
   *
   * @return the failure of a script of which no event can be left out any more
   */
  public SimulationFailure shrink(SimulationFailure failure) {
    return new Shrinking(this, failure).run();
  }

  private Result play(Script script, Trace trace) {
    try (Medium medium = media.get()) {
      return new Play(script, medium, trace).run();
    }
  }
}
