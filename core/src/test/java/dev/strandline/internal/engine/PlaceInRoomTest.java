package dev.strandline.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.GoneRooms;
import dev.strandline.SyncReport;
import dev.strandline.SyncRequest;
import dev.strandline.model.Coverage;
import dev.strandline.model.Membership;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.spi.DirectoryEntry;
import dev.strandline.spi.Transport.DirectoryAnswer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a subscription says of the caller's place in a room, and which subscription it is (R12). */
class PlaceInRoomTest {
  private static final RoomId OTHER = new RoomId("other");

  private final Workspace workspace = new Workspace();
  private final ScriptedServer server = new ScriptedServer(workspace);
  private final Device device = new Device(server);

  @BeforeEach
  void readARoom() {
    server.subscriptions = since -> server.directory(Workspace.ROOM, OTHER);
    workspace.post("a");
    workspace.post("b");
    device.pass(Duration.ofSeconds(10));
    everything();
    assertThat(device.stored()).containsExactly("a", "b");
    device.pass(Duration.ofHours(1));
  }

  private SyncReport everything() {
    device.pass(Duration.ofMinutes(1));
    return device.sync(SyncRequest.everything());
  }

  private void list(DirectoryEntry... entries) {
    server.subscriptions =
        since -> new DirectoryAnswer(server.date(), List.of(entries), List.of(), List.of());
  }

  private DirectoryEntry subscription(String id) {
    return ScriptedServer.subscription(Workspace.ROOM, id, workspace.now());
  }

  private DirectoryEntry other() {
    return ScriptedServer.subscription(OTHER, "sub-" + OTHER, workspace.now());
  }

  private Membership membership() {
    return device.room(Workspace.ROOM).map(Room::membership).orElseThrow();
  }

  private void readTheDirectoryWhole() {
    device.rows.write(
        writer -> {
          writer.putDirectory(dev.strandline.spi.DirectoryState.UNREAD);
          return writer;
        });
  }

  private void beginAgain() {
    // Deleted with its room, and without a tombstone that anybody is told of.
    workspace.posts.clear();
    workspace.graves.clear();
    workspace.post("new");
  }

  @Test
  void r12_aConversationBegunAgainIsReadWholeWhereTheDirectoryIsReadWhole() {
    beginAgain();
    list(subscription("anew"), other());
    readTheDirectoryWhole();
    everything();
    assertThat(device.stored()).containsExactly("new");
    assertThat(device.coverage().isComplete()).isTrue();
  }

  @Test
  void r12_aConversationBegunAgainIsReadWholeWhereOnlyChangesAreTold() {
    beginAgain();
    list(subscription("anew"));
    everything();
    assertThat(device.stored()).containsExactly("new");
  }

  @Test
  void r12_aConversationBegunAgainIsDoubtedWhereARefusalIsLookedUp() {
    server.refused.add(Workspace.ROOM);
    DirectoryEntry anew = subscription("anew");
    server.subscriptions =
        since ->
            new DirectoryAnswer(
                server.date(),
                since == null ? List.of(anew, other()) : List.of(),
                List.of(),
                List.of());
    everything();
    assertThat(device.coverage())
        .isInstanceOfSatisfying(
            Coverage.Stale.class,
            stale -> assertThat(stale.cause()).isEqualTo(Coverage.Cause.REGAINED));
    server.refused.clear();
    beginAgain();
    device.pass(Duration.ofHours(2));
    everything();
    assertThat(device.stored()).containsExactly("new");
  }

  @Test
  void r12_aConversationBegunAgainIsPurgedFirstWhereSoConfigured() {
    device.configure(o -> o.goneRooms(GoneRooms.PURGE));
    server.refused.add(Workspace.ROOM);
    list(subscription("anew"), other());
    readTheDirectoryWhole();
    everything();
    assertThat(device.stored()).isEmpty();
    assertThat(membership()).isEqualTo(Membership.MEMBER);
  }

  @Test
  void r12_whoIsBannedKeepsWhatIsStoredAndIsToldThatItIsGone() {
    list(subscription("sub-" + Workspace.ROOM).with(Membership.BANNED), other());
    server.refused.add(Workspace.ROOM);
    SyncReport report = everything();
    assertThat(report.scopes())
        .extracting(scope -> scope.scope().toString())
        .containsExactly("room:other");
    assertThat(membership()).isEqualTo(Membership.BANNED);
    assertThat(device.stored()).containsExactly("a", "b");
    assertThat(device.coverage())
        .isInstanceOfSatisfying(
            Coverage.Stale.class,
            stale -> assertThat(stale.cause()).isEqualTo(Coverage.Cause.GONE));
  }

  @Test
  void r12_whatIsStoredOfWhoIsBannedIsPurgedWhereSoConfigured() {
    device.configure(o -> o.goneRooms(GoneRooms.PURGE));
    list(subscription("sub-" + Workspace.ROOM).with(Membership.BANNED), other());
    everything();
    assertThat(device.stored()).isEmpty();
    assertThat(membership()).isEqualTo(Membership.BANNED);
  }

  @Test
  void r12_whoIsBannedNoMoreHasTheRoomReadWhole() {
    list(subscription("sub-" + Workspace.ROOM).with(Membership.BANNED), other());
    everything();
    beginAgain();
    list(subscription("sub-" + Workspace.ROOM), other());
    everything();
    assertThat(device.stored()).containsExactly("new");
    assertThat(device.coverage().isComplete()).isTrue();
  }

  @Test
  void r12_aBanThatARefusalBringsToLightIsHeeded() {
    DirectoryEntry banned = subscription("sub-" + Workspace.ROOM).with(Membership.BANNED);
    server.subscriptions =
        since ->
            new DirectoryAnswer(
                server.date(),
                since == null ? List.of(banned, other()) : List.of(),
                List.of(),
                List.of());
    server.refused.add(Workspace.ROOM);
    everything();
    assertThat(membership()).isEqualTo(Membership.BANNED);
    assertThat(everything().scopes()).hasSize(1);
  }

  @Test
  void r12_whoIsBannedAndThenUnlistedIsGone() {
    list(subscription("sub-" + Workspace.ROOM).with(Membership.BANNED), other());
    everything();
    list(other());
    readTheDirectoryWhole();
    everything();
    assertThat(membership()).isEqualTo(Membership.GONE);
  }

  @Test
  void r12_aRoomThatTheCallerIsOnlyInvitedToIsKnownAndNotAskedFor() {
    RoomId third = new RoomId("third");
    list(
        other(),
        subscription("sub-" + Workspace.ROOM),
        ScriptedServer.subscription(third, "s3", workspace.now()).with(Membership.INVITED));
    server.refused.add(third);
    for (int run = 0; run < 2; run++) {
      SyncReport report = everything();
      assertThat(report.scopes()).hasSize(2).allMatch(scope -> scope.failure() == null);
    }
    assertThat(device.room(third).map(Room::membership)).contains(Membership.INVITED);
    server.refused.remove(third);
    list(ScriptedServer.subscription(third, "s3", workspace.now()));
    everything();
    assertThat(device.room(third).map(Room::membership)).contains(Membership.MEMBER);
    boolean isComplete =
        device.rows.read(reader -> reader.roomState(third).orElseThrow().coverage(0).isComplete());
    assertThat(isComplete).isTrue();
  }

  @Test
  void r12_whoLeftAndIsInvitedAgainIsNoMemberUntilHeJoins() {
    list(subscription("anew").with(Membership.INVITED), other());
    everything();
    assertThat(membership()).isEqualTo(Membership.INVITED);
    assertThat(device.coverage())
        .isInstanceOfSatisfying(
            Coverage.Stale.class,
            stale -> assertThat(stale.cause()).isEqualTo(Coverage.Cause.GONE));
    beginAgain();
    list(subscription("anew"), other());
    everything();
    assertThat(device.stored()).containsExactly("new");
  }
}
