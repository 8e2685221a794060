package dev.strandline.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.History;
import dev.strandline.model.Coverage;
import dev.strandline.model.RoomType;
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
