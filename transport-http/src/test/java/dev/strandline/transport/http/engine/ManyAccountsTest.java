package dev.strandline.transport.http.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.Outcome;
import dev.strandline.Strandline;
import dev.strandline.SyncOptions;
import dev.strandline.SyncReport;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.Call;
import dev.strandline.spi.ChangeSink;
import dev.strandline.spi.FeedAnswer;
import dev.strandline.spi.FeedQuery;
import dev.strandline.spi.ListingAnswer;
import dev.strandline.spi.ListingQuery;
import dev.strandline.spi.ServerFacts;
import dev.strandline.spi.Transport;
import dev.strandline.spi.Workers;
import dev.strandline.store.memory.MemoryStore;
import dev.strandline.testkit.ManualClock;
import dev.strandline.testkit.server.FakeRoomType;
import dev.strandline.testkit.server.FakeServer;
import dev.strandline.testkit.server.FakeServerOptions;
import dev.strandline.testkit.server.FakeUser;
import dev.strandline.testkit.server.FakeWorkspace;
import dev.strandline.testkit.server.RateLimit;
import dev.strandline.transport.http.Credentials;
import dev.strandline.transport.http.HttpTransport;
import dev.strandline.transport.http.HttpTransportBuilder;
import dev.strandline.transport.http.Pacing;
import dev.strandline.transport.http.SharedHttp;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Many accounts in one process share what there is, and none keeps another from its turn. */
final class ManyAccountsTest {
  private static final Executor NEW_THREAD = work -> new Thread(work).start();

  private final FakeWorkspace workspace = FakeWorkspace.create();
  private final ManualClock device =
      ManualClock.at(Instant.parse("2061-02-03T04:05:06Z")).takingAlong(workspace.clock()::advance);

  private FakeUser member(String name, int rooms) {
    FakeUser user = workspace.users().create(name, name);
    for (int i = 0; i < rooms; i++) {
      workspace
          .conversation()
          .fill(workspace.rooms().create(FakeRoomType.GROUP, name + i, user), 5);
    }
    return user;
  }

  private HttpTransportBuilder transport(FakeServer server, FakeUser user) {
    return HttpTransport.builder(URI.create(server.url()))
        .credentials(new Credentials(user.id(), user.authToken()))
        .clock(device);
  }

  private Strandline engine(Transport transport, Workers workers) {
    return Strandline.builder()
        .store(new MemoryStore())
        .transport(transport)
        .options(SyncOptions.builder().lanes(2).build())
        .workers(workers)
        .clock(device)
        .build();
  }

  @Test
  void r15_accountsThatShareTheirHttpStayWithinOneBudgetOnFewThreads() throws Exception {
    FakeServerOptions limited =
        FakeServerOptions.builder().rateLimit(new RateLimit(10, Duration.ofMinutes(1))).build();
    List<FakeUser> users = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      users.add(member("user" + i, 1));
    }
    Workers workers = Workers.atMost(3);
    // Threads of clients that are closed may take a moment to end.
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    try (FakeServer server = FakeServer.start(workspace, limited);
        SharedHttp http = SharedHttp.create()) {
      List<Strandline> engines = new ArrayList<>();
      for (FakeUser user : users) {
        engines.add(engine(transport(server, user).shared(http).build(), workers));
      }
      for (Strandline engine : engines) {
        assertThat(engine.syncEverything().outcome()).isEqualTo(Outcome.COMPLETE);
      }
      List<String> since =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> !before.contains(thread))
              .map(Thread::getName)
              .toList();
      assertThat(since).filteredOn(name -> name.endsWith("SelectorManager")).hasSize(1);
      assertThat(since)
          .filteredOn("strandline-http"::equals)
          .hasSizeLessThanOrEqualTo(Math.max(4, Runtime.getRuntime().availableProcessors()));
      assertThat(server.requests()).allMatch(request -> request.status() == 200);
      assertThat(http.pacing().calls()).isEqualTo(server.requests().size());
      assertThat(http.pacing().refusals()).isZero();
      engines.forEach(Strandline::close);
    }
  }

  @Test
  void whatIsSharedIsNotSetBesides() {
    try (SharedHttp http = SharedHttp.create()) {
      HttpTransportBuilder builder =
          HttpTransport.builder(URI.create("https://chat.example.org"))
              .credentials(new Credentials("user", "token"))
              .shared(http);
      builder.build().close();
      assertThatThrownBy(() -> builder.pacing(Pacing.create()).build())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("shared brings");
      assertThatThrownBy(
              () ->
                  HttpTransport.builder(URI.create("https://chat.example.org"))
                      .credentials(new Credentials("user", "token"))
                      .httpClient(HttpClient.newHttpClient())
                      .shared(http)
                      .build())
          .hasMessageContaining("shared brings");
    }
    assertThatThrownBy(() -> SharedHttp.create(Duration.ZERO))
        .hasMessageContaining("connectTimeout must be from 1 ms");
  }

  @Test
  void anAccountOfManySlowRoomsGivesAThreadToOneThatHasNone() throws Exception {
    FakeUser busy = member("busy", 6);
    FakeUser quick = member("quick", 1);
    Workers workers = Workers.atMost(2);
    try (FakeServer server = FakeServer.start(workspace);
        Gate gate = new Gate(transport(server, busy).build());
        Strandline slow = engine(gate, workers);
        Strandline other = engine(transport(server, quick).build(), workers)) {
      CompletableFuture<SyncReport> slowRun =
          CompletableFuture.supplyAsync(slow::syncEverything, NEW_THREAD);
      RoomId first = gate.arrivals.take();
      gate.arrivals.take();
      CompletableFuture<SyncReport> otherRun =
          CompletableFuture.supplyAsync(other::syncEverything, NEW_THREAD);
      while (!workers.areWanted()) {
        Thread.onSpinWait();
      }
      gate.open(first);
      assertThat(otherRun.get().outcome()).isEqualTo(Outcome.COMPLETE);
      // One of its two threads is with its second room; it has begun no third one.
      assertThat(slowRun).isNotDone();
      assertThat(gate.arrivals).isEmpty();
      gate.openAll();
      assertThat(slowRun.get().outcome()).isEqualTo(Outcome.COMPLETE);
      assertThat(slowRun.get().scopes()).hasSize(6);
    }
  }

  /** A transport on which each room waits until it is let through. */
  private static final class Gate implements Transport {
    final BlockingQueue<RoomId> arrivals = new LinkedBlockingQueue<>();
    private final Map<RoomId, CountDownLatch> closed = new ConcurrentHashMap<>();
    private final Transport server;
    private volatile boolean open;

    Gate(Transport server) {
      this.server = server;
    }

    void open(RoomId room) {
      closed.get(room).countDown();
    }

    void openAll() {
      open = true;
      closed.values().forEach(CountDownLatch::countDown);
    }

    @Override
    public FeedAnswer fetch(FeedQuery query, ChangeSink sink, Call call) {
      RoomId room = ((Scope.OfRoom) query.scope()).room();
      CountDownLatch latch =
          closed.computeIfAbsent(
              room,
              first -> {
                arrivals.add(room);
                return new CountDownLatch(1);
              });
      try {
        if (!open) {
          latch.await();
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return server.fetch(query, sink, call);
    }

    @Override
    public DirectoryAnswer subscriptions(@Nullable ServerTime since, Call call) {
      return server.subscriptions(since, call);
    }

    @Override
    public DirectoryAnswer rooms(@Nullable ServerTime since, Call call) {
      return server.rooms(since, call);
    }

    @Override
    public Optional<Message> message(MessageId id, Call call) {
      return server.message(id, call);
    }

    @Override
    public Optional<ListingAnswer> listing(ListingQuery query, Call call) {
      return server.listing(query, call);
    }

    @Override
    public ServerFacts facts(Call call) {
      return server.facts(call);
    }

    @Override
    public String account() {
      return server.account();
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
