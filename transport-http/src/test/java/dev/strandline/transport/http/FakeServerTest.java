package dev.strandline.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.error.CursorUnsupportedException;
import dev.strandline.error.MalformedResponseException;
import dev.strandline.error.NotAuthorizedException;
import dev.strandline.error.RoomUnavailableException;
import dev.strandline.error.ThreadUnavailableException;
import dev.strandline.error.ThreadUnavailableException.Reason;
import dev.strandline.error.UnreachableException;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import dev.strandline.spi.DirectoryEntry;
import dev.strandline.spi.Feed;
import dev.strandline.spi.FeedAnswer;
import dev.strandline.spi.FeedQuery;
import dev.strandline.spi.ServerFacts;
import dev.strandline.spi.Transport.Removal;
import dev.strandline.testkit.server.FakeRoomType;
import dev.strandline.testkit.server.FakeServer;
import dev.strandline.testkit.server.FakeServerOptions;
import dev.strandline.testkit.server.FakeUser;
import dev.strandline.testkit.server.FakeWorkspace;
import dev.strandline.testkit.server.Fault;
import dev.strandline.testkit.server.RateLimit;
import dev.strandline.testkit.server.SeenRequest;
import dev.strandline.testkit.server.ServerForm;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every route, asked of a server that behaves as the real one does. */
class FakeServerTest {
  private final FakeWorkspace workspace = FakeWorkspace.create();
  private final FakeUser ada = workspace.users().create("ada", "Ada");
  private final FakeUser bob = workspace.users().create("bob", "Bob");
  private final RoomId room =
      new RoomId(workspace.rooms().create(FakeRoomType.CHANNEL, "general", ada, bob));
  private final TestClock clock = new TestClock();
  private final RecordingCall call =
      new RecordingCall(clock) {
        @Override
        public void pause(Duration duration, String reason) {
          super.pause(duration, reason);
          workspace.clock().advance(duration);
        }
      };
  private final CollectingSink sink = new CollectingSink();
  private FakeServer server;
  private HttpTransport transport;

  private void start(ServerForm form, RateLimit limit) {
    server =
        FakeServer.start(
            workspace, FakeServerOptions.builder().form(form).rateLimit(limit).build());
    transport = transport(ada.authToken());
  }

  private void start(ServerForm form) {
    start(form, RateLimit.off());
  }

  private HttpTransport transport(String token) {
    return HttpTransport.builder(URI.create(server.url()))
        .credentials(new Credentials(ada.id(), token))
        .clock(clock)
        .build();
  }

  @AfterEach
  void stop() {
    transport.close();
    server.close();
  }

  private FeedAnswer fetch(FeedQuery query) {
    return transport.fetch(query, sink, call);
  }

  private List<String> received() {
    return sink.messages.stream().map(m -> m.id().value()).toList();
  }

  @ParameterizedTest
  @EnumSource(
      value = ServerForm.class,
      names = {"V7", "V8_7"})
  void aRoomIsReadPageByPageInBothDirections(ServerForm form) {
    start(form);
    String first = workspace.messages().post(room.value(), ada, "one 🌊");
    String second = workspace.messages().post(room.value(), bob, "two");
    String third = workspace.messages().post(room.value(), ada, "three");

    FeedAnswer cut = fetch(new FeedQuery.Forward(room, Feed.UPDATED, ServerTime.EPOCH, 2));
    assertThat(received()).containsExactly(first, second);
    assertThat(cut.continuation()).isEqualTo(sink.messages.get(1).updatedAt());
    assertThat(cut.askedAt().isAfter(sink.messages.get(0).updatedAt())).isFalse();
    FeedAnswer rest = fetch(new FeedQuery.Forward(room, Feed.UPDATED, cut.continuation(), 2));
    assertThat(received()).containsExactly(first, second, third);
    assertThat(rest.isCut()).isFalse();
    Message message = sink.messages.get(0);
    assertThat(message.text()).isEqualTo("one 🌊");
    assertThat(message.authorName()).isEqualTo("ada");
    assertThat(message.room()).isEqualTo(room);

    sink.messages.clear();
    FeedAnswer back = fetch(new FeedQuery.Backward(room, ServerTime.MAX, 2));
    assertThat(received()).containsExactly(third, second);
    assertThat(fetch(new FeedQuery.Backward(room, back.continuation(), 2)).isCut()).isFalse();
    assertThat(received()).containsExactly(third, second, first);
  }

  @ParameterizedTest
  @EnumSource(
      value = ServerForm.class,
      names = {"V7", "V8_7"})
  void deletionsAreToldByBothWaysOfAsking(ServerForm form) {
    start(form);
    String id = workspace.messages().post(room.value(), ada, "gone soon");
    workspace.removals().delete(id, ada);

    fetch(new FeedQuery.Forward(room, Feed.DELETED, ServerTime.EPOCH, 1000));
    fetch(new FeedQuery.Since(room, ServerTime.EPOCH));
    assertThat(sink.messages).isEmpty();
    assertThat(sink.tombstones).hasSize(2).allMatch(t -> t.id().value().equals(id));
    assertThat(sink.tombstones.get(0)).isEqualTo(sink.tombstones.get(1));
  }

  @Test
  void r16_aServerWithoutCursorsIsKnownByItsAnswer() {
    start(ServerForm.V6);
    String id = workspace.messages().post(room.value(), ada, "old");

    assertThatThrownBy(() -> fetch(new FeedQuery.Forward(room, Feed.UPDATED, ServerTime.EPOCH, 2)))
        .isInstanceOf(CursorUnsupportedException.class);
    assertThatThrownBy(() -> fetch(new FeedQuery.Backward(room, ServerTime.MAX, 2)))
        .isInstanceOf(CursorUnsupportedException.class);
    fetch(new FeedQuery.Since(room, ServerTime.EPOCH));
    assertThat(received()).containsExactly(id);
  }

  @ParameterizedTest
  @EnumSource(ServerForm.class)
  void r13_aThreadTellsItsRepliesAndWhatIsGone(ServerForm form) {
    start(form);
    String root = workspace.messages().post(room.value(), ada, "root");
    String reply = workspace.messages().reply(root, bob, "reply");
    String gone = workspace.messages().reply(root, bob, "deleted words");
    workspace.removals().delete(gone, bob);
    String hidden = workspace.messages().reply(root, bob, "hidden words");
    workspace.removals().hide(hidden);
    FeedQuery query = new FeedQuery.ThreadSince(new MessageId(root), ServerTime.EPOCH);
    fetch(query);

    assertThat(received()).containsExactly(reply);
    assertThat(sink.tombstones)
        .extracting(t -> t.id().value(), Tombstone::reason)
        .containsExactlyInAnyOrder(
            org.assertj.core.groups.Tuple.tuple(gone, Tombstone.Reason.DELETED),
            org.assertj.core.groups.Tuple.tuple(hidden, Tombstone.Reason.HIDDEN));
    assertThat(sink.unreadable).isEmpty();

    assertThatThrownBy(
            () -> fetch(new FeedQuery.ThreadSince(new MessageId("nobody"), ServerTime.EPOCH)))
        .isInstanceOfSatisfying(
            ThreadUnavailableException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.ROOT_GONE));
    workspace.settings().threads(false);
    assertThatThrownBy(() -> fetch(query))
        .isInstanceOfSatisfying(
            ThreadUnavailableException.class,
            e -> assertThat(e.reason()).isEqualTo(Reason.THREADS_OFF));
  }

  @ParameterizedTest
  @EnumSource(ServerForm.class)
  void aRoomThatIsNotTheCallersIsUnavailable(ServerForm form) {
    start(form);
    String other = workspace.rooms().create(FakeRoomType.GROUP, "secret", bob);

    assertThatThrownBy(() -> fetch(new FeedQuery.Since(new RoomId(other), ServerTime.EPOCH)))
        .isInstanceOf(RoomUnavailableException.class);
  }

  @ParameterizedTest
  @EnumSource(ServerForm.class)
  void theDirectoryTellsRoomsAndRemovals(ServerForm form) {
    start(form);
    workspace.messages().post(room.value(), bob, "hello");
    var all = transport.rooms(null, call);
    DirectoryEntry general = all.entries().get(0);
    assertThat(general.room()).isEqualTo(room);
    assertThat(general.name()).isEqualTo("general");
    assertThat(general.lastMessageAt()).isNotNull();
    DirectoryEntry mine = transport.subscriptions(null, call).entries().get(0);
    assertThat(mine.room()).isEqualTo(room);
    assertThat(mine.type()).isEqualTo(dev.strandline.model.RoomType.CHANNEL);

    ServerTime since = ServerTime.ofEpochMilli(workspace.clock().millis() - 1);
    workspace.rooms().leave(room.value(), ada);
    assertThat(transport.subscriptions(since, call).removed())
        .extracting(Removal::id)
        .containsExactly(mine.id());
    workspace.rooms().delete(room.value());
    assertThat(transport.rooms(since, call).removed())
        .extracting(Removal::id)
        .contains(room.value());
  }

  @ParameterizedTest
  @EnumSource(ServerForm.class)
  void singleMessagesAndSettingsAreTold(ServerForm form) {
    start(form);
    String id = workspace.messages().postWithId("odd id/?&🌊", room.value(), ada, "hello");
    workspace.settings().keepHistory(true);

    assertThat(transport.message(new MessageId(id), call))
        .hasValueSatisfying(m -> assertThat(m.text()).isEqualTo("hello"));
    assertThat(transport.message(new MessageId("nobody"), call)).isEmpty();
    ServerFacts facts = transport.facts(call);
    assertThat(facts.keepsHistory()).isTrue();
    assertThat(facts.showsDeletedStatus()).isFalse();
    assertThat(facts.uniqueId()).isNotEmpty();
    assertThat(facts.hidesDeletions()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(ServerForm.class)
  void aWrongTokenIsNotAuthorised(ServerForm form) {
    start(form);
    transport.close();
    transport = transport("wrong");

    assertThatThrownBy(() -> fetch(new FeedQuery.Since(room, ServerTime.EPOCH)))
        .isInstanceOf(NotAuthorizedException.class);
  }

  @ParameterizedTest
  @EnumSource(ServerForm.class)
  void r15_theRealLimiterIsNeverMadeToRefuse(ServerForm form) {
    start(form, RateLimit.serverDefault());
    for (int i = 0; i < 35; i++) {
      fetch(new FeedQuery.Since(room, ServerTime.EPOCH));
    }

    assertThat(server.requests()).hasSize(35).allMatch(seen -> seen.status() == 200);
    assertThat(call.pauses).hasSize(3);
  }

  @Test
  void faultsOnTheWayAreTold() {
    start(ServerForm.V8_7);
    workspace.messages().post(room.value(), ada, "hello");
    FeedQuery query = new FeedQuery.Since(room, ServerTime.EPOCH);
    // The JDK's client repeats a GET whose connection closes without a byte.
    server.faults().next("chat.syncMessages", 20, Fault.reset());
    assertThatThrownBy(() -> fetch(query)).isInstanceOf(UnreachableException.class);
    server.faults().clear();

    server.faults().next("chat.syncMessages", Fault.cut(20), Fault.html());
    server.faults().next("chat.syncMessages", Fault.garbage(), Fault.withoutDate());
    assertThatThrownBy(() -> fetch(query)).isInstanceOf(UnreachableException.class);
    assertThatThrownBy(() -> fetch(query)).isInstanceOf(MalformedResponseException.class);
    assertThatThrownBy(() -> fetch(query)).isInstanceOf(MalformedResponseException.class);
    assertThat(fetch(query).askedAt()).isNull();
    assertThat(sink.messages).hasSize(1);
  }

  @Test
  void nothingIsAskedThatWasNotNeeded() {
    start(ServerForm.V8_7);
    fetch(new FeedQuery.Since(room, ServerTime.EPOCH));
    transport.facts(call);

    assertThat(server.requests())
        .extracting(SeenRequest::route)
        .containsExactly("chat.syncMessages", "settings.public");
    assertThat(call.sent).containsExactly("chat.syncMessages", "settings.public");
  }
}
