package dev.strandline.transport.http.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.LocalCopy;
import dev.strandline.Outcome;
import dev.strandline.RetryPolicy;
import dev.strandline.Strandline;
import dev.strandline.SyncOptions;
import dev.strandline.SyncReport;
import dev.strandline.SyncRequest;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.store.sqlite.SqliteStore;
import dev.strandline.testkit.ManualClock;
import dev.strandline.testkit.server.Body;
import dev.strandline.testkit.server.FakeRoomType;
import dev.strandline.testkit.server.FakeServer;
import dev.strandline.testkit.server.FakeUser;
import dev.strandline.testkit.server.FakeWorkspace;
import dev.strandline.testkit.server.Fault;
import dev.strandline.testkit.server.FaultPlan;
import dev.strandline.testkit.server.Response;
import dev.strandline.transport.http.Credentials;
import dev.strandline.transport.http.HttpTransport;
import dev.strandline.transport.http.internal.Mutator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole runs into a file, in each of which one answer is hostile: {@code -Dfuzz.count=N} makes N/40
 * runs, {@code -Dfuzz.seed=N} others. What an answer forges is believed, since the server's word is
 * the truth (R7); it has to be sound all the same, and to be put right by reading honestly.
 */
class HostileRunTest {
  private static final int RUNS = Integer.getInteger("fuzz.count", 4000) / 40;
  private static final long SEED = Long.getLong("fuzz.seed", 1);

  @TempDir private Path folder;
  private final FakeWorkspace workspace = FakeWorkspace.create();
  private final FakeUser ada = workspace.users().create("ada", "Ada");
  private final FakeUser bob = workspace.users().create("bob", "Bob");
  private final RoomId room =
      new RoomId(workspace.rooms().create(FakeRoomType.GROUP, "square", ada, bob));
  private final String root = workspace.messages().post(room.value(), bob, "a thread's root");
  private final FakeServer server = FakeServer.start(workspace);
  private final ManualClock device =
      ManualClock.at(Instant.parse("2061-02-03T04:05:06Z")).takingAlong(workspace.clock()::advance);
  private SqliteStore store;
  private Strandline engine;
  private String hostile = "";

  @BeforeEach
  void open() {
    store = SqliteStore.open(folder.resolve("store.db"));
    engine =
        Strandline.builder()
            .store(store)
            .transport(
                HttpTransport.builder(URI.create(server.url()))
                    .credentials(new Credentials(ada.id(), ada.authToken()))
                    .clock(device)
                    .build())
            .options(SyncOptions.builder().pageSize(5).retry(RetryPolicy.never()).build())
            .clock(device)
            .jitter(new Random(1))
            .build();
  }

  @AfterEach
  void close() {
    engine.close();
    server.close();
  }

  @Test
  void whateverOneAnswerHoldsTheStoreStaysSoundAndHonestAnswersPutItRight() {
    for (int number = 0; number < RUNS; number++) {
      Random random = new Random(SEED * 1_000_003 + number);
      live(random);
      arm(random, new Mutator(SEED * 1_000_003 + number));
      String name = "fuzz.seed=" + SEED + ", run " + number;
      try {
        run(random);
      } catch (RuntimeException | Error e) {
        throw new AssertionError(name + ": " + hostile, e);
      }
      server.faults().clear();
      assertThat(store.check()).as("%s: %s", name, hostile).isEmpty();
      requireHealed(name);
    }
  }

  private void live(Random random) {
    workspace.clock().advance(Duration.ofMinutes(random.nextInt(random.nextBoolean() ? 10 : 4000)));
    List<String> ids = new ArrayList<>();
    for (int i = random.nextInt(8); i >= 0; i--) {
      ids.add(workspace.messages().post(room.value(), bob, "said " + i));
    }
    workspace.messages().edit(ids.get(0), bob, "changed");
    workspace.messages().reply(root, ada, "an answer");
    workspace
        .visibleMessages(room.value(), ada)
        .forEach(
            message -> {
              String id = message.path("_id").asText();
              if (!id.equals(root) && random.nextInt(4) == 0) {
                workspace.removals().delete(id, bob);
              }
            });
  }

  /** One of the answers to come is not what the server said. */
  private void arm(Random random, Mutator mutator) {
    for (int honest = random.nextInt(8); honest > 0; honest--) {
      server.faults().next(FaultPlan.ANY_ROUTE, Fault.rewrite(response -> response));
    }
    hostile = "(none)";
    server
        .faults()
        .next(
            FaultPlan.ANY_ROUTE,
            Fault.rewrite(
                response -> {
                  byte[] body = mutator.mutate(response.body().toBytes());
                  hostile = new String(body, StandardCharsets.UTF_8);
                  return new Response(response.status(), response.headers(), Body.of(body));
                }));
  }

  private void run(Random random) {
    switch (random.nextInt(6)) {
      case 0 -> engine.reconcile(room);
      case 1 -> engine.compare(room);
      case 2 -> engine.syncThread(new MessageId(root));
      default -> engine.sync(SyncRequest.everything());
    }
  }

  private void requireHealed(String name) {
    SyncReport synced = engine.sync(SyncRequest.builder().everything().room(room).build());
    assertThat(synced.outcome())
        .as("%s: %s%n%s", name, synced, hostile)
        .isEqualTo(Outcome.COMPLETE);
    assertThat(engine.reconcile(room).outcome()).as("%s", name).isEqualTo(Outcome.COMPLETE);
    List<String> stored = new ArrayList<>();
    LocalCopy local = engine.local();
    local.forEachMessage(Scope.room(room), message -> stored.add(message.json()));
    List<String> there =
        workspace.visibleMessages(room.value(), ada).stream().map(Object::toString).toList();
    assertThat(stored).as("%s: %s", name, hostile).isEqualTo(there);
    assertThat(store.check()).as("%s: %s", name, hostile).isEmpty();
  }
}
