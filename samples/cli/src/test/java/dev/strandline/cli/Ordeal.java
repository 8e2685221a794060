package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.spi.RoomState;
import dev.strandline.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * One database whose runs are harmed again and again, while the server goes on changing. Of what
 * each leaves, a copy is checked, brought to the present and compared with the server; the next run
 * goes on from what was left itself, and the last ones are not harmed.
 */
final class Ordeal {
  private static final String[] PARTS = {"", "-wal", "-shm", ".lock"};

  /** As many databases are worked on at once, each with a server of its own. */
  private static final int LANES = 2;

  private final ChildCommand command;
  private final Harm harm;
  private final String name;
  private final String id;
  private final Path db;
  private final Path copy;

  /** What is done to a run of the command. */
  interface Harm {
    /**
     * Runs the command and harms it.
     *
     * @param run its words
     * @param bytes how many bytes of answers the run has where nothing goes wrong
     * @param when for failures, so that they can be repeated
     * @return whether it was hit before it had ended
     */
    boolean befalls(
        Ordeal ordeal, RestlessTown town, Object[] run, long bytes, Random random, String when)
        throws Exception;
  }

  private Ordeal(Path folder, ChildCommand command, Harm harm, String seed, int lane) {
    this.command = command;
    this.harm = harm;
    name = seed + ", lane " + lane;
    id = "lane" + lane;
    db = folder.resolve(id + ".db");
    copy = folder.resolve(id + "-copy.db");
  }

  /**
   * Harms {@code count} runs.
   *
   * @param property the name of the seed, for failures
   */
  static void suffer(
      Path folder, ChildCommand command, Harm harm, int count, String property, long seed)
      throws Exception {
    ExecutorService lanes = Executors.newFixedThreadPool(LANES);
    try {
      List<Future<?>> ends = new ArrayList<>();
      for (int number = 0; number < LANES; number++) {
        int times = count / LANES + (number < count % LANES ? 1 : 0);
        Ordeal ordeal = new Ordeal(folder, command, harm, property + "=" + seed, number);
        Random random = new Random(seed * LANES + number);
        ends.add(
            lanes.submit(
                () -> {
                  ordeal.run(random, times);
                  return times;
                }));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    } finally {
      lanes.shutdownNow();
    }
  }

  /** Children that start fast; see {@link ChildCommand#archived}. */
  static ChildCommand archived(Path folder, long seed) throws Exception {
    try (RestlessTown example = new RestlessTown(new Random(seed), 100)) {
      return ChildCommand.archived(
          folder, example.account, sync(example, folder.resolve("example.db")));
    }
  }

  private void run(Random random, int count) throws Exception {
    int done = 0;
    while (done < count) {
      try (RestlessTown town = new RestlessTown(random, 100 + random.nextInt(300))) {
        int last = Math.min(count, done + 4 + random.nextInt(12));
        while (done < last) {
          done += round(town, random, name + ", " + (done + 1)) ? 1 : 0;
        }
        endWell(town);
      }
      remove(db);
    }
  }

  /** The server changes, what is there is tried, and a run is harmed. */
  private boolean round(RestlessTown town, Random random, String when) throws Exception {
    boolean known = Files.exists(db);
    boolean repairs = known && random.nextInt(8) == 0;
    if (known && random.nextInt(8) == 0) {
      town.beAwayForAMonth();
    } else if (known) {
      town.liveOn();
    }
    String room = town.room();
    long bytes = requireContinuable(town, repairs ? room : null, when);
    Object[] run = repairs ? reconcile(town, db, room) : sync(town, db);
    return harm.befalls(this, town, run, bytes, random, when);
  }

  private void endWell(RestlessTown town) throws Exception {
    assertThat(command.start(id, town.account, sync(town, db)).waitFor()).as(name).isZero();
    assertThat(command.start(id, town.account, "doctor", "--db", db).waitFor()).as(name).isZero();
    requireEqual(town, db, name);
  }

  /** Equal now or, where some messages are in question, when their deletion has had its time. */
  private static void requireEqual(RestlessTown town, Path file, String when) throws Exception {
    for (int runs = 0; runs < 3 && town.isInQuestion(file); runs++) {
      town.letDeletionsEnd();
      Cli.Result run = town.account.run(sync(town, file));
      assertThat(run.state()).as("%s: %s", when, run.err()).isZero();
    }
    town.requireEqual(file, when);
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
      Object[] repair = reconcile(town, copy, repaired);
      Cli.Result run = town.account.run(repair);
      assertThat(hasEnded(repair, run.state())).as("%s: %s", when, run.err()).isTrue();
    }
    long bytes = town.wire.passed();
    Cli.Result run = town.account.run(sync(town, copy));
    assertThat(run.state()).as("%s: %s", when, run.err()).isZero();
    requireSound(when);
    bytes = repaired != null ? bytes : town.wire.passed();
    requireEqual(town, copy, when);
    return bytes;
  }

  /**
   * Whether a run came to its end; a room that was never read, or never heard of, has no repair.
   */
  static boolean hasEnded(Object[] run, int state) {
    boolean repairs = run[0].equals("reconcile");
    return state == ExitState.DONE
        || (repairs && (state == ExitState.SCOPES_FAILED || state == ExitState.USAGE));
  }

  private void requireSound(String when) {
    if (Files.exists(copy)) {
      try (SqliteStore store = SqliteStore.open(copy)) {
        assertThat(store.check()).as(when).isEmpty();
      }
    }
  }

  // --- for who does the harm ---------------------------------------------------------------------

  ChildCommand command() {
    return command;
  }

  /** Of the files that hold what a child prints; one child of an ordeal runs at a time. */
  String id() {
    return id;
  }

  Path db() {
    return db;
  }

  Path log() {
    return part(db, "-wal");
  }

  /** Read from a copy: nobody else opens the file itself before it is continued. */
  List<RoomState> states() throws IOException {
    copyTo(copy);
    if (!Files.exists(copy)) {
      return List.of();
    }
    try (SqliteStore store = SqliteStore.open(copy)) {
      return store.read(reader -> reader.roomStates());
    }
  }

  // --- the files ---------------------------------------------------------------------------------

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
}
