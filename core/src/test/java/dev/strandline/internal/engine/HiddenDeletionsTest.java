package dev.strandline.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.Cancellation;
import dev.strandline.History;
import dev.strandline.ReconcileReport;
import dev.strandline.ReconcileRequest;
import dev.strandline.SyncRequest;
import dev.strandline.error.MalformedResponseException;
import dev.strandline.error.UnreachableException;
import dev.strandline.model.Coverage;
import dev.strandline.model.RoomType;
import dev.strandline.spi.FeedQuery;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Deletions that settings hide, for a while or for good (R11). */
class HiddenDeletionsTest {
  private static final Duration MINUTES = Duration.ofMinutes(4);
  private static final Duration HOUR = Duration.ofHours(1);

  private final Workspace workspace = new Workspace();
  private final ScriptedServer server = new ScriptedServer(workspace);
  private final Device device = new Device(server);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void r11_aHiddenMessageInQuarantineDoesNotKeepABigRoomFromBeingCounted(boolean listsHidden) {
    server.keepsHistory = true;
    server.listed.showsHidden = listsHidden;
    workspace.post("odd").garbled = true;
    readABigRoom();
    workspace.hide("odd");
    device.pass(HOUR.plus(HOUR));
    device.sync();
    workspace.hide("m7");
    liveOn();
    assertThat(device.stored()).doesNotContain("m7");
    assertThat(device.quarantine()).isEmpty();
  }

  @Test
  void r11_aBigRoomWhoseQuarantinedMessageWasHiddenIsSettledOnceTheyAreNot() {
    workspace.post("odd").garbled = true;
    server.keepsHistory = true;
    readABigRoom();
    assertThat(device.quarantine()).hasSize(1);
    workspace.hide("odd");
    device.pass(HOUR.plus(HOUR));
    device.sync();
    server.keepsHistory = false;
    liveOn();
    assertThat(device.quarantine()).isEmpty();
    assertThat(device.coverage()).isInstanceOf(Coverage.Complete.class);
  }

  @Test
  void r11_aBigPartOfARoomIsReadAnewOnceDeletionsAreHiddenNoMore() {
    server.confirmed = true;
    device.configure(o -> o.pageSize(20).largestPage(20).history(History.latest(100)));
    workspace.posts("p", 1_000, Duration.ofMinutes(10));
    device.pass(HOUR);
    device.sync();
    server.keepsHistory = true;
    device.sync();
    workspace.hide("p995");
    server.keepsHistory = false;
    liveOn();
    assertThat(device.stored()).doesNotContain("p995");
    assertThat(device.coverage()).isInstanceOf(Coverage.Incomplete.class);
  }

  @Test
  void r11_aBigRoomWithoutAListingIsReadWholeOnceDeletionsAreHiddenNoMore() {
    server.listed.exists = false;
    readABigRoom();
    server.keepsHistory = true;
    device.sync();
    workspace.hide("m7");
    server.keepsHistory = false;
    liveOn();
    device.assertEqualsTheServer();
    assertThat(device.coverage()).isInstanceOf(Coverage.Complete.class);
  }

  @Test
  void r11_withoutDatesARoomIsTrustedAgainOnceDeletionsAreHiddenNoMore() {
    server.dated = false;
    workspace.posts("m", 10, MINUTES);
    device.sync();
    server.keepsHistory = true;
    device.sync();
    workspace.hide("m3");
    server.keepsHistory = false;
    for (int i = 0; i < 10; i++) {
      workspace.post("n" + i);
      device.pass(HOUR.plus(HOUR));
      device.sync();
    }
    assertThat(device.coverage()).isNotInstanceOf(Coverage.Stale.class);
    device.assertEqualsTheServer();
  }

  @Test
  void r11_aBigRoomThatIsNeverStillIsSettled() {
    readABigRoom();
    server.keepsHistory = true;
    device.sync();
    workspace.hide("m7");
    server.keepsHistory = false;
    int[] n = {0};
    server.meanwhile =
        () -> {
          workspace.post("x" + n[0]++);
          device.pass(Duration.ofSeconds(1));
        };
    for (int i = 0; i < 48; i++) {
      device.pass(HOUR);
      device.sync();
    }
    assertThat(device.stored()).doesNotContain("m7");
  }

  @Test
  void r11_aBigRoomInWhichSomethingIsDeletedNowAndThenIsSettled() {
    readABigRoom();
    server.keepsHistory = true;
    device.sync();
    workspace.hide("m7");
    server.keepsHistory = false;
    for (int i = 0; i < 48; i++) {
      device.pass(Duration.ofMinutes(50));
      workspace.delete("m" + (100 + i));
      device.pass(Duration.ofMinutes(10));
      device.sync();
    }
    assertThat(device.stored()).doesNotContain("m7");
  }

  @Test
  void r11_withoutDatesAFailedTryIsMadeAgain() {
    server.dated = false;
    workspace.posts("m", 10, MINUTES);
    device.sync();
    server.keepsHistory = true;
    device.sync();
    workspace.hide("m3");
    server.keepsHistory = false;
    device.pass(HOUR);
    Engine engine = device.engine(); // one process, that goes on
    boolean[] broken = {false};
    server.before =
        query -> {
          if (query instanceof FeedQuery.Backward && !broken[0]) {
            broken[0] = true;
            throw UnreachableException.brokeOff("the connection broke", null);
          }
        };
    for (int i = 0; i < 100; i++) {
      engine.sync(SyncRequest.room(Workspace.ROOM), new Cancellation());
      device.pass(HOUR);
      server.log.clear();
    }
    assertThat(broken[0]).isTrue();
    assertThat(device.coverage()).isNotInstanceOf(Coverage.Stale.class);
    device.assertEqualsTheServer();
  }

  @Test
  void r15_manyEntriesThatAreThereAreNotAskedForEachHour() {
    server.keepsHistory = true;
    server.listed.showsHidden = false;
    for (int i = 0; i < 30; i++) {
      workspace.post("odd" + i).garbled = true;
      device.pass(Duration.ofMillis(100));
    }
    int[] asked = {0};
    server.beforeMessage =
        id -> {
          asked[0]++;
          if (workspace.the(id.value()).garbled) {
            throw new MalformedResponseException("chat.getMessage", "/x", "odd", null);
          }
        };
    readABigRoom();
    workspace.hide("m7");
    liveOn();
    assertThat(asked[0]).isZero();
  }

  @Test
  void r14_whatHasVanishedFromQuarantineIsNoStoredMessage() {
    workspace.post("odd").garbled = true;
    readABigRoom();
    workspace.unlink("odd");
    device.pass(HOUR);
    ReconcileReport report = device.reconcile(ReconcileRequest.room(Workspace.ROOM).quickly());
    assertThat(report.surplus()).isEmpty();
  }

  /** Too big to be read whole as long as deletions are hidden. */
  private void readABigRoom() {
    server.confirmed = true;
    device.configure(options -> options.pageSize(20).largestPage(20));
    workspace.posts("m", 1_000, Duration.ofMillis(100));
    device.pass(HOUR);
    device.learnType(RoomType.CHANNEL);
    device.sync();
  }

  private void liveOn() {
    for (int i = 0; i < 10; i++) {
      device.pass(HOUR.plus(HOUR));
      device.sync();
    }
  }
}
