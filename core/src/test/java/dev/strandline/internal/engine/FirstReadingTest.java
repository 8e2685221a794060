package dev.strandline.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.History;
import dev.strandline.RetryPolicy;
import dev.strandline.ThreadMode;
import dev.strandline.internal.commit.Intake;
import dev.strandline.model.Coverage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A room's first reading: what was there before it, and what goes on while it is made (R8). */
class FirstReadingTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SECONDS = Duration.ofSeconds(10);
  private static final Duration MILLI = Duration.ofMillis(1);

  private final Workspace workspace = new Workspace();
  private final ScriptedServer server = new ScriptedServer(workspace);
  private final Device device = new Device(server);

  @Test
  void r8_aRoomInWhichAThreadWasReadFirstIsReadWhole() {
    readThread();
    device.pass(HOUR);
    workspace.delete("r1");
    device.pass(Duration.ofDays(1));
    device.sync();
    device.assertEqualsTheServer();
    assertThat(device.coverage()).isInstanceOf(Coverage.Complete.class);
  }

  @Test
  void r10_aThreadReadLongBeforeItsRoomLeavesNoGhost() {
    readThread();
    device.pass(HOUR);
    workspace.delete("r1");
    device.pass(Duration.ofDays(40));
    device.sync();
    device.assertEqualsTheServer();
  }

  @Test
  void r8_theRootOfAThreadReadFirstIsBroughtUpToDateWithItsHistory() {
    device.configure(o -> o.history(History.latest(1)).pageSize(1).threads(ThreadMode.NONE));
    workspace.post("root");
    device.pass(SECONDS);
    workspace.reply("r1", "root");
    workspace.posts("before", 9, SECONDS);
    device.syncThread("root");
    device.pass(HOUR);
    workspace.edit("root").text = "edited";
    device.pass(HOUR);
    workspace.posts("after", 9, SECONDS);
    device.pass(SECONDS);
    device.sync();
    device.configure(o -> o.history(History.all()));
    device.pass(HOUR);
    device.sync();
    device.assertEqualsTheServer();
    assertThat(device.message("root").orElseThrow().json()).contains("edited");
  }

  @Test
  void r8_repliesOfAThreadReadFirstDoNotCountAsTheRoomsHistory() {
    workspace.post("root");
    for (int i = 0; i < 50; i++) {
      workspace.pass(Duration.ofMillis(10));
      workspace.reply("r" + i, "root");
    }
    device.pass(Duration.ofDays(1));
    workspace.posts("n", 50, Duration.ofMillis(10));
    device.pass(HOUR);
    device.syncThread("root");
    device.configure(o -> o.history(History.latest(40)).pageSize(5));
    device.sync();
    assertThat(device.stored().stream().filter(id -> id.startsWith("n")))
        .hasSizeGreaterThanOrEqualTo(40);
  }

  @Test
  void r8_aFirstPageThatBreaksOffLeavesNothing() {
    device.configure(o -> o.pageSize(Intake.MOST_HELD + 1_500));
    workspace.posts("m", Intake.MOST_HELD + 2_000, MILLI);
    device.pass(SECONDS);
    server.breakAfter(Intake.MOST_HELD + 1_000, () -> {});
    device.sync();
    assertThat(device.stored()).isEmpty();
  }

  @Test
  void r16_aWholeAnswerThatBreaksOffLeavesNoGhost() {
    server.cursors = false;
    device.configure(o -> o.retry(RetryPolicy.standard()));
    workspace.posts("m", Intake.MOST_HELD + 2_000, MILLI);
    device.pass(SECONDS);
    server.breakAfter(
        Intake.MOST_HELD + 1_000,
        () -> {
          workspace.pass(SECONDS);
          workspace.delete("m1"); // after it was shown
          workspace.pass(Duration.ofMinutes(3));
        });
    device.sync();
    device.pass(HOUR);
    device.sync();
    device.assertEqualsTheServer();
  }

  @Test
  void r5_aPruneUnderWayWhenTheRoomIsFirstReadLeavesNoGhost() {
    prune(() -> {});
  }

  @Test
  void r5_aPruneUnderWayInABusyRoomLeavesNoGhost() {
    prune(
        () -> {
          workspace.post("news");
          device.pass(Duration.ofSeconds(1));
        });
  }

  /** All tombstones are written before the first message is removed (facts 4). */
  private void prune(Runnable meanwhile) {
    workspace.posts("m", 20, MILLI);
    device.pass(HOUR);
    for (int i = 0; i < 10; i++) {
      workspace.bury("m" + i);
      workspace.pass(MILLI);
    }
    device.pass(Duration.ofMinutes(3));
    meanwhile.run();
    device.sync();
    device.pass(Duration.ofMinutes(1));
    for (int i = 0; i < 10; i++) {
      workspace.unlink("m" + i);
    }
    device.pass(HOUR);
    device.sync();
    device.assertEqualsTheServer();
  }

  @Test
  void r9_aRoomOfWhichOnlyTheNewestWasReadIsNotSaidToHaveBeenWhole() {
    server.keepsHistory = true;
    device.configure(o -> o.history(History.none()));
    workspace.posts("m", 20, HOUR);
    device.sync();
    assertThat(device.coverage())
        .isInstanceOfSatisfying(Coverage.Stale.class, stale -> assertThat(stale.since()).isNull());
  }

  private void readThread() {
    workspace.post("root");
    device.pass(SECONDS);
    workspace.reply("r1", "root");
    workspace.reply("r2", "root");
    device.pass(SECONDS);
    device.syncThread("root");
  }
}
