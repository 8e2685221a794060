package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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

  @TempDir private Path folder;
  private final Landing.Tally landings = new Landing.Tally();

  @Test
  @DisplayName("R2: killed anywhere, any number of times, a run is continued to the server's rows")
  void r2_killedAnywhereAndAnyNumberOfTimesARunIsContinuedToTheServersRows() throws Exception {
    System.out.println("kills.seed=" + SEED + " kills.count=" + KILLS);
    ChildCommand command = Ordeal.archived(folder, SEED);
    kill(command, KILLS, SEED);
    // Where a kill lands is a matter of time, too: what fifty have missed some more will hit.
    for (int more = 1; more <= 3 && KILLS >= 50 && !landings.isEverywhere(); more++) {
      kill(command, KILLS / 5, SEED + more);
    }
    System.out.print("Where " + landings.kills() + " kills landed:\n" + landings);
    assertThat(landings.inTheMiddle()).as("%s", landings).isGreaterThanOrEqualTo(KILLS / 2);
    assertThat(KILLS < 50 || landings.isEverywhere()).as("%s", landings).isTrue();
  }

  private void kill(ChildCommand command, int count, long seed) throws Exception {
    Ordeal.suffer(folder, command, new Kill(landings), count, "kills.seed", seed);
  }
}
