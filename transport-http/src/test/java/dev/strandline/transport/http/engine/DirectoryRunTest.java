package dev.strandline.transport.http.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.strandline.Outcome;
import dev.strandline.ScopeReport;
import dev.strandline.Strandline;
import dev.strandline.SyncReport;
import dev.strandline.SyncRequest;
import dev.strandline.error.NotAuthorizedException;
import dev.strandline.error.StoreMismatchException;
import dev.strandline.model.Coverage;
import dev.strandline.model.MessageId;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.spi.DirectoryState;
import dev.strandline.testkit.server.FakeRoomType;
import dev.strandline.testkit.server.FakeUser;
import dev.strandline.testkit.server.Fault;
import dev.strandline.testkit.server.SeenRequest;
import dev.strandline.transport.http.HttpTransport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Finding rooms, and knowing whose they are. */
class DirectoryRunTest {
  private final Harness harness = new Harness();

  @AfterEach
  void stop() {
    harness.close();
  }

  private static List<Scope> order(SyncReport report) {
    return report.scopes().stream().map(ScopeReport::scope).toList();
  }

  private Room stored(RoomId id) {
    return harness.local().room(id).orElseThrow().room();
  }

  @Test
  void everyRoomOfTheCallerIsFoundAndNamed() {
    RoomId group = harness.room("harbour", 3);
    RoomId channel =
        new RoomId(
            harness
                .workspace
                .rooms()
                .create(FakeRoomType.CHANNEL, "general", harness.ada, harness.bob));
    RoomId direct =
        new RoomId(
            harness.workspace.rooms().create(FakeRoomType.DIRECT, "bob", harness.ada, harness.bob));
    RoomId secret =
        new RoomId(harness.workspace.rooms().create(FakeRoomType.GROUP, "secret", harness.bob));
    harness.post(channel, 4);
    harness.post(direct, 5);
    harness.syncEverything();

    assertThat(stored(group).name()).isEqualTo("harbour");
    assertThat(stored(group).type()).isEqualTo(dev.strandline.model.RoomType.ofCode("p"));
    assertThat(stored(channel).name()).isEqualTo("general");
    assertThat(stored(direct).name()).isEqualTo("bob");
    assertThat(stored(direct).type()).isEqualTo(dev.strandline.model.RoomType.DIRECT);
    assertThat(harness.local().room(secret)).isEmpty();
    for (RoomId room : List.of(group, channel, direct)) {
      harness.assertEqualsServer(room);
      assertThat(harness.coverage(room)).isInstanceOf(Coverage.Complete.class);
    }
  }

  @Test
  void aDirectConversationKeepsTheNameThatItsSubscriptionHas() {
    RoomId direct =
        new RoomId(
            harness.workspace.rooms().create(FakeRoomType.DIRECT, "bob", harness.ada, harness.bob));
    harness.syncEverything();
    harness.pass(Duration.ofMinutes(5));
    harness
        .server
        .faults()
        .next(
            "rooms.get",
            Fault.answer(
                200,
                "application/json",
                "{\"update\":[{\"_id\":\""
                    + direct
                    + "\",\"t\":\"d\",\"usernames\":[\"ada\",\"bob\"],\"name\":\"ada,bob\","
                    + "\"_updatedAt\":\"2025-10-09T09:05:00.000Z\"}],\"remove\":[],\"success\":true}"));
    harness.syncEverything();

    assertThat(stored(direct).name()).isEqualTo("bob");
  }

  @Test
  void aSecondRunAsksOnlyForWhatChangedAndFindsANewRoom() {
    RoomId room = harness.room("harbour", 3);
    harness.syncEverything();
    harness.pass(Duration.ofHours(1));
    RoomId added = harness.room("new", 2);
    harness.server.clearRequests();
    SyncReport report = harness.syncEverything();

    assertThat(harness.server.requestsTo("subscriptions.get"))
        .extracting(seen -> seen.parameter("updatedSince"))
        .doesNotContainNull()
        .hasSize(1);
    assertThat(harness.server.requestsTo("rooms.get"))
        .extracting(seen -> seen.parameter("updatedSince"))
        .doesNotContainNull()
        .hasSize(1);
    assertThat(order(report)).containsExactlyInAnyOrder(Scope.room(added), Scope.room(room));
    harness.assertEqualsServer(added);
  }

  @Test
  void aQuietOldRoomThatTheCallerIsAddedToIsFound() {
    RoomId old =
        new RoomId(harness.workspace.rooms().create(FakeRoomType.GROUP, "old", harness.bob));
    harness.post(old, 3);
    harness.room("harbour", 1);
    harness.syncEverything();
    harness.pass(Duration.ofDays(3));
    harness.workspace.rooms().join(old.value(), harness.ada);
    harness.syncEverything();

    harness.assertEqualsServer(old);
  }

  @Test
  void roomsWithNewsComeFirstAndTheNewestNewsFirstOfAll() {
    RoomId a = harness.room("a", 1);
    RoomId b = harness.room("b", 1);
    RoomId c = harness.room("c", 1);
    RoomId d = harness.room("d", 1);
    harness.syncEverything();
    harness.pass(Duration.ofHours(1));
    harness.post(c, 1);
    harness.pass(Duration.ofMinutes(1));
    harness.post(b, 1);
    harness.sync(a);
    SyncReport report = harness.syncEverything();

    // Then those without news, the one that was looked at longest ago first.
    assertThat(order(report))
        .containsExactly(Scope.room(b), Scope.room(c), Scope.room(d), Scope.room(a));
  }

  @Test
  void anEditOfAnOldMessageIsFoundAlthoughItsRoomTellsNothing() {
    RoomId room = harness.room("harbour");
    List<String> ids = harness.post(room, 10);
    harness.syncEverything();
    harness.pass(Duration.ofDays(3));
    harness.edit(ids.get(0), "edited");
    harness.syncEverything();

    harness.assertEqualsServer(room);
  }

  @Test
  void r10_afterTheHorizonTheDirectoryIsReadWholeAndALostRoomIsMissed() {
    RoomId room = harness.room("harbour", 3);
    RoomId lost = harness.room("lost", 3);
    harness.syncEverything();
    harness.workspace.rooms().kick(lost.value(), harness.ada);
    harness.pass(Duration.ofDays(40));
    harness.server.clearRequests();
    harness.syncEverything();

    assertThat(harness.server.requestsTo("subscriptions.get"))
        .singleElement()
        .satisfies(seen -> assertThat(seen.parameter("updatedSince")).isNull());
    assertThat(stored(lost).membership()).isEqualTo(dev.strandline.model.Membership.GONE);
    assertThat(stored(room).membership()).isEqualTo(dev.strandline.model.Membership.MEMBER);
  }

  @Test
  void r2_aDirectoryThatBreaksOffIsAskedForAgainWithItsNextRun() {
    RoomId room = harness.room("harbour", 3);
    harness.server.faults().next("rooms.get", 20, Fault.garbage());
    SyncReport broken = harness.engine.sync(SyncRequest.everything());

    assertThat(broken.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(broken.stoppedBy()).isNotNull();
    DirectoryState directory = harness.store.read(reader -> reader.directory());
    assertThat(directory).isEqualTo(DirectoryState.UNREAD);
    harness.server.faults().clear();
    harness.syncEverything();
    harness.assertEqualsServer(room);
  }

  @Test
  void refusedCredentialsEndTheRunAndAreReportedForEveryScope() {
    RoomId a = harness.room("a", 3);
    RoomId b = harness.room("b", 3);
    // With more lanes a request of each can be under way when the first is refused.
    harness.with(options -> options.lanes(1)).sync(a);
    List<String> rows = harness.stored(a);
    HttpTransport revoked = harness.transportOf(harness.ada, "revoked");
    Strandline engine = harness.engineOver(revoked);
    harness.server.clearRequests();
    SyncReport report = engine.sync(SyncRequest.builder().room(a).room(b).build());

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(report.stoppedBy().kind()).isEqualTo("not-authorized");
    assertThat(report.scopes())
        .hasSize(2)
        .allSatisfy(scope -> assertThat(scope.failure().kind()).isEqualTo("not-authorized"));
    assertThat(harness.server.requests()).extracting(SeenRequest::status).containsOnlyOnce(401);
    assertThatThrownBy(report::orThrow).isInstanceOf(NotAuthorizedException.class);
    assertThat(harness.stored(a)).isEqualTo(rows);
    revoked.close();
  }

  @Test
  void aStoreOfAnotherAccountIsRefusedBeforeAnythingIsAskedOrChanged() {
    RoomId room = harness.room("harbour", 3);
    harness.sync(room);
    var before = harness.store.read(reader -> List.of(reader.owner(), reader.roomStates()));
    List<String> rows = harness.stored(room);
    FakeUser bob = harness.bob;
    HttpTransport his = harness.transportOf(bob, bob.authToken());
    Strandline engine = harness.engineOver(his);
    harness.server.clearRequests();

    assertThatThrownBy(() -> engine.syncRoom(room)).isInstanceOf(StoreMismatchException.class);
    assertThatThrownBy(engine::syncEverything).isInstanceOf(StoreMismatchException.class);
    assertThatThrownBy(() -> engine.reconcile(room)).isInstanceOf(StoreMismatchException.class);
    assertThatThrownBy(() -> engine.compare(room)).isInstanceOf(StoreMismatchException.class);
    assertThat(harness.server.requests()).isEmpty();
    var after = harness.store.read(reader -> List.of(reader.owner(), reader.roomStates()));
    assertThat(after).isEqualTo(before);
    assertThat(harness.stored(room)).isEqualTo(rows);
    his.close();
  }

  @Test
  void r10_roomsOfAWorkspaceThatWasReplacedAreReconciled() {
    RoomId room = harness.room("harbour");
    List<String> ids = harness.post(room, 30);
    harness.syncEverything();
    harness.pass(Duration.ofHours(1));
    // Restored from a backup, under an identity of its own: some rows were never written.
    harness.workspace.settings().set("uniqueID", TextNode.valueOf("another"));
    ids.subList(20, 30).forEach(id -> harness.workspace.raw().removeMessage(id));
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
    harness.assertEqualsServer(room);
    assertThat(harness.coverage(room)).isInstanceOf(Coverage.Complete.class);
  }

  @Test
  void r10_theDirectoryOfAWorkspaceThatWasReplacedIsReadAnew() {
    RoomId room = harness.room("harbour", 3);
    harness.pass(Duration.ofDays(5));
    harness.syncEverything();
    harness.pass(Duration.ofHours(1));
    RoomId[] older = new RoomId[1];
    // A room that the backup has, with stamps from before the last run.
    harness.workspace.stamped(
        harness.serverNow().minus(Duration.ofDays(3)),
        () -> {
          older[0] = harness.room("older");
          harness.workspace.messages().post(older[0].value(), harness.bob, "from the backup");
        });
    harness.workspace.settings().set("uniqueID", TextNode.valueOf("another"));
    harness.syncEverything();

    assertThat(harness.local().room(older[0])).isPresent();
    harness.assertEqualsServer(older[0]);
    harness.assertEqualsServer(room);
  }

  @Test
  void r10_aThreadOfAWorkspaceThatWasReplacedIsReadAnew() {
    RoomId room = harness.room("harbour");
    String root = harness.post(room, "root");
    String reply = harness.workspace.messages().reply(root, harness.bob, "reply");
    harness.pass(Duration.ofHours(1));
    harness.sync(new MessageId(root));
    harness.pass(Duration.ofDays(5));
    harness.workspace.settings().set("uniqueID", TextNode.valueOf("another"));
    harness.workspace.stamped(
        harness.serverNow().minus(Duration.ofDays(6)),
        () -> harness.edit(reply, "as the backup has it"));
    harness.sync(new MessageId(root));

    assertThat(harness.text(reply)).isEqualTo("as the backup has it");
  }
}
