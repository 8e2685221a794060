package dev.strandline.transport.http.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.RetryPolicy;
import dev.strandline.SyncReport;
import dev.strandline.SyncRequest;
import dev.strandline.ThreadMode;
import dev.strandline.model.Coverage;
import dev.strandline.model.RoomId;
import dev.strandline.testkit.server.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs for changes: what they leave out, and that nothing is left out for ever. */
class ChangesTest {
  private final Harness harness = new Harness();

  @AfterEach
  void stop() {
    harness.close();
  }

  /** Rooms that were read an hour after their last message, by one engine, minutes ago. */
  private List<RoomId> town(int rooms) {
    List<RoomId> town = new ArrayList<>();
    for (int i = 0; i < rooms; i++) {
      RoomId room = harness.room("room " + i);
      harness.post(room, 2);
      town.add(room);
    }
    harness.pass(Duration.ofHours(1));
    harness.syncEverything();
    harness.pass(Duration.ofMinutes(10));
    harness.server.clearRequests();
    return town;
  }

  private SyncReport changes() {
    return Harness.complete(harness.engine.sync(SyncRequest.changes()));
  }

  private static Set<String> rooms(SyncReport report) {
    Set<String> rooms = new HashSet<>();
    report.scopes().forEach(scope -> rooms.add(scope.scope().toString()));
    return rooms;
  }

  @Test
  void r15_whatTheFirstCallHasAnsweredIsNotAskedForAgain() {
    RoomId room = town(5).get(3);
    harness.post(room, 1);
    assertThat(rooms(changes())).containsExactly("room:" + room);
    harness.pass(Duration.ofSeconds(15));

    assertThat(changes().requests()).isEqualTo(2);
    harness.assertEqualsServer(room);
  }

  @Test
  void r15_newsThatCouldNotBeReadIsAskedForAgainByTheSameEngine() {
    RoomId room = town(5).get(3);
    harness.with(options -> options.retry(RetryPolicy.never()));
    harness.post(room, 1);
    harness.server.faults().next("chat.syncMessages", Fault.garbage());
    harness.engine.sync(SyncRequest.changes());
    changes();

    harness.assertEqualsServer(room);
  }

  @Test
  void r15_noRoomStarvesHoweverMuchHappensInOthers() {
    List<RoomId> town = town(12);
    SyncRequest few = SyncRequest.builder().changes().atMost(4).build();
    Set<String> read = new HashSet<>();
    for (int i = 0; i < 12; i++) {
      // Eight rooms in which something happens all the time, and four nobody tells of.
      town.subList(0, 8).forEach(room -> harness.post(room, 1));
      harness.pass(i == 0 ? Duration.ofHours(6) : Duration.ofMinutes(1));
      SyncReport report = Harness.complete(harness.engine.sync(few));
      assertThat(report.scopes()).hasSize(4);
      assertThat(report.left()).isPositive();
      read.addAll(rooms(report));
    }
    assertThat(read).hasSize(12);
  }

  @Test
  void r15_roomsThatFailDoNotKeepOthersWaiting() {
    List<RoomId> town = town(9);
    harness.with(options -> options.retry(RetryPolicy.never()));
    town.forEach(room -> harness.post(room, 1));
    SyncRequest few = SyncRequest.builder().changes().atMost(4).build();
    harness.server.faults().next("chat.syncMessages", 4, Fault.garbage());
    harness.engine.sync(few);
    for (int i = 0; i < 3; i++) {
      Harness.complete(harness.engine.sync(few));
    }
    town.forEach(harness::assertEqualsServer);
  }

  @Test
  void r15_roomsThatAreNamedComeFirstAndTakeNoPlace() {
    List<RoomId> town = town(6);
    town.subList(0, 3).forEach(room -> harness.post(room, 1));
    SyncReport report =
        Harness.complete(
            harness.engine.sync(
                SyncRequest.builder().room(town.get(5)).changes().atMost(2).build()));

    assertThat(report.scopes()).hasSize(3);
    assertThat(report.scopes().get(0).scope().toString()).isEqualTo("room:" + town.get(5));
    assertThat(report.left()).isEqualTo(1);
  }

  @Test
  void r15_threadsThatWereFoundAndNotReadAreAskedForByTheNextRun() {
    RoomId room = harness.room("harbour");
    String root = harness.post(room, "root");
    harness.pass(Duration.ofMinutes(1));
    harness.workspace.messages().reply(root, harness.bob, "reply");
    harness.post(room, 3);
    harness.pass(Duration.ofHours(1));
    harness.with(options -> options.threads(ThreadMode.ALL).retry(RetryPolicy.never()));
    harness.server.faults().next("chat.syncThreadMessages", Fault.garbage());
    harness.engine.sync(SyncRequest.everything());
    harness.pass(Duration.ofMinutes(10));

    assertThat(rooms(changes())).contains("room:" + room, "thread:" + root);
    harness.pass(Duration.ofMinutes(10));
    assertThat(rooms(changes())).isEmpty();
  }

  @Test
  void r15_settingsAreBelievedForAnHourAndNoLongerWhereSomethingFailed() {
    RoomId room = town(3).get(1);
    assertThat(changes().routes()).doesNotContainKey("settings.public");
    harness.with(options -> options.retry(RetryPolicy.never()));
    assertThat(changes().routes()).as("another engine").containsKey("settings.public");
    harness.post(room, 1);
    harness.server.faults().next("chat.syncMessages", Fault.garbage());
    harness.engine.sync(SyncRequest.changes());

    assertThat(changes().routes()).as("may be another server").containsKey("settings.public");
    assertThat(changes().routes()).doesNotContainKey("settings.public");
    harness.pass(Duration.ofMinutes(61));
    assertThat(changes().routes()).containsKey("settings.public");
  }

  @Test
  void r1_r15_anHourThatTheDeviceHasSleptIsAnHour() {
    town(3);
    assertThat(changes().routes()).doesNotContainKey("settings.public");
    // Asleep, the monotonic clock stands still.
    harness.device.set(harness.device.now().plus(Duration.ofHours(2)));
    harness.workspace.clock().advance(Duration.ofHours(2));

    assertThat(changes().routes()).containsKey("settings.public");
  }

  @Test
  void r9_r11_roomsThatAreLeftOutAreDoubtedOnceDeletionsAreFoundToBeHidden() {
    RoomId room = town(3).get(1);
    changes();
    assertThat(harness.coverage(room).isComplete()).isTrue();
    Instant read = harness.state(room).claim().asOf().toInstant();
    harness.workspace.settings().keepHistory(true);
    harness.pass(Duration.ofMinutes(61));

    assertThat(rooms(changes())).isEmpty();
    assertThat(harness.coverage(room))
        .isInstanceOfSatisfying(
            Coverage.Stale.class,
            stale -> {
              assertThat(stale.cause()).isEqualTo(Coverage.Cause.SILENT_DELETIONS);
              assertThat(stale.since().toInstant()).isBefore(read);
            });
  }
}
