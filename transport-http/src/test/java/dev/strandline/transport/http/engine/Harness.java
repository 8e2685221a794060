package dev.strandline.transport.http.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.LocalCopy;
import dev.strandline.Outcome;
import dev.strandline.Strandline;
import dev.strandline.SyncOptions;
import dev.strandline.SyncReport;
import dev.strandline.SyncRequest;
import dev.strandline.model.Coverage;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.StoreOwner;
import dev.strandline.store.memory.MemoryStore;
import dev.strandline.testkit.ManualClock;
import dev.strandline.testkit.server.FakeRoomType;
import dev.strandline.testkit.server.FakeServer;
import dev.strandline.testkit.server.FakeServerOptions;
import dev.strandline.testkit.server.FakeUser;
import dev.strandline.testkit.server.FakeWorkspace;
import dev.strandline.testkit.server.Fault;
import dev.strandline.testkit.server.FaultPlan;
import dev.strandline.testkit.server.RateLimit;
import dev.strandline.testkit.server.SeenRequest;
import dev.strandline.transport.http.Credentials;
import dev.strandline.transport.http.HttpTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;

/**
 * The whole engine against a server that answers as the real one does, over HTTP: a workspace with
 * two people, a fake server, one account's store, and an engine over both. Nothing waits: the
 * device's clock is manual, takes the server's along, and is years off.
 */
final class Harness implements AutoCloseable {
  private static final String SYNC = "chat.syncMessages";

  final FakeWorkspace workspace = FakeWorkspace.create();
  final FakeUser ada = workspace.users().create("ada", "Ada");
  final FakeUser bob = workspace.users().create("bob", "Bob");
  final ManualClock device =
      ManualClock.at(Instant.parse("2061-02-03T04:05:06Z")).takingAlong(workspace.clock()::advance);
  final MemoryStore store = new MemoryStore();
  final FakeServer server;
  final HttpTransport transport;
  Strandline engine;
  private SyncOptions options = SyncOptions.defaults();

  Harness() {
    // A real server's limiter is on, and its headers tell the clock that stamps messages (R6).
    this(
        FakeServerOptions.builder()
            .rateLimit(new RateLimit(1_000_000, Duration.ofMinutes(1)))
            .build());
  }

  Harness(FakeServerOptions serverOptions) {
    server = FakeServer.start(workspace, serverOptions);
    transport = transportOf(ada, ada.authToken());
    engine = engineOver(transport);
  }

  HttpTransport transportOf(FakeUser user, String token) {
    return HttpTransport.builder(URI.create(server.url()))
        .credentials(new Credentials(user.id(), token))
        .clock(device)
        .build();
  }

  Strandline engineOver(HttpTransport other) {
    return Strandline.builder()
        .store(store)
        .transport(other)
        .options(options)
        .clock(device)
        .jitter(new Random(1))
        .build();
  }

  /** Works with other options from now on, over the same store. */
  Harness with(UnaryOperator<SyncOptions.Builder> change) {
    options = change.apply(options.toBuilder()).build();
    engine = engineOver(transport);
    return this;
  }

  @Override
  public void close() {
    engine.close();
    server.close();
  }

  // --- what happens on the server ---------------------------------------------------------------

  /** A private room of both people. */
  RoomId room(String name) {
    return new RoomId(workspace.rooms().create(FakeRoomType.GROUP, name, ada, bob));
  }

  /** A private room with so many messages in it, each with its own stamp, an hour old. */
  RoomId room(String name, int messages) {
    RoomId room = room(name);
    post(room, messages);
    pass(Duration.ofHours(1));
    return room;
  }

  /**
   * Leaves the store as an earlier run would: the account's, and the room known by its id alone.
   */
  RoomId known(RoomId room) {
    store.write(
        writer -> {
          writer.putOwner(new StoreOwner(transport.account(), null));
          writer.putRoom(Room.builder(room).build());
          return room;
        });
    return room;
  }

  List<String> post(RoomId room, int messages) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < messages; i++) {
      ids.add(post(room, "message " + i));
    }
    return ids;
  }

  String post(RoomId room, String text) {
    return workspace.messages().post(room.value(), bob, text);
  }

  void edit(String id, String text) {
    workspace.messages().edit(id, bob, text);
  }

  void delete(String id) {
    workspace.removals().delete(id, bob);
  }

  /** Lets time pass, on the device and on the server. */
  void pass(Duration duration) {
    device.advance(duration);
  }

  Instant serverNow() {
    return workspace.clock().now();
  }

  /**
   * Calls {@code hook} with 1, 2, … when the next requests have been answered, before they arrive.
   */
  void onAnswers(int requests, IntConsumer hook) {
    for (int i = 1; i <= requests; i++) {
      int number = i;
      server
          .faults()
          .next(
              FaultPlan.ANY_ROUTE,
              Fault.rewrite(
                  response -> {
                    hook.accept(number);
                    return response;
                  }));
    }
  }

  // --- what the engine does ---------------------------------------------------------------------

  /** Brings a room to the present, which has to succeed. */
  SyncReport sync(RoomId room) {
    return complete(engine.syncRoom(room));
  }

  SyncReport sync(MessageId root) {
    return complete(engine.syncThread(root));
  }

  SyncReport syncEverything() {
    return complete(engine.sync(SyncRequest.everything()));
  }

  static SyncReport complete(SyncReport report) {
    assertThat(report.outcome()).as("%s", report).isEqualTo(Outcome.COMPLETE);
    return report;
  }

  /** The requests about a room's messages since the last call of this method. */
  List<SeenRequest> feedRequests() {
    List<SeenRequest> seen = server.requestsTo(SYNC);
    server.clearRequests();
    return seen;
  }

  // --- what is stored ---------------------------------------------------------------------------

  LocalCopy local() {
    return engine.local();
  }

  Coverage coverage(RoomId room) {
    return local().room(room).orElseThrow().coverage();
  }

  RoomState state(RoomId room) {
    return store.read(reader -> reader.roomState(room)).orElseThrow();
  }

  List<String> stored(RoomId room) {
    List<String> documents = new ArrayList<>();
    local().forEachMessage(Scope.room(room), (Message message) -> documents.add(message.json()));
    return documents;
  }

  boolean has(String id) {
    return local().message(new MessageId(id)).message() != null;
  }

  /** The stored text of a message. */
  String text(String id) {
    Message message = local().message(new MessageId(id)).message();
    assertThat(message).as(id).isNotNull();
    return message.text();
  }

  /** The server's own listing of a room, as the caller would see it: not over the API. */
  List<String> shown(RoomId room) {
    URI listing =
        URI.create(
            server.url() + "/_fake/rooms/" + room.value() + "/messages?user=" + ada.username());
    try {
      HttpResponse<String> answer =
          HttpClient.newHttpClient()
              .send(HttpRequest.newBuilder(listing).build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      return answer.body().lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The promise of it all: the same messages in the same order, byte for byte, in a sound store.
   */
  void assertEqualsServer(RoomId room) {
    List<String> stored = stored(room);
    List<String> shown = shown(room);
    // Said apart first, since two rooms side by side are long.
    assertThat(minus(shown, stored)).as("shown and not stored").isEmpty();
    assertThat(minus(stored, shown)).as("stored and not shown").isEmpty();
    assertThat(stored).isEqualTo(shown);
    assertThat(store.check()).isEmpty();
  }

  private static List<String> minus(List<String> from, List<String> what) {
    List<String> rest = new ArrayList<>(from);
    rest.removeAll(new HashSet<>(what));
    return rest;
  }
}
