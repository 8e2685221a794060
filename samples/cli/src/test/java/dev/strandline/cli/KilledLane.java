package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.spi.RoomState;
import dev.strandline.store.sqlite.SqliteStore;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * One database, killed again and again.
 *
 * <p>Most kills follow a byte of an answer, any of all the run's answers: at once, or some
 * milliseconds later, or when the log grows, which is while a transaction is being written, or when
 * what arrived before that byte is committed and the rest is kept waiting. Others follow the start
 * of the process by a random time. Of what a kill leaves, a copy is checked, brought to the present
 * and compared with the server; the next run goes on from what was left itself.
 */
final class KilledLane {
  private static final String[] PARTS = {"", "-wal", "-shm", ".lock"};

  /** Not the common pool, in whose one thread a lane would wait for the other's byte. */
  private static final Executor NEW_THREAD = work -> new Thread(work).start();

  private final ChildCommand command;
  private final Landing.Tally landings;
  private final String name;
  private final String id;
  private final Path db;
  private final Path copy;

  /**
   * @param name with a failure, so that it can be repeated
   */
  KilledLane(Path folder, ChildCommand command, Landing.Tally landings, String name) {
    this.command = command;
    this.landings = landings;
    this.name = name;
    id = "lane" + name.substring(name.lastIndexOf(' ') + 1);
    db = folder.resolve(id + ".db");
    copy = folder.resolve(id + "-copy.db");
  }

  void run(Random random, int kills) throws Exception {
    int done = 0;
    while (done < kills) {
      try (RestlessTown town = new RestlessTown(random, 100 + random.nextInt(300))) {
        int last = Math.min(kills, done + 4 + random.nextInt(12));
        while (done < last) {
          done += round(town, random, name + ", kill " + (done + 1)) == Landing.OVER ? 0 : 1;
        }
        endWell(town);
      }
      remove(db);
    }
  }

  /** The server changes, what is there is tried, and a run is killed. */
  private Landing round(RestlessTown town, Random random, String when) throws Exception {
    boolean known = Files.exists(db);
    boolean repairs = known && random.nextInt(8) == 0;
    if (known && random.nextInt(8) == 0) {
      town.beAwayForAMonth();
    } else if (known) {
      town.liveOn();
    }
    String room = town.room();
    long bytes = requireContinuable(town, repairs ? room : null, when);
    return kill(repairs ? reconcile(town, db, room) : sync(town, db), town, random, bytes);
  }

  private void endWell(RestlessTown town) throws Exception {
    assertThat(command.start(id, town.account, sync(town, db)).waitFor()).as(name).isZero();
    assertThat(command.start(id, town.account, "doctor", "--db", db).waitFor()).as(name).isZero();
    town.requireEqual(db, name);
  }

  private static Object[] sync(RestlessTown town, Path db) {
    return new Object[] {
      "sync",
      "--server",
      town.wire.url(),
      "--db",
      db,
      "--all",
      "--page-size",
      "40",
      "--retries",
      "0"
    };
  }

  private static Object[] reconcile(RestlessTown town, Path db, String room) {
    return new Object[] {"reconcile", "--server", town.wire.url(), "--db", db, "--room", room};
  }

  /**
   * A copy of what was left must be sound, and a run must make it equal to the server.
   *
   * @return how many bytes the run's answers have
   */
  private long requireContinuable(RestlessTown town, String repaired, String when)
      throws Exception {
    copyTo(copy);
    requireSound(when);
    town.wire.awaiting(Long.MAX_VALUE);
    if (repaired != null) {
      Cli.Result run = town.account.run(reconcile(town, copy, repaired));
      // A room that was never read cannot be reconciled.
      assertThat(run.state()).as("%s: %s", when, run.err()).isIn(0, ExitState.SCOPES_FAILED);
    }
    long bytes = town.wire.passed();
    Cli.Result run = town.account.run(sync(town, copy));
    assertThat(run.state()).as("%s: %s", when, run.err()).isZero();
    requireSound(when);
    town.requireEqual(copy, when);
    return repaired != null ? bytes : town.wire.passed();
  }

  private void requireSound(String when) {
    if (Files.exists(copy)) {
      try (SqliteStore store = SqliteStore.open(copy)) {
        assertThat(store.check()).as(when).isEmpty();
      }
    }
  }

  private Landing kill(Object[] run, RestlessTown town, Random random, long bytes)
      throws Exception {
    String before = states().toString();
    boolean byTime = random.nextInt(10) == 0;
    CountDownLatch reached =
        town.wire.awaiting(byTime ? Long.MAX_VALUE : (long) (random.nextDouble() * bytes));
    Process process = command.start(id, town.account, run);
    if (byTime) {
      process.waitFor(random.nextInt(1000), TimeUnit.MILLISECONDS);
    } else {
      CompletableFuture<Void> arrived =
          CompletableFuture.runAsync(() -> await(reached), NEW_THREAD);
      CompletableFuture.anyOf(process.onExit(), arrived).get();
      linger(process, town, random);
    }
    process.destroyForcibly();
    int state = process.waitFor();
    town.wire.go();
    // Or the wait for a byte that will never come goes on.
    reached.countDown();
    Landing landing = state == 128 + 9 ? landing(town, before) : Landing.OVER;
    landings.add(landing);
    return landing;
  }

  private void linger(Process process, RestlessTown town, Random random) throws Exception {
    switch (random.nextInt(5)) {
      case 0 -> {
        town.wire.go();
        process.waitFor(random.nextInt(30_000), TimeUnit.MICROSECONDS);
      }
      case 1 -> {
        town.wire.go();
        awaitWriting(process);
      }
      // What has arrived is committed before long where nothing more comes.
      case 2, 3 -> {
        awaitWriting(process);
        process.waitFor(random.nextInt(30_000), TimeUnit.MICROSECONDS);
      }
      default -> {
        // At once.
      }
    }
  }

  /** Waits until the log grows; not for ever, as what has arrived may hold nothing to write. */
  private void awaitWriting(Process process) {
    File log = part(db, "-wal").toFile();
    long size = log.length();
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    while (process.isAlive() && log.length() <= size && System.nanoTime() < limit) {
      Thread.onSpinWait();
    }
  }

  private Landing landing(RestlessTown town, String before) throws IOException {
    boolean torn = Landing.endsTorn(db);
    List<RoomState> states = states();
    boolean committed = !states.toString().equals(before);
    return Landing.of(town.wire.passed(), committed, torn, states, town.rooms());
  }

  /** Read from a copy: nobody else opens the file itself before it is continued. */
  private List<RoomState> states() throws IOException {
    copyTo(copy);
    if (!Files.exists(copy)) {
      return List.of();
    }
    try (SqliteStore store = SqliteStore.open(copy)) {
      return store.read(reader -> reader.roomStates());
    }
  }

  private void copyTo(Path target) throws IOException {
    remove(target);
    for (String part : PARTS) {
      if (Files.exists(part(db, part))) {
        Files.copy(part(db, part), part(target, part));
      }
    }
  }

  private static void remove(Path file) throws IOException {
    for (String part : PARTS) {
      Files.deleteIfExists(part(file, part));
    }
  }

  private static Path part(Path file, String part) {
    return file.resolveSibling(file.getFileName() + part);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
