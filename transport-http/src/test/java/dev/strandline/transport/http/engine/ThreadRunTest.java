package dev.strandline.transport.http.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.History;
import dev.strandline.Outcome;
import dev.strandline.ScopeReport;
import dev.strandline.SyncReport;
import dev.strandline.SyncRequest;
import dev.strandline.ThreadMode;
import dev.strandline.model.Coverage;
import dev.strandline.model.Coverage.Cause;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.Tombstone;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.ThreadState;
import dev.strandline.testkit.server.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R13: threads, by themselves and beside their rooms. */
class ThreadRunTest {
  private static final String SYNC_THREAD = "chat.syncThreadMessages";

  private final Harness harness = new Harness();
  private final RoomId room = harness.room("harbour");
  private final String root = harness.post(room, "root");
  private final MessageId thread = new MessageId(root);

  @AfterEach
  void stop() {
    harness.close();
  }

  private String reply(String text) {
    return harness.workspace.messages().reply(root, harness.bob, text);
  }

  private List<String> replies() {
    List<String> ids = new ArrayList<>();
    harness
        .local()
        .forEachMessage(Scope.thread(thread), (Message message) -> ids.add(message.id().value()));
    return ids;
  }

  private Coverage worth() {
    return harness.local().replies(thread, null, 100).coverage();
  }

  private ThreadState state() {
    return harness.store.read(reader -> reader.threadState(thread)).orElseThrow();
  }

  @Test
  void r13_aThreadIsSyncedByItselfWithAWatermarkOfItsOwn() {
    String first = reply("first");
    String second = reply("second");
    harness.post(room, 5);
    harness.pass(Duration.ofHours(1));
    harness.sync(thread);

    assertThat(replies()).containsExactly(first, second);
    assertThat(worth()).isInstanceOf(Coverage.Complete.class);
    Optional<RoomState> roomState = harness.store.read(reader -> reader.roomState(room));
    assertThat(roomState).isEmpty();
    harness.pass(Duration.ofDays(2));
    String third = reply("third");
    harness.edit(first, "edited");
    harness.delete(second);
    harness.server.clearRequests();
    harness.sync(thread);

    assertThat(replies()).containsExactly(first, third);
    assertThat(harness.text(first)).isEqualTo("edited");
    assertThat(harness.server.requestsTo(SYNC_THREAD))
        .singleElement()
        .satisfies(seen -> assertThat(seen.parameter("updatedSince")).startsWith("2025-10-09T"));
  }

  @Test
  void r13_aThreadNeverMovesItsRoomsWatermarks() {
    reply("first");
    harness.pass(Duration.ofHours(1));
    harness.sync(room);
    RoomState before = harness.state(room);
    Coverage claimed = harness.coverage(room);
    harness.pass(Duration.ofHours(1));
    harness.post(room, "in the room, before the reply");
    reply("second");
    harness.sync(thread);

    assertThat(harness.state(room)).isEqualTo(before);
    assertThat(harness.coverage(room)).isEqualTo(claimed);
    harness.sync(room);
    harness.assertEqualsServer(room);
  }

  @Test
  void r13_hiddenRepliesAreDeletions() {
    String seen = reply("seen");
    String other = reply("other");
    harness.pass(Duration.ofHours(1));
    harness.sync(thread);
    harness.workspace.settings().keepHistory(true);
    harness.delete(seen);
    harness.edit(other, "edited, with a hidden copy");
    harness.sync(thread);

    assertThat(replies()).containsExactly(other);
    assertThat(harness.local().message(new MessageId(seen)).tombstone())
        .satisfies(grave -> assertThat(grave.reason()).isEqualTo(Tombstone.Reason.HIDDEN));
  }

  @Test
  void r13_ofRemovedRepliesOnlyIdAndTimeAreKept() {
    String secret = reply("words that were taken back");
    harness.pass(Duration.ofHours(1));
    harness.sync(thread);
    harness.delete(secret);
    harness.sync(thread);

    assertThat(replies()).isEmpty();
    assertThat(harness.local().message(new MessageId(secret)).tombstone().reason())
        .isEqualTo(Tombstone.Reason.DELETED);
    assertThat(harness.local().quarantine(null, 10)).isEmpty();
    assertThat(harness.stored(room)).noneMatch(json -> json.contains("taken back"));
  }

  @Test
  void r13_atEqualStampsTheRoomsDocumentStays() {
    String starred = reply("starred by two");
    harness.workspace.messages().star(starred, harness.bob);
    harness.workspace.messages().star(starred, harness.ada);
    harness.sync(room);
    harness.assertEqualsServer(room);
    // The thread's answer shows other people's stars.
    harness.sync(thread);
    harness.assertEqualsServer(room);
  }

  @Test
  void r13_theRoomsDocumentReplacesTheThreadsAtEqualStamps() {
    String starred = reply("starred");
    harness.workspace.messages().star(starred, harness.bob);
    harness.pass(Duration.ofHours(1));
    harness.sync(thread);
    harness.sync(room);

    harness.assertEqualsServer(room);
  }

  @Test
  void r13_aRootThatIsGoneIsAStateAndNoFailure() {
    reply("first");
    harness.pass(Duration.ofHours(1));
    harness.sync(thread);
    harness.workspace.removals().writeTombstone(root);
    harness.workspace.removals().removeLive(root);
    ScopeReport report = harness.sync(thread).scopes().get(0);

    assertThat(report.failure()).isNull();
    assertThat(state().condition()).isEqualTo(ThreadState.Condition.ROOT_GONE);
    assertThat(replies()).as("what is stored stays").hasSize(1);
    assertThat(worth())
        .isInstanceOfSatisfying(
            Coverage.Stale.class, stale -> assertThat(stale.cause()).isEqualTo(Cause.GONE));
  }

  @Test
  void r13_aRootThatNobodyKnowsIsAFailureOfItsScopeAlone() {
    SyncReport report =
        harness.engine.sync(
            SyncRequest.builder().room(room).thread(new MessageId("nobody")).build());

    assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
    assertThat(report.scopes().get(1).failure().kind()).isEqualTo("thread-root-gone");
    harness.assertEqualsServer(room);
  }

  @Test
  void r13_aThreadThatWasNamedFailsWhereThreadsAreOffAndComesBackWithThem() {
    String first = reply("first");
    harness.pass(Duration.ofHours(1));
    harness.sync(thread);
    harness.workspace.settings().threads(false);
    SyncReport report = harness.engine.syncThread(thread);

    assertThat(report.scopes().get(0).failure().kind()).isEqualTo("threads-off");
    assertThat(replies()).containsExactly(first);
    harness.workspace.settings().threads(true);
    String second = reply("second");
    harness.sync(thread);
    assertThat(replies()).containsExactly(first, second);
    assertThat(state().condition()).isEqualTo(ThreadState.Condition.ACTIVE);
  }

  @Test
  void r13_threadsThatAreFoundAreNoFailureWhereThreadsAreOff() {
    reply("first");
    harness.workspace.settings().threads(false);
    harness.with(options -> options.threads(ThreadMode.ALL)).sync(room);

    assertThat(harness.server.requestsTo(SYNC_THREAD)).isEmpty();
    harness.assertEqualsServer(room);
  }

  @Test
  void r13_automaticallyOnlyThreadsOfRoomsWithPartialHistoryAreFollowed() {
    String early = reply("long ago");
    harness.post(room, 60);
    harness.pass(Duration.ofDays(1));
    harness.with(options -> options.pageSize(10).history(History.latest(10))).sync(room);
    assertThat(harness.has(early)).isFalse();
    assertThat(harness.server.requestsTo(SYNC_THREAD)).isEmpty();
    harness.pass(Duration.ofHours(1));
    // Its root moves into the feed, and the thread becomes known.
    String late = reply("just now");
    harness.pass(Duration.ofHours(1));
    SyncReport report = harness.sync(room);

    assertThat(report.scopes())
        .extracting(ScopeReport::scope)
        .containsExactly(Scope.room(room), Scope.thread(thread));
    assertThat(replies()).containsExactly(early, late);
    assertThat(worth()).isInstanceOf(Coverage.Complete.class);
    harness.pass(Duration.ofHours(1));
    String later = reply("later");
    harness.server.clearRequests();
    harness.sync(room);
    assertThat(harness.server.requestsTo(SYNC_THREAD))
        .as("read once, it is kept whole by the room's feeds")
        .isEmpty();
    assertThat(replies()).containsExactly(early, late, later);
  }

  @Test
  void r13_automaticallyNoThreadOfAWholeRoomIsAsked() {
    reply("first");
    harness.sync(room);

    assertThat(harness.server.requestsTo(SYNC_THREAD)).isEmpty();
    assertThat(worth()).isInstanceOf(Coverage.Complete.class);
  }

  @Test
  void r13_askedForAllEachIsAskedAgainOnlyWhereItsRootWasWritten() {
    reply("first");
    String quiet = harness.post(room, "another root");
    harness.workspace.messages().reply(quiet, harness.bob, "reply");
    harness.pass(Duration.ofHours(1));
    harness.with(options -> options.threads(ThreadMode.ALL)).sync(room);
    assertThat(harness.server.requestsTo(SYNC_THREAD)).hasSize(2);
    harness.pass(Duration.ofHours(1));
    harness.server.clearRequests();
    harness.sync(room);
    assertThat(harness.server.requestsTo(SYNC_THREAD)).isEmpty();

    reply("second");
    harness.pass(Duration.ofMinutes(1));
    harness.sync(room);
    assertThat(harness.server.requestsTo(SYNC_THREAD))
        .singleElement()
        .satisfies(seen -> assertThat(seen.parameter("tmid")).isEqualTo(root));
    harness.assertEqualsServer(room);
  }

  @Test
  void r13_notAskedForNoneIsAsked() {
    reply("first");
    harness.post(room, 60);
    harness.with(options -> options.pageSize(10).history(History.latest(10)));
    harness.with(options -> options.threads(ThreadMode.NONE)).sync(room);
    reply("second");
    harness.sync(room);

    assertThat(harness.server.requestsTo(SYNC_THREAD)).isEmpty();
  }

  @Test
  void r10_aThreadThatWasAwayForThirtyDaysIsReadWhole() {
    String lost = reply("deleted and forgotten");
    String kept = reply("kept");
    harness.pass(Duration.ofHours(1));
    harness.sync(thread);
    harness.delete(lost);
    harness.pass(Duration.ofDays(31));
    harness.sync(thread);

    assertThat(replies()).containsExactly(kept);
  }

  @Test
  void r13_aGatewaysRefusalDoesNotMakeARootGone() {
    String kept = reply("kept");
    Fault gateways =
        Fault.answer(400, "application/json", "{\"code\":400,\"detail\":\"header too large\"}");
    harness.server.faults().next("chat.getMessage", gateways);
    SyncReport report = harness.engine.syncThread(thread);

    assertThat(report.scopes().get(0).failure().kind()).isEqualTo("server-error");
    harness.sync(thread);
    assertThat(replies()).containsExactly(kept);
  }

  @Test
  void r13_theRootOfAThreadThatIsAnsweredByAReplyIsTold() {
    // A root with replies is never deleted, but emptied; its replies stay.
    String first = reply("first");
    harness.sync(room);
    harness.delete(root);
    harness.sync(room);
    harness.sync(thread);

    harness.assertEqualsServer(room);
    assertThat(replies()).containsExactly(first);
  }

  @Test
  void r13_manyThreadsAndTheirRoomInOneRunEndEqual() {
    List<String> roots = harness.post(room, 6);
    roots.forEach(id -> harness.workspace.messages().reply(id, harness.ada, "reply"));
    SyncRequest.Builder request = SyncRequest.builder().room(room);
    roots.forEach(id -> request.thread(new MessageId(id)));
    Harness.complete(harness.engine.sync(request.build()));
    harness.delete(roots.get(0));
    harness.workspace.messages().star(roots.get(1), harness.bob);
    Harness.complete(harness.engine.sync(request.build()));

    harness.assertEqualsServer(room);
  }
}
