package dev.strandline.transport.http.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.strandline.AdoptRequest;
import dev.strandline.Cancellation;
import dev.strandline.Failure;
import dev.strandline.FollowState;
import dev.strandline.Following;
import dev.strandline.GoneRooms;
import dev.strandline.History;
import dev.strandline.LocalCopy;
import dev.strandline.MessagePage;
import dev.strandline.Outcome;
import dev.strandline.Progress;
import dev.strandline.ReconcileReport;
import dev.strandline.ReconcileRequest;
import dev.strandline.RetryPolicy;
import dev.strandline.RoomMatch;
import dev.strandline.RoomOverview;
import dev.strandline.ScopeReport;
import dev.strandline.Strandline;
import dev.strandline.SyncOptions;
import dev.strandline.SyncReport;
import dev.strandline.SyncRequest;
import dev.strandline.ThreadMode;
import dev.strandline.error.StoreBusyException;
import dev.strandline.error.StoreException;
import dev.strandline.model.Coverage;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.ThreadSummary;
import dev.strandline.search.Place;
import dev.strandline.search.SearchHit;
import dev.strandline.search.SearchQuery;
import dev.strandline.spi.DeviceClock;
import dev.strandline.spi.Quarantined;
import dev.strandline.spi.Store;
import dev.strandline.spi.StoreOwner;
import dev.strandline.spi.Transport;
import dev.strandline.spi.Workers;
import dev.strandline.store.memory.MemoryStore;
import dev.strandline.store.sqlite.SqliteStore;
import dev.strandline.store.sqlite.SqliteStores;
import dev.strandline.testkit.server.FakeRoomType;
import dev.strandline.testkit.server.FakeServer;
import dev.strandline.testkit.server.FakeServerOptions;
import dev.strandline.testkit.server.FakeUser;
import dev.strandline.testkit.server.FakeWorkspace;
import dev.strandline.testkit.server.Fault;
import dev.strandline.testkit.server.RateLimit;
import dev.strandline.transport.http.Credentials;
import dev.strandline.transport.http.CredentialsProvider;
import dev.strandline.transport.http.HttpTransport;
import dev.strandline.transport.http.SharedHttp;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The code of {@code README.md} and {@code docs/embedding.md}, run. What stands between a line
 * {@code // snippet: NAME} and the next {@code // end} is in the guide, and nothing is in the guide
 * that is not here.
 */
class EmbeddingGuideTest {
  private final FakeWorkspace workspace = FakeWorkspace.create();
  private final FakeUser ada = workspace.users().create("ada", "Ada");
  private final RoomId room =
      new RoomId(workspace.rooms().create(FakeRoomType.GROUP, "harbour", ada));
  // A real server's limiter is on, and its headers tell the clock that stamps messages.
  private final FakeServer server =
      FakeServer.start(
          workspace,
          FakeServerOptions.builder()
              .rateLimit(new RateLimit(1_000_000, Duration.ofMinutes(1)))
              .build());
  private final URI serverUrl = URI.create(server.url());
  private final String userId = ada.id();
  private final String authToken = ada.authToken();
  private final List<String> shown = new CopyOnWriteArrayList<>();

  @TempDir Path folder;

  @AfterEach
  void stop() {
    server.close();
  }

  // --- what the guide takes for granted --------------------------------------------------------

  private void show(String text) {
    shown.add(text);
  }

  private Transport transport() {
    return HttpTransport.builder(serverUrl).credentials(new Credentials(userId, authToken)).build();
  }

  private Strandline inMemory() {
    return inMemory(SyncOptions.defaults());
  }

  private Strandline inMemory(SyncOptions options) {
    return Strandline.builder()
        .store(new MemoryStore())
        .transport(transport())
        .options(options)
        .build();
  }

  // --- open, sync, read ------------------------------------------------------------------------

  @Test
  void takesTenLines() {
    Path file = folder.resolve("chat.db");
    Credentials credentials = new Credentials(userId, authToken);
    workspace.messages().post(room.value(), ada, "high tide");
    // snippet: readme
    try (Strandline strandline =
        Strandline.builder()
            .store(SqliteStore.open(file))
            .transport(HttpTransport.builder(serverUrl).credentials(credentials).build())
            .build()) {
      strandline.onChange(changes -> System.out.println(changes.added().size() + " new messages"));
      SyncReport report = strandline.syncEverything();
      MessagePage page = strandline.local().messages(room, null, 50);
      System.out.println(report.outcome() + ", " + page.coverage());
    }
    // end
    try (Store written = SqliteStore.openReadOnly(file)) {
      assertThat(LocalCopy.of(written).messages(room, null, 50).messages()).hasSize(1);
    }
  }

  @Test
  void opensAFileAndFillsIt() {
    Path file = folder.resolve("chat.db");
    workspace.messages().post(room.value(), ada, "high tide");
    // snippet: open
    Store store = SqliteStore.open(file);
    Transport transport =
        HttpTransport.builder(serverUrl).credentials(new Credentials(userId, authToken)).build();
    Strandline strandline = Strandline.builder().store(store).transport(transport).build();
    // end
    // snippet: sync
    SyncReport report = strandline.syncEverything();
    for (ScopeReport scope : report.scopes()) {
      show(scope.scope() + " " + scope.outcome().word() + ", " + scope.upserts() + " written");
    }
    // end
    assertThat(shown).containsExactly("room:" + room + " complete, 1 written");
    // snippet: close
    strandline.close();
    // end
    shown.clear();
    // snippet: viewer
    try (Store viewed = SqliteStore.openReadOnly(file)) {
      for (RoomOverview overview : LocalCopy.of(viewed).rooms()) {
        show(overview.room().name() + ": " + overview.counts().messages() + " messages");
      }
    }
    // end
    assertThat(shown).containsExactly("harbour: 1 messages");
  }

  @Test
  void asksForSomeScopesOnly() {
    String root = workspace.messages().post(room.value(), ada, "who has the key?");
    workspace.messages().reply(root, ada, "I have");
    MessageId thread = new MessageId(root);
    try (Strandline strandline = inMemory()) {
      // snippet: request
      SyncRequest request = SyncRequest.builder().room(room).thread(thread).build();
      SyncReport report = strandline.sync(request);
      // end
      assertThat(report.scopes())
          .extracting(ScopeReport::scope)
          .containsExactly(Scope.room(room), Scope.thread(thread));
      assertThat(report.outcome()).isEqualTo(Outcome.COMPLETE);
    }
  }

  @Test
  void findsARoomByItsName() {
    workspace.rooms().create(FakeRoomType.CHANNEL, "general", ada);
    try (Strandline strandline = inMemory()) {
      // snippet: names
      RoomMatch match = strandline.findRoom("#general");
      if (match.isUnknown()) {
        show("Did you mean " + match.near() + "?");
      }
      match.room().ifPresent(general -> strandline.syncRoom(general.id()));
      // end
      assertThat(match.room()).isPresent();
      assertThat(strandline.local().status()).hasSize(1);
    }
  }

  @Test
  void followsAServerThatMoves() {
    Store store = new MemoryStore();
    try (Strandline strandline = Strandline.builder().store(store).transport(transport()).build()) {
      strandline.syncEverything();
      store.write(
          writer -> {
            String workspace = writer.owner().orElseThrow().serverId();
            writer.putOwner(
                new StoreOwner(
                    StoreOwner.accountOf("https://former.example.org", userId), workspace));
            return writer;
          });
      // snippet: move
      StoreOwner owner = strandline.adopt(AdoptRequest.sameWorkspace());
      show("now bound to " + owner.server());
      // end
      assertThat(shown).containsExactly("now bound to " + server.url());
    }
  }

  @Test
  void readsPagesWithTheirWorth() {
    workspace.conversation().fill(room.value(), 120);
    try (Strandline strandline = inMemory()) {
      assertThat(describe(strandline.local().messages(room, null, 50).coverage()))
          .isEqualTo("never read");
      strandline.syncRoom(room);
      // snippet: read
      LocalCopy local = strandline.local();
      MessagePage page = local.messages(room, null, 50);
      page.messages().forEach(message -> show(message.authorName() + ": " + message.text()));
      show(describe(page.coverage()));
      while (page.next() != null) {
        page = local.messages(room, page.next(), 50);
        page.messages().forEach(message -> show(message.authorName() + ": " + message.text()));
      }
      // end
      int visible = workspace.visibleMessages(room.value(), ada).size();
      assertThat(shown).hasSize(visible + 1);
      assertThat(shown.get(50)).startsWith("complete as of ");
    }
  }

  // snippet: coverage
  private static String describe(Coverage coverage) {
    if (coverage instanceof Coverage.Unknown) {
      return "never read";
    }
    if (coverage instanceof Coverage.Complete complete) {
      String asOf = "complete as of " + complete.asOf();
      return coverage.isComplete() ? asOf : asOf + " but for " + complete.inQuestion();
    }
    if (coverage instanceof Coverage.Incomplete incomplete) {
      return incomplete.from() == null
          ? "not read yet"
          : "complete from " + incomplete.from() + " on, older messages may be missing";
    }
    Coverage.Stale stale = (Coverage.Stale) coverage;
    return "last known to be right at " + stale.since() + " (" + stale.cause() + ")";
  }

  // end

  @Test
  void listsThreadsAndTheirReplies() {
    String root = workspace.messages().post(room.value(), ada, "who has the key?");
    workspace.messages().reply(root, ada, "I have");
    try (Strandline strandline = inMemory()) {
      strandline.syncRoom(room);
      // snippet: threads
      for (ThreadSummary thread : strandline.local().threads(room, 20).threads()) {
        MessagePage replies = strandline.local().replies(thread.root(), null, 50);
        replies.messages().forEach(reply -> show(reply.text()));
      }
      // end
      assertThat(shown).containsExactly("I have");
      assertThat(server.requestsTo("chat.syncThreadMessages")).isEmpty();
    }
  }

  @Test
  void findsWords_andReadsSeveralAnswersOfOneMoment() {
    workspace.messages().post(room.value(), ada, "high tide");
    workspace.messages().post(room.value(), ada, "low tide");
    try (Strandline strandline = inMemory()) {
      strandline.syncRoom(room);
      LocalCopy local = strandline.local();
      // snippet: search
      SearchQuery query =
          SearchQuery.of("high tide").room(room).order(SearchQuery.Order.NEWEST).limit(20).build();
      for (SearchHit hit : local.search(query).hits()) {
        Place first = hit.places().get(0);
        show(hit.message().shownText().substring(first.start(), first.end()));
      }
      // end
      assertThat(shown).containsExactly("high");
      shown.clear();
      // snippet: moment
      long counted =
          local.atOneMoment(
              now -> {
                long messages = now.room(room).orElseThrow().counts().messages();
                now.forEachMessage(Scope.room(room), message -> show(message.json()));
                return messages;
              });
      // end
      assertThat(shown).hasSize(2);
      assertThat(counted).isEqualTo(2);
    }
  }

  // --- listen, watch, stop ---------------------------------------------------------------------

  @Test
  void hearsOfChangesAfterTheyAreCommitted() {
    String first = workspace.messages().post(room.value(), ada, "high tide");
    try (Strandline strandline = inMemory()) {
      // snippet: listen
      Runnable stopListening =
          strandline.onChange(
              changes -> {
                changes.added().forEach(id -> show("new " + id));
                changes.changed().forEach(id -> show("changed " + id));
                changes.removed().forEach(id -> show("gone " + id));
              });
      // end
      strandline.syncRoom(room);
      workspace.removals().delete(first, ada);
      strandline.syncRoom(room);
      assertThat(shown).containsExactly("new " + first, "gone " + first);
      stopListening.run();
    }
  }

  @Test
  void watchesARun() {
    workspace.messages().post(room.value(), ada, "high tide");
    try (Strandline strandline = inMemory()) {
      // snippet: progress
      Runnable stopWatching =
          strandline.onProgress(
              progress -> {
                if (progress instanceof Progress.Planned planned) {
                  show(planned.scopes() + " rooms and threads to go");
                } else if (progress instanceof Progress.Waiting waiting) {
                  show("waiting " + waiting.duration().toSeconds() + " s: " + waiting.reason());
                } else if (progress instanceof Progress.Applied applied) {
                  show(applied.scope() + ": " + applied.rows() + " rows");
                }
              });
      // end
      strandline.syncRoom(room);
      stopWatching.run();
      assertThat(shown).contains("1 rooms and threads to go", "room:" + room + ": 1 rows");
    }
  }

  @Test
  void endsARunFromOutside() {
    workspace.conversation().fill(room.value(), 50);
    // One lane: what is told is told before the next question is asked.
    SyncOptions oneLane = SyncOptions.builder().lanes(1).build();
    try (Strandline strandline = inMemory(oneLane)) {
      Button stopButton = new Button(strandline);
      // snippet: cancel
      Cancellation cancellation = new Cancellation();
      stopButton.onClick(cancellation::cancel);
      SyncReport report = strandline.sync(SyncRequest.everything(), cancellation);
      // end
      Failure stopped = report.stoppedBy();
      assertThat(stopped).isNotNull();
      assertThat(stopped.kind()).isEqualTo("cancelled");
      assertThat(strandline.local().room(room).orElseThrow().counts().messages()).isPositive();
      assertThat(strandline.syncRoom(room).outcome()).isEqualTo(Outcome.COMPLETE);
      SyncReport used = strandline.sync(SyncRequest.everything(), cancellation);
      assertThat(used.stoppedBy()).isNotNull();
      assertThat(used.stoppedBy().kind()).isEqualTo("cancelled");
      assertThat(used.requests()).isZero();
    }
  }

  /** Is clicked once, as soon as the first rows are there. */
  private record Button(Strandline strandline) {
    void onClick(Runnable action) {
      strandline.onProgress(
          progress -> {
            if (progress instanceof Progress.Applied) {
              action.run();
            }
          });
    }
  }

  @Test
  void keepsUpInTheBackground() throws InterruptedException {
    String id = workspace.messages().post(room.value(), ada, "high tide");
    CountDownLatch read = new CountDownLatch(1);
    Strandline strandline = inMemory();
    strandline.onChange(changes -> read.countDown());

    // snippet: follow
    Following following = strandline.follow(this::afterRun);
    new Thread(following, "following").start();
    // end
    read.await();
    // snippet: hint
    following.hint(room);
    // end
    assertThat(strandline.local().message(new MessageId(id)).message()).isNotNull();
    // snippet: shutdown
    following.close();
    strandline.close();
    // end
    assertThat(following.state().phase()).isEqualTo(FollowState.Phase.ENDED);
  }

  // --- when something fails --------------------------------------------------------------------

  // snippet: errors
  private void afterRun(SyncReport report) {
    for (ScopeReport scope : report.scopes()) {
      Failure failure = scope.failure();
      if (failure != null) {
        show(scope.scope() + ": " + failure.message());
      }
    }
    Failure stopped = report.stoppedBy();
    if (stopped != null) {
      switch (stopped.kind()) {
        case "not-authorized" -> askToLogIn();
        case "unreachable" -> showOffline();
        case "cancelled" -> {}
        default -> show(stopped.message());
      }
    }
  }

  // end

  private void askToLogIn() {
    show("log in");
  }

  private void showOffline() {
    show("offline");
  }

  @Test
  void tellsFailuresApart() {
    workspace.messages().post(room.value(), ada, "high tide");
    try (Strandline strandline = inMemory()) {
      afterRun(strandline.syncRoom(new RoomId("nosuchroom")));
      assertThat(shown).singleElement().asString().startsWith("room:nosuchroom: ");
      shown.clear();
      server.faults().next("chat.syncMessages", Fault.unauthorized());
      afterRun(strandline.syncRoom(room));
      assertThat(shown).containsExactly("room:" + room + ": " + saidOf401(), "log in");
    }
    shown.clear();
    server.close();
    try (Strandline strandline =
        Strandline.builder()
            .store(new MemoryStore())
            .transport(transport())
            .options(SyncOptions.builder().retry(RetryPolicy.never()).build())
            .build()) {
      afterRun(strandline.syncEverything());
      assertThat(shown).containsExactly("offline");
    }
  }

  private String saidOf401() {
    return shown.get(0).substring(shown.get(0).indexOf(": ") + 2);
  }

  @Test
  void throwsWhatTheStoreCannotDo() {
    Path file = folder.resolve("chat.db");
    try (Store other = SqliteStore.open(file)) {
      assertThat(other.check()).isEmpty();
      // snippet: store-errors
      try (Store store = SqliteStore.open(file);
          Strandline strandline =
              Strandline.builder().store(store).transport(transport()).build()) {
        afterRun(strandline.syncEverything());
      } catch (StoreBusyException e) {
        show("another window has this account open");
      } catch (StoreException e) {
        show(e.kind() + ": " + e.getMessage());
      }
      // end
    }
    assertThat(shown).containsExactly("another window has this account open");
  }

  @Test
  void showsWhatWasNotUnderstood() {
    try (Strandline strandline = inMemory()) {
      // snippet: quarantine
      for (Quarantined entry : strandline.local().quarantine(null, 100)) {
        show(
            Objects.toString(entry.room(), "list of rooms")
                + ": "
                + entry.entry().reason()
                + " "
                + entry.entry().json());
      }
      // end
      assertThat(shown).isEmpty();
    }
  }

  // --- settings --------------------------------------------------------------------------------

  @Test
  void takesOptions() {
    workspace.conversation().fill(room.value(), 60);
    try (Store store = new MemoryStore();
        Transport transport = transport()) {
      // snippet: options
      SyncOptions options =
          SyncOptions.builder()
              .pageSize(200)
              .history(History.latest(2_000))
              .threads(ThreadMode.AUTO)
              .goneRooms(GoneRooms.PURGE)
              .lookback(Duration.ofMinutes(5))
              .retry(
                  new RetryPolicy(
                      3, Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofMinutes(1)))
              .build();
      Strandline strandline =
          Strandline.builder().store(store).transport(transport).options(options).build();
      // end
      assertThat(strandline.syncEverything().outcome()).isEqualTo(Outcome.COMPLETE);
    }
  }

  // snippet: credentials
  /** Credentials from the application's own vault; a new login where the server refuses them. */
  private record FromVault(Vault vault) implements CredentialsProvider {
    @Override
    public Credentials current() {
      return vault.stored();
    }

    @Override
    public Credentials renew(Credentials refused) {
      return vault.logInAgain();
    }
  }

  // end

  /** Stands for whatever keeps an application's secrets. */
  private static final class Vault {
    private Credentials stored;
    private final Credentials next;
    private int logins;

    Vault(Credentials stored, Credentials next) {
      this.stored = stored;
      this.next = next;
    }

    Credentials stored() {
      return stored;
    }

    Credentials logInAgain() {
      logins++;
      stored = next;
      return stored;
    }
  }

  @Test
  void renewsCredentials() {
    Vault vault = new Vault(new Credentials(userId, "expired"), new Credentials(userId, authToken));
    HttpTransport transport =
        HttpTransport.builder(serverUrl).credentials(new FromVault(vault)).build();
    try (Strandline strandline =
        Strandline.builder().store(new MemoryStore()).transport(transport).build()) {
      assertThat(strandline.syncEverything().outcome()).isEqualTo(Outcome.COMPLETE);
      assertThat(vault.logins).isEqualTo(1);
    }
  }

  @Test
  void sharesWhatCanBeSharedBetweenAccounts() {
    FakeUser bob = workspace.users().create("bob", "Bob");
    Map<String, Credentials> accounts =
        Map.of(
            "ada", new Credentials(ada.id(), ada.authToken()),
            "bob", new Credentials(bob.id(), bob.authToken()));
    // snippet: many accounts
    SharedHttp http = SharedHttp.create();
    SqliteStores stores = SqliteStores.builder().keepOpen(64).build();
    Workers workers = Workers.atMost(16);
    Map<String, Strandline> engines = new HashMap<>();
    accounts.forEach(
        (name, credentials) ->
            engines.put(
                name,
                Strandline.builder()
                    .store(stores.at(folder.resolve(name + ".db")))
                    .transport(
                        HttpTransport.builder(serverUrl)
                            .credentials(credentials)
                            .shared(http)
                            .build())
                    .workers(workers)
                    .build()));
    // end
    assertThat(stores.openFiles()).isZero();
    engines
        .values()
        .forEach(
            engine -> assertThat(engine.syncEverything().outcome()).isEqualTo(Outcome.COMPLETE));
    assertThat(http.pacing().calls()).isPositive();
    assertThat(engines.get("ada").local().rooms()).isNotEmpty();
    // snippet: end of many accounts
    engines.values().forEach(Strandline::close);
    stores.close();
    http.close();
    // end
    assertThat(stores.openFiles()).isZero();
  }

  @Test
  void reconcilesARoom() {
    String first = workspace.messages().post(room.value(), ada, "high tide");
    try (Strandline strandline = inMemory()) {
      strandline.syncRoom(room);
      workspace.removals().expire(first);
      // snippet: reconcile
      ReconcileReport found = strandline.compare(room);
      if (found.foundDifferences()) {
        ReconcileReport repaired = strandline.reconcile(room);
        show(repaired.surplus().size() + " messages were gone without notice");
      }
      // end
      assertThat(shown).containsExactly("1 messages were gone without notice");
    }
  }

  @Test
  void countsARoom() {
    workspace.messages().post(room.value(), ada, "high tide");
    try (Strandline strandline = inMemory()) {
      strandline.syncEverything();
      // snippet: count
      ReconcileReport counted = strandline.reconcile(ReconcileRequest.room(room).quickly());
      show(counted.way() + ", not checked: " + counted.unchecked());
      // end
      assertThat(shown).as("so small a room is read").containsExactly("WHOLE, not checked: []");
    }
  }

  @Test
  void costsTheRequestsThatTheGuideNames() {
    workspace.conversation().fill(room.value(), 2_500);
    try (Strandline strandline = inMemory()) {
      assertThat(requestsOf(strandline)).as("for the first time").isEqualTo(2 + 2);
      assertThat(requestsOf(strandline)).as("seen within the last day").isEqualTo(1);
      workspace.clock().advance(Duration.ofDays(2));
      assertThat(requestsOf(strandline)).as("not seen for longer").isEqualTo(2);
      workspace.clock().advance(Duration.ofDays(28));
      assertThat(requestsOf(strandline)).as("not seen for 27 days").isEqualTo(2 + 1);
    }
  }

  private int requestsOf(Strandline strandline) {
    server.clearRequests();
    assertThat(strandline.syncEverything().outcome()).isEqualTo(Outcome.COMPLETE);
    assertThat(server.requestsTo("settings.public")).hasSize(1);
    assertThat(server.requestsTo("subscriptions.get")).hasSize(1);
    assertThat(server.requestsTo("rooms.get")).hasSize(1);
    return server.requestsTo("chat.syncMessages").size();
  }

  @Test
  void writesAPageAsJson() throws IOException {
    workspace.messages().post(room.value(), ada, "high tide");
    try (Strandline strandline = inMemory()) {
      strandline.syncEverything();
      LocalCopy local = strandline.local();
      // snippet: json
      ObjectMapper mapper = new ObjectMapper().findAndRegisterModules();
      String json = mapper.writeValueAsString(local.messages(room, null, 50));
      // end
      assertThat(mapper.readTree(json).at("/messages/0/json/msg").asText()).isEqualTo("high tide");
      assertThat(mapper.readTree(json).at("/coverage/state").asText()).isEqualTo("complete");
    }
  }

  // --- testing ---------------------------------------------------------------------------------

  // snippet: clock
  /** A clock on which every wait is over at once. */
  private static final class ImpatientClock implements DeviceClock {
    private final AtomicLong nanos = new AtomicLong();

    @Override
    public Instant now() {
      return Instant.EPOCH.plusNanos(nanos.get());
    }

    @Override
    public long nanoTime() {
      return nanos.get();
    }

    @Override
    public void sleep(Duration duration) {
      nanos.addAndGet(duration.toNanos());
    }
  }

  // end

  // snippet: test
  @Test
  void survivesAnOutageInTheMiddle() {
    FakeWorkspace workspace = FakeWorkspace.create();
    FakeUser ada = workspace.users().create("ada", "Ada");
    RoomId room = new RoomId(workspace.rooms().create(FakeRoomType.GROUP, "harbour", ada));
    workspace.conversation().fill(room.value(), 2_000);
    DeviceClock clock = new ImpatientClock();

    try (FakeServer server = FakeServer.start(workspace);
        Strandline strandline =
            Strandline.builder()
                .store(new MemoryStore())
                .transport(
                    HttpTransport.builder(URI.create(server.url()))
                        .credentials(new Credentials(ada.id(), ada.authToken()))
                        .clock(clock)
                        .build())
                .clock(clock)
                .build()) {
      server.faults().next("chat.syncMessages", Fault.status(503), Fault.cut(1_000));

      assertThat(strandline.syncEverything().outcome()).isEqualTo(Outcome.COMPLETE);

      assertThat(strandline.local().room(room).orElseThrow().counts().messages())
          .isEqualTo(workspace.visibleMessages(room.value(), ada).size());
    }
  }

  // end

  // --- the guide itself ------------------------------------------------------------------------

  @Test
  void thePagesShowThisCodeAndNoOther() throws IOException {
    List<String> inGuide = blocks(Path.of("../docs/embedding.md"), "```java", "```");
    // Compiled and run by DocumentedProgramTest.
    assertThat(inGuide.removeIf(block -> block.startsWith("moduleexample{"))).isTrue();
    inGuide.addAll(blocks(Path.of("../README.md"), "```java", "```"));
    List<String> here =
        blocks(
            Path.of("src/test/java/dev/strandline/transport/http/docs/EmbeddingGuideTest.java"),
            "// snippet: ",
            "// end");

    // The README's test against a recording runs where the recording is.
    here.addAll(
        blocks(
            Path.of(
                "../samples/replay/src/test/java/dev/strandline/samples/replay/HarbourTest.java"),
            "// snippet: readme",
            "// end"));

    assertThat(inGuide)
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(here);
  }

  /**
   * What stands between each line that begins with {@code open} and the next that is {@code close}.
   */
  private static List<String> blocks(Path file, String open, String close) throws IOException {
    List<String> blocks = new CopyOnWriteArrayList<>();
    StringBuilder block = null;
    for (String line : Files.readAllLines(file)) {
      String text = line.strip();
      if (block != null && text.equals(close)) {
        blocks.add(block.toString());
        block = null;
      } else if (block != null) {
        // Where a line is broken is the business of the page's width.
        Stream.of(text.split("\\s+", -1)).forEach(block::append);
      } else if (text.startsWith(open)) {
        block = new StringBuilder();
      }
    }
    return blocks;
  }
}
