package dev.strandline.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.spi.Store;
import dev.strandline.testkit.simulation.Medium;
import dev.strandline.testkit.simulation.Script;
import dev.strandline.testkit.simulation.Simulation;
import dev.strandline.testkit.simulation.SimulationFailure;
import dev.strandline.testkit.simulation.Summary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Histories over SQLite, the file opened anew after a crash. {@code -Dsim.seeds=N} plays so many,
 * {@code -Dsim.first=S} begins with another seed, {@code -Dsim.seed=S} replays one.
 */
final class SqliteSimulationTest {
  private static final long HISTORIES = Long.getLong("sim.seeds", 100);
  private static final long FIRST = Long.getLong("sim.first", 0);

  @TempDir Path folder;
  private final AtomicLong files = new AtomicLong();
  private final Simulation simulation = Simulation.over(this::file);

  @Test
  @DisplayName("R2 R9: a synced room equals the server's in the file too, whatever happened")
  void aSyncedRoomEqualsTheServersWhateverHappenedOnTheWay() {
    Long only = Long.getLong("sim.seed");
    if (only != null) {
      System.out.println(simulation.trace(Script.draw(only)));
      simulation.run(only);
      return;
    }
    Summary summary =
        simulation.runAll(FIRST, HISTORIES, Runtime.getRuntime().availableProcessors());
    System.out.println("simulation over SQLite: " + summary);
    SimulationFailure failure = summary.failure();
    if (failure != null) {
      throw new AssertionError(simulation.explain(failure), failure);
    }
    assertThat(summary.histories()).isEqualTo(HISTORIES);
  }

  @Test
  void aSeedLeavesTheSameContentInTheFileAsInMemory() {
    for (long seed = 0; seed < 20; seed++) {
      assertThat(simulation.run(seed)).isEqualTo(Simulation.overMemory().run(seed));
    }
  }

  private Medium file() {
    Path path = folder.resolve("history-" + files.incrementAndGet() + ".db");
    return new Medium() {
      private @Nullable Store store;

      @Override
      public Store open() {
        close(false);
        store = SqliteStore.open(path);
        return store;
      }

      @Override
      public void close() {
        close(true);
      }

      private void close(boolean forGood) {
        if (store != null) {
          store.close();
        }
        for (String rest : forGood ? new String[] {"", "-wal", "-shm", ".lock"} : new String[0]) {
          try {
            Files.deleteIfExists(Path.of(path + rest));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      }
    };
  }
}
