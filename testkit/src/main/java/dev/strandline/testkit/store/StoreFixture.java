package dev.strandline.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;

import dev.strandline.model.Membership;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.MessageKey;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import dev.strandline.model.ThreadSummary;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.DirectoryState;
import dev.strandline.spi.FeedPosition;
import dev.strandline.spi.InQuestion;
import dev.strandline.spi.Origin;
import dev.strandline.spi.Quarantined;
import dev.strandline.spi.RoomCounts;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.ScopeRun;
import dev.strandline.spi.Store;
import dev.strandline.spi.StoreOwner;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.StoreWriter;
import dev.strandline.spi.StoredVersion;
import dev.strandline.spi.ThreadState;
import dev.strandline.spi.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.assertj.core.api.ListAssert;
import org.assertj.core.api.ObjectAssert;
import org.assertj.core.api.OptionalAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the promises are tested with: a store, short words for its contents, threads. */
abstract class StoreFixture {
  static final RoomId ROOM = new RoomId("room");
  static final RoomId OTHER = new RoomId("other");
  static final StoreOwner OWNER = new StoreOwner("https://chat.example/ada", "workspace-1");
  static final Instant NOW = Instant.ofEpochMilli(1_760_000_000_123L);
  static final long LIMIT_SECONDS = 60; // only a store that blocks ever waits so long

  /** The store under test, open and empty at the start of each test. */
  @SuppressWarnings("NullAway.Init") // before every test
  private Store store;

  /** Opens a store that was never written to. Called once for each test. */
  protected abstract Store open();

  @BeforeEach
  final void openStore() {
    store = open();
  }

  @AfterEach
  final void closeStore() {
    store().close();
  }

  /** The store under test. */
  protected final Store store() {
    return store;
  }

  /** Everything that a store can hold. */
  record Snapshot(
      Optional<StoreOwner> owner,
      DirectoryState directory,
      List<Room> rooms,
      List<RoomState> states,
      List<ThreadState> threadStates,
      List<ScopeRun> runs,
      List<Message> messages,
      List<Optional<StoredVersion>> versions,
      List<ThreadSummary> threads,
      RoomCounts counts,
      Optional<Tombstone> tombstone,
      List<Quarantined> quarantine,
      List<InQuestion> inQuestion) {}

  Snapshot snapshot() {
    return store()
        .read(
            r -> {
              List<Message> messages = r.messages(Scope.room(ROOM), null, 100);
              return new Snapshot(
                  r.owner(),
                  r.directory(),
                  r.rooms(),
                  r.roomStates(),
                  r.threadStates(ROOM),
                  r.scopeRuns(),
                  messages,
                  messages.stream().map(m -> r.version(m.id())).toList(),
                  r.threads(ROOM, 100),
                  r.counts(ROOM),
                  r.tombstone(id("gone")),
                  r.quarantine(null, 100),
                  r.inQuestion());
            });
  }

  void fillEverything(StoreWriter w) {
    w.putOwner(OWNER);
    w.putDirectory(new DirectoryState(time(1), time(2), time(3), Told.at(time(4))));
    w.putRoom(room("room").name("known").membership(Membership.MEMBER).build());
    w.putRoomState(
        RoomState.anchoredAt(ROOM, time(3))
            .withReconciling(new RoomState.Reconciling(time(4), null, time(5), false)));
    w.putThreadState(threadState("root", "room"));
    w.putScopeRun(new ScopeRun(Scope.room(ROOM), NOW, "complete", 1, null, null, NOW));
    w.putMessage(root("root", 1, 1, 2), Origin.ROOM);
    w.putMessage(reply("reply", 2, "root"), Origin.THREAD);
    w.putTombstone(ROOM, Tombstone.deleted(id("gone"), time(6)));
    w.quarantine(ROOM, unreadable("q", "{\"_id\":\"q\"}"), NOW);
    w.putInQuestion(new InQuestion(id("gone"), ROOM, time(6), InQuestion.Why.DELETED_AND_SHOWN));
    w.noteSeen(ROOM, id("root"));
  }

  static MessageId id(String value) {
    return new MessageId(value);
  }

  static ServerTime time(long millis) {
    return new ServerTime(millis);
  }

  static Room.Builder room(String id) {
    return Room.builder(new RoomId(id));
  }

  static ThreadState threadState(String root, String room) {
    return new ThreadState(
        id(root),
        new RoomId(room),
        FeedPosition.anchoredAt(time(1)),
        null,
        ThreadState.Condition.ACTIVE);
  }

  static Unreadable unreadable(String id, String json) {
    return new Unreadable(id(id), json, "no usable date");
  }

  static Message message(String id, long sentAt) {
    return message(id, sentAt, "room");
  }

  static Message message(String id, long sentAt, String room) {
    return message(id, sentAt, time(sentAt + 1000), room);
  }

  static Message message(String id, long sentAt, ServerTime updatedAt, String room) {
    return draft(id, time(sentAt), updatedAt, room, "").build();
  }

  static Message root(String id, long sentAt, int replies, long lastReplyAt) {
    return draft(
            id,
            time(sentAt),
            time(lastReplyAt),
            "room",
            ",\"tcount\":" + replies + ",\"tlm\":\"" + time(lastReplyAt) + "\"")
        .replies(replies, time(lastReplyAt))
        .build();
  }

  static Message reply(String id, long sentAt, String root) {
    return reply(id, sentAt, root, "room");
  }

  static Message reply(String id, long sentAt, String root, String room) {
    return draft(id, time(sentAt), time(sentAt), room, ",\"tmid\":\"" + root + "\"")
        .thread(id(root))
        .build();
  }

  /** A message whose document says what its fields say, as a server's does. */
  static Message.Builder draft(
      String id, ServerTime sentAt, ServerTime updatedAt, String room, String more) {
    String json =
        "{\"_id\":\""
            + id
            + "\",\"rid\":\""
            + room
            + "\",\"msg\":\"text of "
            + id
            + "\",\"ts\":\""
            + sentAt
            + "\",\"u\":{\"_id\":\"uid1\",\"username\":\"ada\"},\"_updatedAt\":\""
            + updatedAt
            + "\""
            + more
            + "}";
    return Message.builder(id(id), new RoomId(room), sentAt, updatedAt, json)
        .author("uid1", "ada")
        .text("text of " + id);
  }

  static void assertSame(Message actual, Message expected) {
    assertThat(actual).isEqualTo(expected);
    assertThat(actual.sentAt()).isEqualTo(expected.sentAt());
    assertThat(actual.updatedAt()).isEqualTo(expected.updatedAt());
    assertThat(actual.thread()).isEqualTo(expected.thread());
    assertThat(actual.type()).isEqualTo(expected.type());
    assertThat(actual.authorId()).isEqualTo(expected.authorId());
    assertThat(actual.authorName()).isEqualTo(expected.authorName());
    assertThat(actual.text()).isEqualTo(expected.text());
    assertThat(actual.replyCount()).isEqualTo(expected.replyCount());
    assertThat(actual.lastReplyAt()).isEqualTo(expected.lastReplyAt());
  }

  static List<String> ids(List<Message> messages) {
    List<String> ids = new ArrayList<>();
    messages.forEach(message -> ids.add(message.id().value()));
    return ids;
  }

  ThreadSummary only() {
    List<ThreadSummary> threads = read(r -> r.threads(ROOM, 9));
    assertThat(threads).hasSize(1);
    return threads.get(0);
  }

  List<String> page(long sentAt, String id) {
    MessageKey before = new MessageKey(time(sentAt), id(id));
    return read(r -> ids(r.messages(Scope.room(ROOM), before, 9)));
  }

  List<Message> pages(Scope scope, int limit) {
    List<Message> all = new ArrayList<>();
    @Nullable MessageKey before = null;
    while (true) {
      MessageKey from = before;
      List<Message> page = read(r -> r.messages(scope, from, limit));
      all.addAll(page);
      if (page.size() < limit) {
        return all;
      }
      before = MessageKey.of(page.get(page.size() - 1));
    }
  }

  <T> T read(Function<? super StoreReader, T> work) {
    return store().read(work);
  }

  <T> OptionalAssert<T> assertOptional(Function<StoreReader, Optional<T>> question) {
    Optional<T> answer = store().read(question);
    return assertThat(answer);
  }

  <T> ListAssert<T> assertList(Function<StoreReader, List<T>> question) {
    List<T> answer = store().read(question);
    return assertThat(answer);
  }

  <T> ObjectAssert<T> assertValue(Function<StoreReader, T> question) {
    T answer = store().read(question);
    return assertThatObject(answer);
  }

  List<MessageId> unseen(RoomId room, int limit) {
    return store().write(w -> w.unseen(room, limit));
  }

  /** Like {@link #read} for an action; spares the compiler the guessing of a result. */
  void observe(Consumer<? super StoreReader> work) {
    store.read(
        r -> {
          work.accept(r);
          return 0;
        });
  }

  void write(Consumer<? super StoreWriter> work) {
    store()
        .write(
            w -> {
              work.accept(w);
              return 0;
            });
  }

  /** Runs {@code action} on another thread and waits for it. */
  static void elsewhere(Runnable action) {
    await(start(action));
  }

  /** Starts {@code action} on a thread of its own. */
  static CompletableFuture<Void> start(Runnable action) {
    return CompletableFuture.runAsync(action, task -> new Thread(task, "contract").start());
  }

  static void await(CompletableFuture<Void> future) {
    assertThat(future).succeedsWithin(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
