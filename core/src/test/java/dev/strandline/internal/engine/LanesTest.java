package dev.strandline.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.strandline.Cancellation;
import dev.strandline.LocalCopy;
import dev.strandline.Outcome;
import dev.strandline.RetryPolicy;
import dev.strandline.ScopeReport;
import dev.strandline.SyncOptions;
import dev.strandline.SyncReport;
import dev.strandline.SyncRequest;
import dev.strandline.error.NotAuthorizedException;
import dev.strandline.error.StoreFailedException;
import dev.strandline.internal.call.TestClock;
import dev.strandline.internal.commit.Listeners;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.spi.FeedQuery;
import dev.strandline.spi.Store;
import dev.strandline.store.memory.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Several rooms at once. A seed draws who goes on when, so that whatever fails can be repeated;
 * what is asked of every seed is asked of some hundred.
 */
class LanesTest {
  private static final int SEEDS = 120;
  private static final List<RoomId> ROOMS =
      List.of(new RoomId("A"), new RoomId("B"), new RoomId("C"), new RoomId("D"));

  /** A town of four rooms with threads, and a device that works on them with three lanes. */
  private static final class Town {
    final Workspace workspace = new Workspace();
    final ScriptedServer server = new ScriptedServer(workspace);
    final MemoryStore rows = new MemoryStore();
    final Listeners listeners = new Listeners();
    final TakingTurns turns;
    private final TestClock clock = new TestClock();
    private final Random random;

    Town(int seed) {
      random = new Random(seed);
      turns = new TakingTurns(random);
      server.meanwhile = turns::letOthers;
      for (int i = 0; i < 12; i++) {
        for (RoomId room : ROOMS) {
          workspace.post(room + "-" + i, room);
          if (i == 2) {
            workspace.reply(room + "-reply", room + "-1");
          }
        }
        pass(Duration.ofSeconds(7));
      }
    }

    void pass(Duration duration) {
      workspace.pass(duration);
      clock.advance(duration);
    }

    /** Some of everything, in every room. */
    void goOn() {
      pass(Duration.ofMinutes(30));
      for (RoomId room : ROOMS) {
        workspace.post(room + "-new-" + workspace.now(), room);
        workspace.edit(room + "-3");
        String doomed = room + "-" + (4 + random.nextInt(2));
        if (workspace.posts.containsKey(doomed)) {
          workspace.delete(doomed);
        }
      }
      pass(Duration.ofMinutes(30));
    }

    SyncReport sync() {
      return sync(rows, new Cancellation());
    }

    SyncReport sync(Store store, Cancellation cancellation) {
      SyncOptions options =
          SyncOptions.builder().pageSize(3).lanes(3).retry(RetryPolicy.never()).build();
      SyncRequest.Builder request = SyncRequest.builder();
      ROOMS.forEach(request::room);
      ROOMS.forEach(room -> request.thread(new MessageId(room + "-1")));
      Surroundings surroundings = new Surroundings(clock, turns, random, listeners);
      return new Engine(store, server, options, surroundings).sync(request.build(), cancellation);
    }

    void assertEqualsTheServer(int seed) {
      assertThat(rows.check()).as("seed %d", seed).isEmpty();
      for (RoomId room : ROOMS) {
        Set<String> stored = new TreeSet<>();
        LocalCopy.of(rows).forEachMessage(Scope.room(room), m -> stored.add(m.json()));
        Set<String> shown = new TreeSet<>();
        workspace.posts.values().stream()
            .filter(post -> post.room.equals(room))
            .forEach(post -> shown.add(ScriptedServer.message(post).json()));
        assertThat(stored).as("seed %d, room %s", seed, room).isEqualTo(shown);
      }
    }
  }

  @Test
  void r7_whatConcernsOneRoomIsAskedAndWrittenInOrderWhileOthersGoOn() {
    int most = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Town town = new Town(seed);
      Map<RoomId, FeedQuery> underWay = new HashMap<>();
      Set<Integer> together = new HashSet<>();
      town.server.before =
          query -> {
            assertThat(underWay.put(roomOf(query), query)).as("asked at once").isNull();
            together.add(underWay.size());
            town.turns.letOthers();
            underWay.remove(roomOf(query));
          };
      assertThat(town.sync().outcome()).as("seed %d", seed).isEqualTo(Outcome.COMPLETE);
      town.goOn();
      assertThat(town.sync().outcome()).as("seed %d", seed).isEqualTo(Outcome.COMPLETE);
      town.assertEqualsTheServer(seed);
      most = Math.max(most, together.stream().max(Integer::compare).orElse(0));
    }
    assertThat(most).as("three lanes, three rooms at once").isEqualTo(3);
  }

  private static RoomId roomOf(FeedQuery query) {
    return query.scope() instanceof Scope.OfRoom room
        ? room.room()
        : new RoomId(query.scope().toString().substring("thread:".length()).replaceAll("-.*", ""));
  }

  @Test
  void r2_aCrashAtAnyCommitOfAnyGroupCostsTimeAndNoData() {
    int crashes = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Town town = new Town(seed);
      int lastOne = 1 + seed % 40;
      AtomicInteger crossings = new AtomicInteger();
      BooleanSupplier dies = () -> crossings.incrementAndGet() == lastOne;
      if (seed % 2 == 0) {
        town.sync();
        town.goOn();
      }
      Throwable crash =
          catchThrowable(() -> town.sync(new CrashingStore(town.rows, dies), new Cancellation()));
      crashes += crash instanceof CrashingStore.Crash ? 1 : 0;
      assertThat(town.rows.check()).as("seed %d", seed).isEmpty();
      town.goOn();
      assertThat(town.sync().outcome()).as("seed %d", seed).isEqualTo(Outcome.COMPLETE);
      town.assertEqualsTheServer(seed);
    }
    assertThat(crashes).isGreaterThan(SEEDS / 2);
  }

  @Test
  void r2_aRunThatIsCancelledAnywhereEndsEveryLaneAndLosesNothing() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Town town = new Town(seed);
      int last = 1 + seed % 20;
      AtomicInteger asked = new AtomicInteger();
      Cancellation cancellation = new Cancellation();
      town.server.before =
          query -> {
            if (asked.incrementAndGet() == last) {
              cancellation.cancel();
            }
          };
      SyncReport report = town.sync(town.rows, cancellation);
      assertThat(report.stoppedBy()).as("seed %d", seed).isNotNull();
      assertThat(report.stoppedBy().kind()).isEqualTo("cancelled");
      assertThat(report.scopes()).hasSize(2 * ROOMS.size());
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      assertThat(asked.get()).as("what was under way, and no more").isLessThan(last + 3);
      town.server.before = query -> {};
      town.goOn();
      town.sync();
      town.assertEqualsTheServer(seed);
    }
  }

  @Test
  void aStoreThatFailsEndsTheRunAndIsThrown() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Town town = new Town(seed);
      int first = 3 + seed % 4;
      AtomicInteger writes = new AtomicInteger();
      Store full = new FailingStore(town.rows, () -> writes.incrementAndGet() >= first);
      assertThatThrownBy(() -> town.sync(full, new Cancellation()))
          .as("seed %d", seed)
          .isInstanceOf(StoreFailedException.class);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      assertThat(town.rows.check()).isEmpty();
      town.sync();
      town.assertEqualsTheServer(seed);
    }
  }

  @Test
  void whatEndsTheRunForOneLaneEndsItForAllAndIsEveryScopesFailure() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Town town = new Town(seed);
      town.server.before =
          query -> {
            town.turns.letOthers();
            if (query.scope().equals(Scope.room(ROOMS.get(1)))) {
              throw new NotAuthorizedException("the token was revoked");
            }
          };
      SyncReport report = town.sync();
      assertThat(report.stoppedBy()).as("seed %d", seed).isNotNull();
      assertThat(report.stoppedBy().kind()).isEqualTo("not-authorized");
      assertThat(report.scopes())
          .as("seed %d", seed)
          .filteredOn(scope -> scope.failure() != null)
          .isNotEmpty()
          .allMatch(scope -> scope.failure().kind().equals("not-authorized"));
      assertThat(report.scopes()).hasSize(2 * ROOMS.size());
    }
  }

  @Test
  void r15_requestsAreCountedForTheScopeThatAsked() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Town town = new Town(seed);
      Map<Scope, Integer> asked = new HashMap<>();
      town.server.before = query -> asked.merge(query.scope(), 1, Integer::sum);
      SyncReport report = town.sync();
      report
          .scopes()
          .forEach(
              scope ->
                  assertThat(scope.requests()).isEqualTo(asked.getOrDefault(scope.scope(), 0)));
      assertThat(report.requests())
          // The settings and the directory are asked for by none of them.
          .isEqualTo(3 + asked.values().stream().mapToInt(Integer::intValue).sum());
    }
  }

  @Test
  void reportsAreInTheOrderOfTheRequestWhicheverLaneBegins() {
    List<Scope> asked = new ArrayList<>();
    ROOMS.forEach(room -> asked.add(Scope.room(room)));
    ROOMS.forEach(room -> asked.add(Scope.thread(new MessageId(room + "-1"))));
    for (int seed = 0; seed < SEEDS; seed++) {
      Town town = new Town(seed);
      town.server.before = query -> town.turns.letOthers();
      assertThat(town.sync().scopes())
          .as("seed %d", seed)
          .extracting(ScopeReport::scope)
          .containsExactlyElementsOf(asked);
    }
  }

  @Test
  void listenersHearFromTheRunsThreadAloneAndCanReadWhatTheyAreTold() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Town town = new Town(seed);
      List<Throwable> surprises = new ArrayList<>();
      Set<MessageId> mirror = new HashSet<>();
      Thread here = Thread.currentThread();
      town.listeners.onProgress(progress -> surprise(here, surprises));
      town.listeners.onChange(
          changes -> {
            surprise(here, surprises);
            mirror.addAll(changes.added());
            mirror.removeAll(changes.removed());
            changes.added().forEach(id -> surprise(town, id, surprises));
            changes.changed().forEach(id -> surprise(town, id, surprises));
          });
      town.sync();
      town.goOn();
      town.sync();
      assertThat(surprises).as("seed %d", seed).isEmpty();
      assertThat(mirror).hasSize(town.workspace.posts.size());
    }
  }

  private static void surprise(Thread expected, List<Throwable> surprises) {
    if (Thread.currentThread() != expected) {
      surprises.add(new AssertionError("told by " + Thread.currentThread()));
    }
  }

  private static void surprise(Town town, MessageId id, List<Throwable> surprises) {
    @Nullable Object stored = town.rows.read(reader -> reader.message(id)).orElse(null);
    if (stored == null) {
      surprises.add(new AssertionError("told of " + id + ", which is not there"));
    }
  }
}
