package dev.strandline.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.Cancellation;
import dev.strandline.LocalCopy;
import dev.strandline.ReconcileReport;
import dev.strandline.ReconcileRequest;
import dev.strandline.RetryPolicy;
import dev.strandline.SyncOptions;
import dev.strandline.SyncRequest;
import dev.strandline.internal.call.TestClock;
import dev.strandline.internal.commit.Listeners;
import dev.strandline.model.Scope;
import dev.strandline.store.memory.MemoryStore;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Random histories of a room that is kept whole, with absences after which only counting or reading
 * whole can tell: whatever way a room was settled by, every claim is true and no ghost stays.
 */
class CountingClaimsTest {
  private static final int HISTORIES = Integer.getInteger("counting.count", 2_000);

  @Test
  @DisplayName("R10 R11: what is settled by counting is as true as what was read whole")
  void whatIsSettledByCountingIsTrue() {
    Integer only = Integer.getInteger("counting.seed");
    if (only != null) {
      new HistoryOf(only).run();
      return;
    }
    Set<ReconcileReport.Way> ways = EnumSet.noneOf(ReconcileReport.Way.class);
    for (int seed = 0; seed < HISTORIES; seed++) {
      HistoryOf history = new HistoryOf(seed);
      history.run();
      ways.addAll(history.ways);
    }
    assertThat(ways).as("each way is taken").hasSize(ReconcileReport.Way.values().length);
  }

  /** One seed's history. */
  private static final class HistoryOf {
    private final int seed;
    private final Random random;
    private final TestClock clock = new TestClock();
    private final MemoryStore rows = new MemoryStore();
    private final RandomWorld world;
    private final ClaimCheck claims;
    private double crashes;
    private final Set<ReconcileReport.Way> ways = EnumSet.noneOf(ReconcileReport.Way.class);

    HistoryOf(int seed) {
      this.seed = seed;
      random = new Random(seed);
      world = new RandomWorld(random, clock, null);
      claims = new ClaimCheck(world, rows);
      crashes = random.nextBoolean() ? 0 : 0.02;
      int busy = 2 + random.nextInt(20);
      world.server.meanwhile =
          () -> {
            if (random.nextInt(busy) == 0) {
              world.happen(2);
              world.pass(Duration.ofMillis(random.nextInt(3_000)));
            }
          };
    }

    void run() {
      try {
        live();
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }

    private void live() {
      for (int i = 0; i < 8; i++) {
        world.happen(25);
        world.pass(Duration.ofHours(1));
      }
      for (int days = 2 + random.nextInt(6); days > 0; days--) {
        workADay();
        claims.run(5);
        world.happen(random.nextInt(6));
        world.pass(absence());
      }
      crashes = 0;
      world.calmDown();
      world.pass(Duration.ofHours(1));
      SyncRequest all = SyncRequest.builder().everything().room(Workspace.ROOM).build();
      engine().sync(all, new Cancellation());
      ReconcileReport report = reconcile(ReconcileRequest.room(Workspace.ROOM).quickly());
      assertThat(report.failure()).isNull();
      assertThat(stored()).as("%s", report).isEqualTo(world.workspace.shown());
      claims.run(5);
    }

    private void workADay() {
      world.beginDay();
      world.server.log.clear();
      ReconcileRequest quick = ReconcileRequest.room(Workspace.ROOM).quickly();
      try {
        switch (random.nextInt(4)) {
          case 0 -> reconcile(quick);
          case 1 -> compare(quick.withoutRepair());
          default -> engine().sync(SyncRequest.everything(), new Cancellation());
        }
      } catch (CrashingStore.Crash e) {
        // The next day goes on from what was committed.
      }
    }

    /** What a comparison by counting calls surplus is gone. */
    private void compare(ReconcileRequest request) {
      ReconcileReport report = reconcile(request);
      if (report.way() != ReconcileReport.Way.WHOLE) {
        report
            .surplus()
            .forEach(id -> assertThat(world.goneAt(id.value())).as("%s", id).isNotNull());
        assertThat(report.missing()).isEmpty();
      }
    }

    private ReconcileReport reconcile(ReconcileRequest request) {
      world.server.log.clear();
      ReconcileReport report = engine().reconcile(request, new Cancellation());
      ways.add(report.way());
      return report;
    }

    private Duration absence() {
      return switch (random.nextInt(6)) {
        case 0 -> Duration.ofDays(28);
        case 1 -> Duration.ofDays(40);
        case 2 -> Duration.ofMillis(random.nextInt(400_000));
        default -> Duration.ofHours(1 + random.nextInt(50));
      };
    }

    private Engine engine() {
      SyncOptions options =
          SyncOptions.builder()
              .pageSize(1 + random.nextInt(6))
              .lanes(1 + random.nextInt(3))
              .retry(
                  new RetryPolicy(
                      3, Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofMinutes(1)))
              .build();
      return new Engine(
          new CrashingStore(rows, () -> random.nextDouble() < crashes),
          world.server,
          options,
          new Surroundings(clock, new TakingTurns(random), random, new Listeners()));
    }

    private Set<String> stored() {
      Set<String> ids = new TreeSet<>();
      LocalCopy.of(rows)
          .forEachMessage(Scope.room(Workspace.ROOM), message -> ids.add(message.id().value()));
      return ids;
    }
  }
}
