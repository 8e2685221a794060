package dev.strandline.transport.http.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.Strandline;
import dev.strandline.SyncOptions;
import dev.strandline.SyncReport;
import dev.strandline.SyncRequest;
import dev.strandline.model.Message;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.store.memory.MemoryStore;
import dev.strandline.testkit.VirtualTime;
import dev.strandline.testkit.server.DirectRoutes;
import dev.strandline.testkit.server.FakeRocketChat;
import dev.strandline.testkit.server.FakeRoomType;
import dev.strandline.testkit.server.FakeUser;
import dev.strandline.testkit.server.FakeWorkspace;
import dev.strandline.testkit.server.RateLimit;
import dev.strandline.testkit.server.ServerClock;
import dev.strandline.testkit.server.ServerForm;
import dev.strandline.testkit.server.TieOrder;
import dev.strandline.transport.http.DirectTransport;
import dev.strandline.transport.http.internal.DirectWire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A workspace, its limiter, and an engine with its eight lanes, all in one virtual time: the
 * server's rate limit is waited for, and nobody waits.
 */
final class VirtualTown {
  static final String ADDRESS = "192.0.2.1";
  static final Instant BEGINNING = Instant.parse("2025-10-09T09:00:00Z");

  final Random random;
  final VirtualTime time;
  final FakeWorkspace workspace;
  final FakeRocketChat api;
  final FakeUser ada;
  final FakeUser bob;
  final DirectWire wire;
  final MemoryStore store = new MemoryStore();
  final List<RoomId> rooms = new ArrayList<>();
  final List<DirectWire.Exchange> seen = new ArrayList<>();
  SyncOptions options = SyncOptions.defaults();
  Strandline engine;
  private final DirectRoutes routes;

  VirtualTown(long seed, int rooms) {
    random = new Random(seed);
    // The device's clock is years off, as it may be.
    time = VirtualTime.from(Instant.parse("2061-02-03T04:05:06Z"), random);
    ServerClock clock = ServerClock.manual(BEGINNING).stepPerWrite(Duration.ofMillis(1));
    workspace = FakeWorkspace.create(clock, seed);
    time.takingAlong(clock::advance);
    api =
        new FakeRocketChat(
            workspace, ServerForm.V8_7, RateLimit.serverDefault(), TieOrder.SHUFFLED_EACH_CALL);
    ada = workspace.users().create("ada", "Ada");
    bob = workspace.users().create("bob", "Bob");
    for (int i = 0; i < rooms; i++) {
      this.rooms.add(
          new RoomId(workspace.rooms().create(FakeRoomType.GROUP, "room " + i, ada, bob)));
    }
    wire = new DirectWire(api, ADDRESS, time);
    wire.onAnswer = seen::add;
    routes = new DirectRoutes(workspace, ada, ServerForm.V8_7, TieOrder.INSERTION);
    engine = newEngine();
  }

  /** Another process over the same store. */
  Strandline newEngine() {
    engine =
        Strandline.builder()
            .store(store)
            .transport(DirectTransport.over(wire, ada, time))
            .options(options)
            .clock(time)
            .workers(time)
            .jitter(random)
            .build();
    return engine;
  }

  /** Reads everything, without a limit, and waits until it is old news. */
  void settle() {
    pass(Duration.ofHours(1));
    api.rateLimit(new RateLimit(1_000_000, Duration.ofMinutes(1)));
    complete(SyncRequest.everything());
    api.rateLimit(RateLimit.serverDefault());
    seen.clear();
  }

  /** A run that has to succeed, by itself in time. */
  SyncReport complete(SyncRequest request) {
    SyncReport[] report = new SyncReport[1];
    time.play(() -> report[0] = engine.sync(request));
    return Harness.complete(report[0]);
  }

  void pass(Duration duration) {
    time.play(() -> sleep(duration));
  }

  void sleep(Duration duration) {
    try {
      time.sleep(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  String post(RoomId room) {
    return workspace.messages().post(room.value(), bob, "text " + random.nextInt());
  }

  long refusals() {
    return seen.stream().filter(exchange -> exchange.status() == 429).count();
  }

  private static List<String> minus(Map<String, String> from, Map<String, String> what) {
    return from.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(what.get(entry.getKey())))
        .map(Map.Entry::getValue)
        .limit(3)
        .toList();
  }

  /** What is stored of a room, by id. */
  Map<String, String> stored(RoomId room) {
    Map<String, String> documents = new LinkedHashMap<>();
    engine
        .local()
        .forEachMessage(
            Scope.room(room),
            (Message message) -> documents.put(message.id().value(), message.json()));
    return documents;
  }

  /** What the server would show of a room, by id. */
  Map<String, String> shown(RoomId room) {
    Map<String, String> documents = new LinkedHashMap<>();
    routes.shown(room.value()).forEach((id, message) -> documents.put(id, message.json()));
    return documents;
  }

  void assertEqualsServer() {
    for (RoomId room : rooms) {
      Map<String, String> stored = stored(room);
      Map<String, String> shown = shown(room);
      if (!stored.equals(shown)) {
        assertThat(minus(shown, stored)).as("shown and not stored in %s", room).isEmpty();
        assertThat(minus(stored, shown)).as("stored and not shown in %s", room).isEmpty();
      }
    }
    assertThat(store.check()).isEmpty();
  }
}
