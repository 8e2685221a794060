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
import dev.strandline.ThreadMode;
import dev.strandline.internal.call.TestClock;
import dev.strandline.internal.commit.Listeners;
import dev.strandline.model.Coverage;
import dev.strandline.model.MessageId;
import dev.strandline.model.Scope;
import dev.strandline.spi.RoomState;
import dev.strandline.store.memory.MemoryStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Random histories of a room, its threads and the caller's membership, with wrong dates, broken
 * answers, crashes and absences: whatever a coverage says is true of the server at the moment that
 * it names, and when all is quiet the rows equal the server's.
 *
 * <p>{@code -Dclaims.seed=N} replays one history with its trace, {@code -Dclaims.count=N} runs more
 * of them.
 */
class ClaimsTest {
  private static final int HISTORIES = Integer.getInteger("claims.count", 2_000);

  private static final List<ThreadMode> THREAD_MODES = List.of(ThreadMode.values());

  @Test
  @DisplayName("R8 R9 R10 R11 R12 R13: every claim is true of the server at the claimed moment")
  void everyClaimIsTrueOfTheServerAtTheClaimedMoment() {
    Integer only = Integer.getInteger("claims.seed");
    if (only != null) {
      replay(only);
      return;
    }
    long claims = 0;
    for (int seed = 0; seed < HISTORIES; seed++) {
      try {
        claims += new HistoryOf(seed, null).run();
      } catch (RuntimeException | AssertionError e) {
        replay(seed);
        throw new AssertionError("seed " + seed + " failed only once", e);
      }
    }
    assertThat(claims).isGreaterThan(HISTORIES);
  }

  private static void replay(int seed) {
    StringBuilder trace = new StringBuilder();
    try {
      new HistoryOf(seed, trace).run();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("seed %d: %s%n%s".formatted(seed, e.getMessage(), trace), e);
    }
  }

  /** One seed's history. */
  private static final class HistoryOf {
    private final Random random;
    private final TestClock clock = new TestClock();
    private final MemoryStore rows = new MemoryStore();
    private final RandomWorld world;
    private final ClaimCheck claims;
    private final @Nullable StringBuilder trace;
    private double crashes;

    HistoryOf(int seed, @Nullable StringBuilder trace) {
      this.trace = trace;
      random = new Random(seed);
      world = new RandomWorld(random, clock, trace);
      claims = new ClaimCheck(world, rows);
      crashes = random.nextBoolean() ? 0 : 0.04;
    }

    /** Returns how many claims were checked. */
    long run() {
      world.happen(40);
      for (int days = 1 + random.nextInt(8); days > 0; days--) {
        workADay();
        check();
        world.happen(12);
        world.pass(absence());
        check();
      }
      crashes = 0;
      world.calmDown();
      assertConverged();
      return claims.claims();
    }

    private void workADay() {
      world.beginDay();
      world.server.log.clear();
      SyncRequest request = request();
      try {
        if (random.nextInt(12) == 0) {
          note(
              "reconcile "
                  + engine(options())
                      .reconcile(ReconcileRequest.room(Workspace.ROOM), new Cancellation()));
        } else {
          note(request + " " + engine(options()).sync(request, new Cancellation()).outcome());
        }
      } catch (CrashingStore.Crash e) {
        note(request + " crashed"); // the next day goes on from what was committed
      }
    }

    private SyncRequest request() {
      return switch (random.nextInt(4)) {
        case 0 -> SyncRequest.everything();
        case 1 ->
            world
                .anyRoot()
                .map(root -> SyncRequest.thread(new MessageId(root)))
                .orElse(SyncRequest.room(Workspace.ROOM));
        default -> SyncRequest.room(Workspace.ROOM);
      };
    }

    private Duration absence() {
      return switch (random.nextInt(12)) {
        case 0 -> Duration.ofHours(3);
        case 1 -> Duration.ofDays(3);
        case 2 -> Duration.ofDays(20);
        case 3 -> Duration.ofDays(28);
        default -> Duration.ofMillis(random.nextInt(400_000));
      };
    }

    private SyncOptions options() {
      return SyncOptions.builder()
          .pageSize(1 + random.nextInt(5))
          .history(
              switch (random.nextInt(3)) {
                case 0 -> History.none();
                case 1 -> History.latest(random.nextInt(12));
                default -> History.all();
              })
          .threads(THREAD_MODES.get(random.nextInt(THREAD_MODES.size())))
          .lanes(1 + random.nextInt(3))
          .goneRooms(random.nextInt(6) == 0 ? GoneRooms.PURGE : GoneRooms.FREEZE)
          .retry(
              new RetryPolicy(
                  3, Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofMinutes(1)))
          .build();
    }

    private Engine engine(SyncOptions options) {
      return new Engine(
          new CrashingStore(rows, () -> random.nextDouble() < crashes),
          world.server,
          options,
          new Surroundings(clock, new TakingTurns(random), random, new Listeners()));
    }

    private void check() {
      claims.run(1 + random.nextInt(10));
    }

    private void assertConverged() {
      SyncOptions all = options().toBuilder().history(History.all()).build();
      SyncRequest request = SyncRequest.builder().everything().room(Workspace.ROOM).build();
      world.server.log.clear();
      SyncReport report = engine(all).sync(request, new Cancellation());
      note("at last " + report);
      assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.COMPLETE);
      check();
      if (!rows.read(reader -> reader.inQuestion()).isEmpty()) {
        // R7: settled once its deletion must have been carried out, by whatever the dates say.
        world.pass(Duration.ofDays(2));
        engine(all).sync(request, new Cancellation());
        check();
      }
      if (world.hides) {
        engine(all).reconcile(ReconcileRequest.room(Workspace.ROOM), new Cancellation());
      } else {
        Coverage coverage = LocalCopy.of(rows).room(Workspace.ROOM).orElseThrow().coverage();
        assertThat(coverage).isInstanceOf(Coverage.Complete.class);
      }
      assertThat(stored()).isEqualTo(shown());
      assertThat(rows.check()).isEmpty();
    }

    private Map<String, String> stored() {
      Map<String, String> stored = new TreeMap<>();
      LocalCopy.of(rows)
          .forEachMessage(
              Scope.room(Workspace.ROOM),
              message -> stored.put(message.id().value(), message.json()));
      return stored;
    }

    private Map<String, String> shown() {
      Map<String, String> shown = new TreeMap<>();
      for (String id : world.workspace.shown()) {
        shown.put(id, ScriptedServer.message(world.workspace.the(id)).json());
      }
      return shown;
    }

    /** For whoever has to find out why. */
    private void note(String what) {
      if (trace == null) {
        return;
      }
      Optional<RoomState> state = rows.read(reader -> reader.roomState(Workspace.ROOM));
      trace.append("%s %s%n".formatted(world.workspace.time(), what));
      world.server.log.forEach(query -> trace.append("  asked %s%n".formatted(query)));
      trace.append("  stands at %s%n".formatted(state));
    }
  }
}
