package dev.strandline.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.SyncRequest;
import dev.strandline.model.Coverage;
import dev.strandline.model.RoomId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * The {@code Date} header may be a proxy's, and stamps may be wrong: neither loses a message nor
 * claims one that was not read.
 */
class ServersDateTest {
  private static final Duration MINUTES = Duration.ofMinutes(5);
  private static final Duration HOURS = Duration.ofHours(2);

  private final Workspace workspace = new Workspace();
  private final ScriptedServer server = new ScriptedServer(workspace);
  private final Device device = new Device(server);

  @Test
  void r6_aDateThatIsMinutesAheadWhenTheRoomIsFirstReadLosesNothing() {
    server.dateIsAhead = MINUTES;
    readRoomWithOneMessage();
    sendAndSync("b");
    device.pass(Duration.ofHours(1));
    device.sync();
    device.assertEqualsTheServer();
  }

  @Test
  void r6_aDateThatIsMinutesAheadWhenTheRoomIsReconciledLosesNothing() {
    readRoomWithOneMessage();
    server.dateIsAhead = MINUTES;
    device.reconcile();
    sendAndSync("b");
    device.pass(Duration.ofHours(1));
    device.sync();
    device.assertEqualsTheServer();
  }

  @Test
  void r6_aDateThatIsHoursAheadLosesNothing() {
    readRoomWithOneMessage();
    server.dateIsAhead = HOURS;
    device.sync();
    server.dateIsAhead = Duration.ZERO;
    sendAndSync("b");
    device.pass(Duration.ofDays(1));
    device.sync();
    device.assertEqualsTheServer();
  }

  @Test
  void r6_aDateThatIsAlwaysHoursAheadLosesNothing() {
    server.dateIsAhead = HOURS;
    readRoomWithOneMessage();
    for (int i = 0; i < 10; i++) {
      device.pass(Duration.ofMinutes(30));
      workspace.post("n" + i);
      device.pass(Duration.ofMinutes(30));
      device.sync();
    }
    device.pass(Duration.ofDays(1));
    device.sync();
    device.assertEqualsTheServer();
  }

  @Test
  void r6_aDirectorysDateThatIsHoursAheadHidesNoNewRoom() {
    RoomId old = new RoomId("old");
    RoomId fresh = new RoomId("new");
    long[] joinedAt = new long[1];
    server.subscriptions =
        since ->
            since != null && joinedAt[0] > since.epochMilli()
                ? server.directory(fresh)
                : server.directory(old);
    server.dateIsAhead = HOURS;
    device.sync(SyncRequest.everything());
    server.dateIsAhead = Duration.ZERO;
    device.pass(Duration.ofHours(1));
    joinedAt[0] = workspace.now();
    device.pass(Duration.ofDays(1));
    device.sync(SyncRequest.everything());
    assertThat(device.room(fresh)).isPresent();
  }

  @Test
  void r13_aThreadsDateThatIsHoursAheadLosesNoReply() {
    workspace.post("root");
    device.pass(Duration.ofSeconds(10));
    workspace.reply("r1", "root");
    device.pass(Duration.ofSeconds(10));
    server.dateIsAhead = HOURS;
    device.syncThread("root");
    server.dateIsAhead = Duration.ZERO;
    device.pass(Duration.ofMinutes(1));
    workspace.reply("r2", "root");
    device.pass(Duration.ofDays(1));
    device.syncThread("root");
    assertThat(device.stored()).contains("r1", "r2");
  }

  @Test
  void r9_aDateThatIsMinutesAheadIsNotClaimed() {
    readRoomWithOneMessage();
    server.dateIsAhead = Duration.ofMinutes(12);
    device.sync();
    device.pass(Duration.ofMinutes(5));
    workspace.post("b");
    Coverage.Complete claim = (Coverage.Complete) device.coverage();
    assertThat(claim.asOf()).isLessThan(workspace.time());
  }

  @Test
  void r10_aDateThatIsWeeksBehindDoesNotMakeARoomStale() {
    server.dateIsAhead = Duration.ofDays(-28);
    readRoomWithOneMessage();
    syncHourly(4);
    assertThat(device.coverage()).isInstanceOf(Coverage.Complete.class);
  }

  @Test
  void r10_aStampFarInTheFutureDoesNotMakeARoomStale() {
    workspace.post("a");
    device.pass(Duration.ofSeconds(10));
    workspace.post("b").stamp += Duration.ofDays(60).toMillis();
    device.pass(Duration.ofSeconds(10));
    device.sync();
    syncHourly(5);
    assertThat(device.coverage()).isInstanceOf(Coverage.Complete.class);
  }

  @Test
  void r1_aStampFromTheFutureIsNoTimeForAnAnswerWithoutADate() {
    readRoomWithOneMessage();
    workspace.post("b").stamp += Duration.ofDays(1).toMillis();
    device.pass(MINUTES);
    device.sync();
    server.dated = false;
    device.pass(MINUTES);
    device.sync();
    server.dated = true;
    device.pass(MINUTES);
    workspace.post("c");
    device.pass(Duration.ofHours(30));
    device.sync();
    device.pass(Duration.ofDays(2));
    device.sync();
    device.assertEqualsTheServer();
  }

  @Test
  void r1_aServersClockThatIsSetBackLosesNothing() {
    readRoomWithOneMessage();
    device.pass(Duration.ofMinutes(30));
    sendAndSync("b");
    workspace.pass(Duration.ofHours(-1));
    device.pass(Duration.ofMinutes(1));
    sendAndSync("c");
    device.pass(Duration.ofDays(1));
    device.sync();
    device.assertEqualsTheServer();
  }

  private void readRoomWithOneMessage() {
    workspace.post("a");
    device.pass(Duration.ofSeconds(10));
    device.sync();
  }

  private void sendAndSync(String id) {
    device.pass(Duration.ofMinutes(1));
    workspace.post(id);
    device.pass(Duration.ofMinutes(1));
    device.sync();
  }

  private void syncHourly(int times) {
    for (int i = 0; i < times; i++) {
      device.pass(Duration.ofHours(1));
      device.sync();
    }
  }
}
