package dev.strandline.cli;

import dev.strandline.spi.RoomState;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Ends runs with SIGKILL.
 *
 * <p>Most kills follow a byte of an answer, any of all the run's answers: at once, or some
 * milliseconds later, or when the log grows, which is while a transaction is being written, or when
 * what arrived before that byte is committed and the rest is kept waiting. Others follow the start
 * of the process by a random time.
 */
final class Kill implements Ordeal.Harm {
  /** Not the common pool, in whose one thread a lane would wait for the other's byte. */
  private static final Executor NEW_THREAD = work -> new Thread(work).start();

  private final Landing.Tally landings;

  Kill(Landing.Tally landings) {
    this.landings = landings;
  }

  @Override
  public boolean befalls(
      Ordeal ordeal, RestlessTown town, Object[] run, long bytes, Random random, String when)
      throws Exception {
    String before = ordeal.states().toString();
    boolean byTime = random.nextInt(10) == 0;
    CountDownLatch reached =
        town.wire.awaiting(byTime ? Long.MAX_VALUE : (long) (random.nextDouble() * bytes));
    Process process = ordeal.command().start(ordeal.id(), town.account, run);
    if (byTime) {
      process.waitFor(random.nextInt(1000), TimeUnit.MILLISECONDS);
    } else {
      CompletableFuture<Void> arrived =
          CompletableFuture.runAsync(() -> await(reached), NEW_THREAD);
      CompletableFuture.anyOf(process.onExit(), arrived).get();
      linger(process, town, ordeal, random);
    }
    process.destroyForcibly();
    int state = process.waitFor();
    town.wire.go();
    // Or the wait for a byte that will never come goes on.
    reached.countDown();
    Landing landing = state == 128 + 9 ? landing(ordeal, town, before) : Landing.OVER;
    landings.add(landing);
    return landing != Landing.OVER;
  }

  private static void linger(Process process, RestlessTown town, Ordeal ordeal, Random random)
      throws Exception {
    switch (random.nextInt(5)) {
      case 0 -> {
        town.wire.go();
        process.waitFor(random.nextInt(30_000), TimeUnit.MICROSECONDS);
      }
      case 1 -> {
        town.wire.go();
        awaitWriting(process, ordeal);
      }
      // What has arrived is committed before long where nothing more comes.
      case 2, 3 -> {
        awaitWriting(process, ordeal);
        process.waitFor(random.nextInt(30_000), TimeUnit.MICROSECONDS);
      }
      default -> {
        // At once.
      }
    }
  }

  /** Waits until the log grows; not for ever, as what has arrived may hold nothing to write. */
  private static void awaitWriting(Process process, Ordeal ordeal) {
    File log = ordeal.log().toFile();
    long size = log.length();
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    while (process.isAlive() && log.length() <= size && System.nanoTime() < limit) {
      Thread.onSpinWait();
    }
  }

  private static Landing landing(Ordeal ordeal, RestlessTown town, String before)
      throws IOException {
    boolean torn = Landing.endsTorn(ordeal.db());
    List<RoomState> states = ordeal.states();
    boolean committed = !states.toString().equals(before);
    return Landing.of(town.wire.passed(), committed, torn, states, town.rooms());
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
