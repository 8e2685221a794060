package dev.strandline.transport.http.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.GoneRooms;
import dev.strandline.History;
import dev.strandline.Outcome;
import dev.strandline.ReconcileReport;
import dev.strandline.ScopeReport;
import dev.strandline.SyncReport;
import dev.strandline.SyncRequest;
import dev.strandline.model.Coverage;
import dev.strandline.model.Coverage.Cause;
import dev.strandline.model.Membership;
import dev.strandline.model.RoomId;
import dev.strandline.testkit.server.FakeRoomType;
import dev.strandline.testkit.server.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** R12: rooms that are gone or forbidden, and that come back. */
class GoneRoomTest {
  private static final String NO_SUBSCRIPTIONS = "{\"update\":[],\"remove\":[],\"success\":true}";

  private final Harness harness = new Harness();
  private final RoomId room = harness.room("harbour", 20);
  private final RoomId other = harness.room("kitchen", 5);

  @BeforeEach
  void know() {
    harness.syncEverything();
    harness.pass(Duration.ofHours(1));
  }

  @AfterEach
  void stop() {
    harness.close();
  }

  private Membership membership(RoomId id) {
    return harness.local().room(id).orElseThrow().room().membership();
  }

  private void assertFrozen(List<String> rows) {
    assertThat(membership(room)).isEqualTo(Membership.GONE);
    assertThat(harness.stored(room)).isEqualTo(rows);
    assertThat(harness.coverage(room))
        .isInstanceOfSatisfying(
            Coverage.Stale.class,
            stale -> {
              assertThat(stale.cause()).isEqualTo(Cause.GONE);
              assertThat(stale.since()).isNotNull();
            });
    assertThat(harness.store.check()).isEmpty();
  }

  @Test
  void r12_aRoomThatRefusesIsFrozenAfterTheSubscriptionsWereAsked() {
    List<String> rows = harness.stored(room);
    harness.workspace.rooms().kick(room.value(), harness.ada);
    harness.server.clearRequests();
    ScopeReport report = harness.engine.syncRoom(room).scopes().get(0);

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.failure().kind()).isEqualTo("room-unavailable");
    assertThat(harness.server.requestsTo("subscriptions.get")).hasSize(1);
    assertFrozen(rows);
  }

  @Test
  void r12_aRoomThatWasDeletedIsFrozenAndTheOthersGoOn() {
    List<String> rows = harness.stored(room);
    harness.workspace.rooms().delete(room.value());
    harness.post(other, 3);
    SyncReport report = harness.engine.sync(SyncRequest.builder().room(room).room(other).build());

    assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
    assertFrozen(rows);
    harness.assertEqualsServer(other);
  }

  @Test
  void r12_aRoomThatIsAskedForAgainAlthoughItIsGoneStaysFrozen() {
    List<String> rows = harness.stored(room);
    harness.workspace.rooms().delete(room.value());
    harness.engine.syncRoom(room);
    harness.engine.syncRoom(room);
    assertFrozen(rows);
    ReconcileReport report = harness.engine.reconcile(room);

    assertThat(report.failure().kind()).isEqualTo("room-unavailable");
    assertFrozen(rows);
  }

  @Test
  void r12_aRoomThatIsFoundGoneByReconcilingIsFrozen() {
    List<String> rows = harness.stored(room);
    harness.workspace.rooms().kick(room.value(), harness.ada);

    assertThat(harness.engine.reconcile(room).failure().kind()).isEqualTo("room-unavailable");
    assertFrozen(rows);
  }

  @Test
  void r12_anEndedSubscriptionIsRecognisedByItsOwnId() {
    List<String> rows = harness.stored(room);
    harness.workspace.rooms().kick(room.value(), harness.ada);
    harness.server.clearRequests();
    SyncReport report = harness.syncEverything();

    assertThat(harness.server.requestsTo("subscriptions.get"))
        .singleElement()
        .satisfies(seen -> assertThat(seen.parameter("updatedSince")).isNotNull());
    assertThat(report.scopes()).extracting(ScopeReport::scope).doesNotContain(scope(room));
    assertFrozen(rows);
  }

  private static dev.strandline.model.Scope scope(RoomId room) {
    return dev.strandline.model.Scope.room(room);
  }

  @Test
  void r12_purgingRemovesTheRowsOfARoomThatRefuses() {
    harness.workspace.rooms().kick(room.value(), harness.ada);
    harness.with(options -> options.goneRooms(GoneRooms.PURGE)).engine.syncRoom(room);

    assertThat(harness.stored(room)).isEmpty();
    assertThat(membership(room)).isEqualTo(Membership.GONE);
    assertThat(harness.stored(other)).hasSize(5);
  }

  @Test
  void r12_purgingRemovesTheRowsOfARoomWhoseSubscriptionHasEnded() {
    harness.workspace.rooms().kick(room.value(), harness.ada);
    harness.with(options -> options.goneRooms(GoneRooms.PURGE)).syncEverything();

    assertThat(harness.stored(room)).isEmpty();
    assertThat(membership(room)).isEqualTo(Membership.GONE);
    assertThat(harness.stored(other)).hasSize(5);
    assertThat(harness.store.check()).isEmpty();
  }

  @Test
  void r12_purgingRemovesTheRowsOfARoomThatAFullListNoLongerHas() {
    harness.workspace.rooms().kick(room.value(), harness.ada);
    harness.pass(Duration.ofDays(40));
    harness.with(options -> options.goneRooms(GoneRooms.PURGE)).syncEverything();

    assertThat(harness.stored(room)).isEmpty();
    assertThat(harness.stored(other)).hasSize(5);
  }

  @Test
  void r12_aPurgedRoomThatIsRegainedIsReadAnew() {
    harness.workspace.rooms().kick(room.value(), harness.ada);
    harness.with(options -> options.goneRooms(GoneRooms.PURGE)).syncEverything();
    harness.workspace.rooms().regain(room.value(), harness.ada);
    harness.syncEverything();

    harness.assertEqualsServer(room);
    assertThat(harness.coverage(room)).isInstanceOf(Coverage.Complete.class);
  }

  @Test
  void r12_anEmptyListOfSubscriptionsIsNotBelieved() {
    List<String> rows = harness.stored(room);
    harness.pass(Duration.ofDays(40));
    harness
        .server
        .faults()
        .next("subscriptions.get", Fault.answer(200, "application/json", NO_SUBSCRIPTIONS));
    harness.engine.sync(SyncRequest.everything());

    assertThat(membership(room)).isEqualTo(Membership.MEMBER);
    assertThat(membership(other)).isEqualTo(Membership.MEMBER);
    assertThat(harness.stored(room)).isEqualTo(rows);
  }

  @Test
  void r12_aRefusalBesideAnEmptyListOfSubscriptionsChangesNothing() {
    Coverage before = harness.coverage(room);
    List<String> rows = harness.stored(room);
    harness.workspace.rooms().kick(room.value(), harness.ada);
    harness
        .server
        .faults()
        .next("subscriptions.get", Fault.answer(200, "application/json", NO_SUBSCRIPTIONS));
    harness.with(options -> options.goneRooms(GoneRooms.PURGE)).engine.syncRoom(room);

    assertThat(harness.stored(room)).isEqualTo(rows);
    assertThat(harness.coverage(room)).isEqualTo(before);
    assertThat(membership(room)).isEqualTo(Membership.MEMBER);
  }

  @Test
  void r12_aRoomThatIsRegainedIsReadWholeAndSaysStaleUntilThen() {
    harness.workspace.rooms().kick(room.value(), harness.ada);
    harness.syncEverything();
    harness.pass(Duration.ofDays(1));
    List<dev.strandline.model.MessageId> ids =
        harness.local().messages(room, null, 20).messages().stream().map(m -> m.id()).toList();
    // While the caller was out: a trace that is forgotten, and one that never was.
    harness.delete(ids.get(3).value());
    harness.workspace.removals().expire(ids.get(4).value());
    harness.post(room, 4);
    harness.pass(Duration.ofHours(1));
    harness.workspace.rooms().regain(room.value(), harness.ada);
    Coverage[] meanwhile = new Coverage[1];
    harness.onAnswers(
        4,
        request -> {
          if (request == 4) {
            meanwhile[0] = harness.coverage(room);
          }
        });
    harness.syncEverything();

    assertThat(meanwhile[0]).isInstanceOf(Coverage.Stale.class);
    assertThat(membership(room)).isEqualTo(Membership.MEMBER);
    harness.assertEqualsServer(room);
    assertThat(harness.coverage(room)).isInstanceOf(Coverage.Complete.class);
  }

  @Test
  void r12_aRoomThatWasLeftAndJoinedAgainBetweenTwoRunsIsReadWhole() {
    List<dev.strandline.model.MessageId> ids =
        harness.local().messages(room, null, 20).messages().stream().map(m -> m.id()).toList();
    harness.workspace.rooms().leave(room.value(), harness.ada);
    harness.workspace.removals().expire(ids.get(4).value());
    harness.workspace.rooms().join(room.value(), harness.ada);
    harness.syncEverything();

    assertThat(membership(room)).isEqualTo(Membership.MEMBER);
    harness.assertEqualsServer(room);
  }

  @Test
  void r12_aRoomThatNeverWasLeavesNoRoomBehind() {
    RoomId unknown = new RoomId("nowhere");
    SyncReport report = harness.engine.syncRoom(unknown);

    assertThat(report.scopes().get(0).failure().kind()).isEqualTo("room-unavailable");
    assertThat(harness.local().room(unknown)).isEmpty();
  }

  @Test
  void r12_aPublicChannelCanBeReadWithoutASubscription() {
    RoomId open =
        new RoomId(harness.workspace.rooms().create(FakeRoomType.CHANNEL, "open", harness.bob));
    harness.post(open, 10);
    harness.sync(open);

    assertThat(membership(open)).isEqualTo(Membership.READER);
    harness.assertEqualsServer(open);
  }

  @Test
  void r12_aRoomThatRefusesCostsNoRequestsForItsThreads() {
    RoomId deep = harness.room("deep");
    for (String root : harness.post(deep, 30)) {
      harness.workspace.messages().reply(root, harness.bob, "reply");
    }
    harness.pass(Duration.ofHours(1));
    harness.with(options -> options.pageSize(10).history(History.latest(10))).sync(deep);
    harness.pass(Duration.ofHours(1));
    harness.workspace.rooms().kick(deep.value(), harness.ada);
    // Forgotten, so that every thread is worth asking for again.
    harness.store.write(
        writer -> {
          writer
              .threadStates(deep)
              .forEach(
                  thread ->
                      writer.putThreadState(
                          new dev.strandline.spi.ThreadState(
                              thread.root(),
                              deep,
                              dev.strandline.spi.FeedPosition.anchoredAt(
                                  dev.strandline.model.ServerTime.EPOCH),
                              null,
                              thread.condition())));
          return deep;
        });
    harness.server.clearRequests();
    SyncReport report = harness.engine.syncRoom(deep);

    assertThat(harness.server.requestsTo("chat.syncThreadMessages")).isEmpty();
    assertThat(report.scopes()).hasSize(1);
  }
}
