package dev.strandline.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Histories over the store in memory. {@code -Dsim.seeds=N} plays so many on all cores, {@code
 * -Dsim.first=S} begins with another seed, {@code -Dsim.seed=S} replays one with its trace.
 */
class SimulationTest {
  private static final long HISTORIES = Long.getLong("sim.seeds", 10_000);
  private static final long FIRST = Long.getLong("sim.first", 0);

  private final Simulation simulation = Simulation.overMemory();

  @Test
  @DisplayName("R2 R3 R4 R5 R6 R7 R8 R9 R10 R11 R12 R13 R14 R16: a synced room equals the server's")
  void aSyncedRoomEqualsTheServersWhateverHappenedOnTheWay() {
    Long only = Long.getLong("sim.seed");
    if (only != null) {
      System.out.println(simulation.trace(Script.draw(only)));
      simulation.run(only);
      return;
    }
    Summary summary =
        simulation.runAll(FIRST, HISTORIES, Runtime.getRuntime().availableProcessors());
    System.out.println("simulation over memory: " + summary);
    SimulationFailure failure = summary.failure();
    if (failure != null) {
      throw new AssertionError(
          "%s%nreplay: mvn test -pl testkit -am -Dtest=SimulationTest -Dsim.seed=%d -Dsurefire.failIfNoSpecifiedTests=false"
              .formatted(simulation.explain(failure), failure.script().seed()),
          failure);
    }
    assertThat(summary.histories()).isEqualTo(HISTORIES);
    assertThat(summary.claims()).isGreaterThan(HISTORIES);
  }

  @Test
  void oneSeedPlayedTwiceLeavesTheSameContent() {
    for (long seed = 0; seed < 20; seed++) {
      assertThat(simulation.run(seed)).isEqualTo(simulation.run(seed));
    }
  }

  @Test
  void aHistoryThatCannotBePlayedIsNotLeftOutUnseen() {
    Simulation withoutRoom =
        Simulation.over(
            () -> {
              throw new OutOfMemoryError("none for a store");
            });
    assertThatThrownBy(() -> withoutRoom.runAll(7, 100, 2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching("Not played: seed [78]")
        .hasRootCauseMessage("none for a store");
  }
}
