package dev.strandline.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.Cancellation;
import dev.strandline.GoneRooms;
import dev.strandline.SyncRequest;
import dev.strandline.model.Coverage;
import dev.strandline.model.Membership;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.DirectoryEntry;
import dev.strandline.spi.Transport.DirectoryAnswer;
import dev.strandline.spi.Transport.Removal;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rooms that are lost, seem to be lost, or were another workspace's (R12). */
class LostRoomsTest {
  private static final RoomId OTHER = new RoomId("other");

  private final Workspace workspace = new Workspace();
  private final ScriptedServer server = new ScriptedServer(workspace);
  private final Device device = new Device(server);

  @BeforeEach
  void readARoom() {
    server.subscriptions = since -> server.directory(Workspace.ROOM, OTHER);
    workspace.post("a");
    device.pass(Duration.ofSeconds(10));
    device.sync(SyncRequest.everything());
    assertThat(device.stored()).containsExactly("a");
    device.pass(Duration.ofHours(1));
  }

  @Test
  void r12_aRoomThatIsGoneFromTheDirectoryIsPurgedWhereSoConfigured() {
    device.configure(o -> o.goneRooms(GoneRooms.PURGE));
    server.refused.add(Workspace.ROOM);
    Removal removal = new Removal("sub-" + Workspace.ROOM, workspace.time());
    server.subscriptions =
        since -> new DirectoryAnswer(server.date(), List.of(), List.of(removal), List.of());
    device.sync(SyncRequest.everything());
    assertThat(device.stored()).isEmpty();
    assertThat(membership()).isEqualTo(Membership.GONE);
  }

  @Test
  void r12_aConversationThatWasDeletedAndBegunAgainIsNotLost() {
    // Direct conversations have the ids of their members, whenever they are begun (facts 3.6).
    Removal removal = new Removal(Workspace.ROOM.value(), workspace.time());
    device.pass(Duration.ofHours(1));
    workspace.post("b");
    DirectoryAnswer anew = server.directory(Workspace.ROOM);
    server.subscriptions = since -> anew;
    server.rooms =
        since -> new DirectoryAnswer(server.date(), anew.entries(), List.of(removal), List.of());
    device.sync(SyncRequest.changes());
    assertThat(membership()).isEqualTo(Membership.MEMBER);
    assertThat(device.stored()).containsExactly("a", "b");
  }

  @Test
  void r12_aConversationThatIsBegunAgainBetweenTheTwoListsIsNotLost() {
    Removal ended = new Removal(Workspace.ROOM.value(), workspace.time());
    server.rooms =
        since -> new DirectoryAnswer(server.date(), List.of(), List.of(ended), List.of());
    Removal left = new Removal("sub-" + Workspace.ROOM, workspace.time());
    DirectoryEntry anew = ScriptedServer.subscription(Workspace.ROOM, "anew", workspace.now());
    server.subscriptions =
        since -> new DirectoryAnswer(server.date(), List.of(anew), List.of(left), List.of());
    device.sync(SyncRequest.changes());
    assertThat(membership()).isEqualTo(Membership.MEMBER);
  }

  @Test
  void r15_roomsThatAreRefusedAlthoughTheyAreListedAreLeftAloneForAnHour() {
    DirectoryAnswer listed = server.directory(Workspace.ROOM, OTHER);
    server.subscriptions = since -> since == null ? listed : server.directory();
    server.refused.addAll(List.of(Workspace.ROOM, OTHER));
    Engine engine = device.engine();
    device.pass(Duration.ofDays(2)); // so that it is time for both
    // Both are asked for, and one list says that both are the caller's.
    assertThat(changes(engine)).filteredOn(line -> line.startsWith("subscriptions")).hasSize(2);
    assertThat(changes(engine)).allMatch(line -> line.startsWith("subscriptions")).hasSize(1);
    DirectoryEntry changed =
        ScriptedServer.subscription(OTHER, "sub-anew", workspace.now() + 1_000);
    server.subscriptions =
        since ->
            since == null
                ? listed
                : new DirectoryAnswer(server.date(), List.of(changed), List.of(), List.of());
    assertThat(changes(engine)).anyMatch(line -> line.contains("other"));
    device.pass(Duration.ofHours(2));
    assertThat(changes(engine)).anyMatch(line -> line.contains("room=" + Workspace.ROOM));
    server.refused.clear();
    device.pass(Duration.ofHours(2));
    changes(engine);
    assertThat(device.coverage()).isInstanceOf(Coverage.Complete.class);
  }

  @Test
  void r15_aRefusalThatNobodyCanConfirmIsLeftAloneForAnHourToo() {
    Unreadable odd = new Unreadable(null, "{\"rid\":7}", "its rid is not text");
    server.subscriptions =
        since ->
            new DirectoryAnswer(
                server.date(), server.directory(OTHER).entries(), List.of(), List.of(odd));
    server.refused.add(Workspace.ROOM);
    Engine engine = device.engine();
    device.pass(Duration.ofDays(2)); // so that it is time for the room
    assertThat(changes(engine)).anyMatch(line -> line.contains("room=" + Workspace.ROOM));
    assertThat(changes(engine)).noneMatch(line -> line.contains("room=" + Workspace.ROOM));
    device.pass(Duration.ofHours(2));
    assertThat(changes(engine)).anyMatch(line -> line.contains("room=" + Workspace.ROOM));
  }

  private List<String> changes(Engine engine) {
    server.log.clear();
    device.pass(Duration.ofMinutes(1));
    engine.sync(SyncRequest.changes(), new Cancellation());
    return List.copyOf(server.log);
  }

  @Test
  void r12_anUnreadableSubscriptionIsNoLoss() {
    device.configure(o -> o.goneRooms(GoneRooms.PURGE));
    Unreadable odd = new Unreadable(null, "{\"rid\":\"R\",\"_updatedAt\":7}", "no date");
    server.subscriptions =
        since ->
            new DirectoryAnswer(
                server.date(), server.directory(OTHER).entries(), List.of(), List.of(odd));
    device.pass(Duration.ofDays(28)); // so that the directory is read whole
    device.sync(SyncRequest.everything());
    assertThat(membership()).isEqualTo(Membership.MEMBER);
    assertThat(device.stored()).containsExactly("a");
  }

  @Test
  void r12_aLostRoomThatIsAskedForAgainStaysLost() {
    loseTheRoom();
    device.sync();
    assertThat(device.coverage()).isInstanceOfSatisfying(Coverage.Stale.class, this::isGone);
  }

  @Test
  void r11_aLostRoomClaimsNoMoreThanTheSettingsWereToldFor() {
    server.confirmed = true;
    Engine engine = device.engine();
    device.pass(Duration.ofDays(2)); // so that it is time for the room
    ServerTime told = server.date();
    server.before = query -> device.pass(Duration.ofMinutes(5));
    changes(engine);
    assertThat(device.coverage())
        .isInstanceOfSatisfying(
            Coverage.Complete.class,
            complete ->
                assertThat(complete.asOf()).isGreaterThan(told.plus(Duration.ofMinutes(2))));
    Removal removal = new Removal("sub-" + Workspace.ROOM, workspace.time());
    server.subscriptions =
        since -> new DirectoryAnswer(server.date(), List.of(), List.of(removal), List.of());
    changes(engine);
    assertThat(device.coverage())
        .isInstanceOfSatisfying(
            Coverage.Stale.class,
            stale -> assertThat(stale.since()).isBetween(told, told.plus(Duration.ofMinutes(1))));
  }

  @Test
  void r12_aLostRoomStaysLostWhenTheWorkspaceIsReplaced() {
    loseTheRoom();
    server.identity = "second";
    device.sync(SyncRequest.room(OTHER));
    assertThat(device.coverage()).isInstanceOfSatisfying(Coverage.Stale.class, this::isGone);
  }

  @Test
  void r12_theDirectoryOfAReplacedWorkspaceIsReadWhole() {
    server.identity = "second";
    RoomId unheardOf = new RoomId("unheard-of");
    server.subscriptions =
        since -> since == null ? server.directory(unheardOf) : server.directory();
    device.pass(Duration.ofDays(1));
    device.sync(SyncRequest.everything());
    assertThat(device.room(unheardOf)).isPresent();
  }

  private void loseTheRoom() {
    server.subscriptions = since -> server.directory(OTHER);
    server.refused.add(Workspace.ROOM);
    device.sync();
    assertThat(device.coverage()).isInstanceOfSatisfying(Coverage.Stale.class, this::isGone);
  }

  private void isGone(Coverage.Stale stale) {
    assertThat(stale.cause()).isEqualTo(Coverage.Cause.GONE);
  }

  private Membership membership() {
    return device.room(Workspace.ROOM).map(Room::membership).orElseThrow();
  }
}
