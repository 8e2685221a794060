package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command in JVMs of their own, killed with SIGKILL at random points while the server goes on
 * changing: {@code -Dkills.count=N} kills more often, {@code -Dkills.seed=N} draws other points and
 * other changes.
 */
class KilledRunsTest {
  private static final int KILLS = Integer.getInteger("kills.count", 50);
  private static final long SEED = Long.getLong("kills.seed", 1);

  /** As many databases are worked on at once, each with a server of its own. */
  private static final int LANES = 2;

  @TempDir private Path folder;
  private final Landing.Tally landings = new Landing.Tally();

  @Test
  @DisplayName("R2: killed anywhere, any number of times, a run is continued to the server's rows")
  void r2_killedAnywhereAndAnyNumberOfTimesARunIsContinuedToTheServersRows() throws Exception {
    System.out.println("kills.seed=" + SEED + " kills.count=" + KILLS);
    ChildCommand command = archived();
    killInLanes(command, KILLS, SEED);
    // Where a kill lands is a matter of time, too: what fifty have missed some more will hit.
    for (int more = 1; more <= 3 && KILLS >= 50 && !landings.isEverywhere(); more++) {
      killInLanes(command, KILLS / 5, SEED + more);
    }
    System.out.print("Where " + landings.kills() + " kills landed:\n" + landings);
    assertThat(landings.inTheMiddle()).as("%s", landings).isGreaterThanOrEqualTo(KILLS / 2);
    assertThat(KILLS < 50 || landings.isEverywhere()).as("%s", landings).isTrue();
  }

  private void killInLanes(ChildCommand command, int count, long seed) throws Exception {
    ExecutorService lanes = Executors.newFixedThreadPool(LANES);
    try {
      List<Future<?>> ends = new ArrayList<>();
      for (int number = 0; number < LANES; number++) {
        int kills = count / LANES + (number < count % LANES ? 1 : 0);
        KilledLane lane =
            new KilledLane(folder, command, landings, "kills.seed=" + seed + ", lane " + number);
        Random random = new Random(seed * LANES + number);
        ends.add(
            lanes.submit(
                () -> {
                  lane.run(random, kills);
                  return kills;
                }));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    } finally {
      lanes.shutdownNow();
    }
  }

  private ChildCommand archived() throws Exception {
    try (RestlessTown example = new RestlessTown(new Random(SEED), 100)) {
      return ChildCommand.archived(
          folder,
          example.account,
          "sync",
          "--server",
          example.wire.url(),
          "--db",
          folder.resolve("example.db"),
          "--all");
    }
  }
}
