package dev.strandline.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.Cancellation;
import dev.strandline.GoneRooms;
import dev.strandline.History;
import dev.strandline.LocalCopy;
import dev.strandline.Outcome;
import dev.strandline.ReconcileRequest;
import dev.strandline.RetryPolicy;
import dev.strandline.SyncOptions;
import dev.strandline.SyncReport;
import dev.strandline.SyncRequest;
import dev.strandline.internal.call.TestClock;
import dev.strandline.internal.commit.Listeners;
import dev.strandline.internal.commit.Merge;
import dev.strandline.model.Coverage;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.Scope;
import dev.strandline.spi.RoomState;
import dev.strandline.store.memory.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Random histories of a room, random options, random faults and crashes: when all is quiet, the
 * stored rows equal the server's. A failing history is replayed with {@code -Dhistory.seed=N}, and
 * {@code -Dhistory.count=N} runs more of them.
 */
class ConvergenceTest {
  private static final int HISTORIES = Integer.getInteger("history.count", 1_500);

  @Test
  @DisplayName("R2 R3 R4 R5 R6 R7 R8 R11 R16: after any history the rows equal the server's")
  void rowsEqualTheServersAfterAnyHistory() {
    Integer only = Integer.getInteger("history.seed");
    if (only != null) {
      new HistoryOf(only).run();
      return;
    }
    for (int seed = 0; seed < HISTORIES; seed++) {
      new HistoryOf(seed).run();
    }
  }

  /** One seed's history. */
  private static final class HistoryOf {
    private final int seed;
    private final Random random;
    private final ModelServer server;
    private final MemoryStore rows = new MemoryStore();
    private final TestClock clock = new TestClock();
    private final StringBuilder trace = new StringBuilder();
    private double crashes;

    HistoryOf(int seed) {
      this.seed = seed;
      random = new Random(seed);
      server = new ModelServer(random);
    }

    void run() {
      server.happen(60);
      server.meanwhile = () -> server.happen(2);
      server.faults = random.nextBoolean() ? 0 : 0.2;
      crashes = random.nextBoolean() ? 0 : 0.05;
      for (int runs = 1 + random.nextInt(8); runs > 0; runs--) {
        sync();
        if (random.nextInt(10) == 0) {
          reconcile();
        }
        server.happen(20);
        leap();
      }
      calmDown();
      assertConverged();
    }

    /**
     * Sometimes a device is away for hours, days, or longer than the server remembers deletions.
     */
    private void leap() {
      switch (random.nextInt(20)) {
        case 0 -> server.advance(Duration.ofHours(3).toMillis());
        case 1 -> server.advance(Duration.ofDays(3).toMillis());
        case 2 -> server.advance(Duration.ofDays(28).toMillis());
        default -> {}
      }
    }

    private void calmDown() {
      server.faults = 0;
      crashes = 0;
      server.meanwhile = () -> {};
      server.advance(2 * server.skew + 1);
      server.settle(true);
      // What was in question can be asked for.
      Duration rest = Merge.PRUNE_ALLOWANCE.multipliedBy(3);
      server.advance(rest.toMillis());
      clock.advance(rest);
    }

    private void sync() {
      try {
        engine(options()).sync(SyncRequest.room(ModelServer.ROOM), new Cancellation());
      } catch (CrashingStore.Crash e) {
        // The next run goes on from what was committed.
      }
      note("then");
      assertThat(rows.check()).as("seed %d", seed).isEmpty();
    }

    private void reconcile() {
      try {
        engine(options()).reconcile(ReconcileRequest.room(ModelServer.ROOM), new Cancellation());
      } catch (CrashingStore.Crash e) {
        // Continued by the next run.
      }
      note("then");
      assertThat(rows.check()).as("seed %d", seed).isEmpty();
    }

    private void assertConverged() {
      SyncOptions all = options().toBuilder().history(History.all()).build();
      SyncReport report = engine(all).sync(SyncRequest.room(ModelServer.ROOM), new Cancellation());
      assertThat(report.outcome()).as("seed %d: %s", seed, report).isEqualTo(Outcome.COMPLETE);
      if (server.hides || server.restores) {
        engine(all).reconcile(ReconcileRequest.room(ModelServer.ROOM), new Cancellation());
      }
      note("last");
      assertThat(differences()).as("seed %d%n%s", seed, trace).isEmpty();
      Coverage coverage = LocalCopy.of(rows).room(ModelServer.ROOM).orElseThrow().coverage();
      if (server.hides) {
        assertThat(coverage).as("seed %d", seed).isInstanceOf(Coverage.Stale.class);
      } else {
        assertThat(coverage).as("seed %d", seed).isInstanceOf(Coverage.Complete.class);
      }
      SyncReport again = engine(all).sync(SyncRequest.room(ModelServer.ROOM), new Cancellation());
      assertThat(again.scopes().get(0).upserts() + again.scopes().get(0).tombstones())
          .as("seed %d: applying anything twice changes nothing", seed)
          .isZero();
    }

    private SyncOptions options() {
      return SyncOptions.builder()
          .pageSize(new int[] {1, 2, 3, 7}[random.nextInt(4)])
          .lookback(Duration.ofMillis(2 * server.skew + 1))
          .history(random.nextInt(3) == 0 ? History.latest(random.nextInt(30)) : History.all())
          .lanes(1 + random.nextInt(3))
          .goneRooms(GoneRooms.FREEZE)
          .retry(
              new RetryPolicy(
                  3, Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofMinutes(1)))
          .build();
    }

    private Engine engine(SyncOptions options) {
      return new Engine(
          new CrashingStore(rows, () -> random.nextDouble() < crashes),
          server,
          options,
          new Surroundings(clock, new TakingTurns(random), random, new Listeners()));
    }

    /** For whoever has to find out why. */
    private void note(String what) {
      Optional<RoomState> state = rows.read(reader -> reader.roomState(ModelServer.ROOM));
      trace.append("%s at %d: %s%n".formatted(what, server.now(), state));
    }

    private List<String> differences() {
      Map<String, String> stored = stored();
      Map<String, String> shown = shown();
      List<String> differences = new ArrayList<>();
      Set<String> ids = new TreeSet<>(stored.keySet());
      ids.addAll(shown.keySet());
      for (String id : ids) {
        if (!Objects.equals(stored.get(id), shown.get(id))) {
          differences.add(
              "stored "
                  + stored.get(id)
                  + ", shown "
                  + shown.get(id)
                  + ", "
                  + rows.read(reader -> reader.tombstone(new MessageId(id))));
        }
      }
      return differences;
    }

    private Map<String, String> stored() {
      Map<String, String> stored = new TreeMap<>();
      LocalCopy.of(rows)
          .forEachMessage(
              Scope.room(ModelServer.ROOM),
              (Message message) -> stored.put(message.id().value(), message.json()));
      return stored;
    }

    private Map<String, String> shown() {
      Map<String, String> shown = new TreeMap<>();
      server.live.forEach((id, row) -> shown.put(id, ModelServer.message(id, row).json()));
      return shown;
    }
  }
}
