package dev.strandline.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.Cancellation;
import dev.strandline.History;
import dev.strandline.Outcome;
import dev.strandline.SyncRequest;
import dev.strandline.ThreadMode;
import dev.strandline.error.MalformedResponseException;
import dev.strandline.internal.read.Coverages;
import dev.strandline.model.Coverage;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.spi.ThreadState;
import dev.strandline.spi.Transport;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Threads that are switched off, lose their root, or hide a reply (R13). */
class ThreadsInTroubleTest {
  private static final Duration MINUTES = Duration.ofMinutes(10);
  private static final Duration HOUR = Duration.ofHours(1);

  private final Workspace workspace = new Workspace();
  private final ScriptedServer server = new ScriptedServer(workspace);
  private final Device device = new Device(server);

  @Test
  void r13_threadsThatWereOffAreAskedForWhenTheyAreOnAgain() {
    device.configure(o -> o.history(History.latest(1)).pageSize(1));
    workspace.post("root");
    device.pass(MINUTES);
    workspace.reply("r1", "root");
    device.pass(MINUTES);
    workspace.reply("r2", "root");
    server.threadsOn = false;
    device.sync();
    server.threadsOn = true;
    device.pass(HOUR);
    device.sync();
    device.pass(HOUR);
    workspace.reply("r3", "root");
    device.pass(MINUTES);
    device.sync();
    assertThat(device.stored()).contains("r1", "r2", "r3");
  }

  @Test
  void r13_repliesOfALostRootStayThroughAReconcile() {
    loseTheRootBelowAPart();
    device.sync();
    device.syncThread("root");
    device.reconcile();
    device.syncThread("root");
    assertThat(device.stored()).contains("r1"); // as it is on the server
  }

  @Test
  void r13_aRootThatIsGoneIsNotForgottenWhereThreadsAreSwitchedOff() {
    workspace.post("root");
    device.pass(MINUTES);
    workspace.reply("r1", "root");
    device.pass(MINUTES);
    device.sync();
    device.syncThread("root");
    workspace.delete("root");
    device.pass(HOUR);
    device.syncThread("root");
    server.threadsOn = false;
    assertThat(device.syncThread("root").outcome()).isEqualTo(Outcome.FAILED);
    assertThat(condition()).isEqualTo(ThreadState.Condition.ROOT_GONE);
  }

  @Test
  void r13_thatARootWasGoneSaysNothingOfAnotherWorkspace() {
    loseTheRootBelowAPart();
    device.syncThread("root");
    assertThat(condition()).isEqualTo(ThreadState.Condition.ROOT_GONE);
    server.identity = "second";
    workspace.graves.clear();
    workspace.post("root");
    workspace.unlink("r1");
    device.pass(HOUR);
    device.sync();
    assertThat(condition()).isEqualTo(ThreadState.Condition.ACTIVE);
    assertThat(device.stored()).doesNotContain("r1");
  }

  /** A room of which the newest is stored, and a thread further down whose root is deleted. */
  private void loseTheRootBelowAPart() {
    device.configure(o -> o.history(History.latest(1)).pageSize(1));
    workspace.post("root");
    device.pass(MINUTES);
    workspace.reply("r1", "root");
    device.pass(MINUTES);
    workspace.posts("n", 20, MINUTES);
    device.sync();
    device.syncThread("root");
    workspace.delete("root");
    device.pass(HOUR);
  }

  private ThreadState.Condition condition() {
    return thread().condition();
  }

  private ThreadState thread() {
    return device.rows.read(reader -> reader.threadState(new MessageId("root"))).orElseThrow();
  }

  @Test
  void r14_r15_aThreadWhoseRootCannotBeUnderstoodIsReadAndNotAskedForByEveryRun() {
    server.confirmed = true;
    device.configure(o -> o.threads(ThreadMode.ALL));
    server.beforeMessage =
        id -> {
          throw new MalformedResponseException("chat.getMessage", "/message/ts", "no date", null);
        };
    workspace.post("root").garbled = true;
    device.pass(MINUTES);
    workspace.reply("r1", "root");
    device.pass(HOUR);
    assertThat(device.sync().outcome()).isEqualTo(Outcome.COMPLETE);
    assertThat(server.log).anyMatch(line -> line.startsWith("ThreadSince"));
    device.pass(HOUR);
    device.sync();
    assertThat(server.log).noneMatch(line -> line.startsWith("ThreadSince"));
  }

  @Test
  void r13_aHiddenReplyIsFoundWhoseRootASlowerClockHasStamped() {
    server.keepsHistory = true;
    device.configure(o -> o.threads(ThreadMode.ALL));
    workspace.post("root");
    device.pass(MINUTES);
    workspace.reply("r1", "root");
    device.pass(MINUTES);
    workspace.reply("r2", "root");
    device.pass(Duration.ofSeconds(2));
    device.sync();
    device.pass(Duration.ofMillis(500));
    workspace.hide("r1");
    workspace.the("r1").stamp -= 5_000;
    workspace.the("root").stamp -= 5_000;
    device.pass(HOUR);
    device.sync();
    assertThat(device.stored()).contains("r2").doesNotContain("r1");
  }

  @ParameterizedTest
  @EnumSource(names = {"AUTO", "ALL"})
  void r13_repliesOfALostRootAreKeptThroughAnAbsence(ThreadMode mode) {
    server.confirmed = true;
    device.configure(o -> o.history(History.latest(3)).pageSize(3).threads(mode));
    workspace.post("root");
    device.pass(MINUTES);
    workspace.reply("r1", "root");
    workspace.reply("r2", "root");
    device.pass(MINUTES);
    workspace.posts("n", 20, MINUTES);
    workspace.edit("root"); // a reaction: the room shows the root, and so its thread is read
    device.pass(MINUTES);
    device.sync();
    assertThat(device.stored()).contains("root", "r1", "r2");
    device.pass(HOUR);
    workspace.delete("root");
    device.pass(HOUR);
    device.sync();
    assertThat(device.stored()).contains("r1", "r2").doesNotContain("root");
    device.pass(Duration.ofDays(28));
    device.sync();
    device.pass(HOUR);
    device.sync();
    assertThat(workspace.shown()).contains("r1", "r2");
    assertThat(device.stored()).contains("r1", "r2");
  }

  @ParameterizedTest
  @EnumSource(names = {"AUTO", "ALL"})
  void r10_aThreadBelowThePartComesBackAfterAWholeReading(ThreadMode mode) {
    server.confirmed = true;
    device.configure(o -> o.history(History.latest(3)).pageSize(3).threads(mode));
    workspace.post("root");
    device.pass(MINUTES);
    workspace.reply("r1", "root");
    workspace.reply("r2", "root");
    device.pass(MINUTES);
    workspace.posts("n", 20, MINUTES);
    device.sync();
    device.syncThread("root");
    assertThat(device.stored()).contains("root", "r1", "r2");
    device.pass(Duration.ofDays(28));
    for (int run = 0; run < 3; run++) {
      device.sync();
      device.pass(HOUR);
    }
    assertThat(device.stored()).contains("root", "r1", "r2");
  }

  @Test
  void r9_aThreadIsNotClaimedAsOfAStampThatOnlyOneOfItsListsShows() {
    server.dateIsAhead = MINUTES;
    workspace.post("root");
    device.pass(MINUTES);
    workspace.reply("r1", "root");
    workspace.reply("r2", "root");
    device.pass(HOUR);
    device.syncThread("root");
    device.pass(HOUR);
    workspace.reply("r3", "root");
    device.pass(HOUR);
    Transport betweenTheLists =
        Glass.before(
            server,
            sink ->
                new Glass(sink) {
                  @Override
                  public void upsert(Message message) {
                    super.upsert(message);
                    if (workspace.posts.containsKey("r1")) {
                      workspace.pass(Duration.ofSeconds(1));
                      workspace.reply("r4", "root");
                      workspace.pass(Duration.ofSeconds(1));
                      workspace.delete("r1");
                    }
                  }
                });
    device
        .engine(betweenTheLists)
        .sync(SyncRequest.thread(new MessageId("root")), new Cancellation());
    assertThat(device.stored()).doesNotContain("r4");
    assertThat(thread().asOf()).isLessThan(ScriptedServer.message(workspace.the("r4")).updatedAt());
  }

  @Test
  void r13_aRootThatHasComeBackIsFollowedAgain() {
    server.confirmed = true;
    device.configure(o -> o.history(History.latest(1)).pageSize(1));
    workspace.post("root");
    device.pass(MINUTES);
    workspace.reply("r1", "root");
    device.pass(MINUTES);
    workspace.posts("n", 20, MINUTES);
    device.sync();
    device.syncThread("root");
    workspace.delete("root");
    device.pass(HOUR);
    device.syncThread("root");
    workspace.graves.clear();
    workspace.post("root");
    device.pass(HOUR);
    device.sync();
    for (int i = 0; i < 4; i++) {
      workspace.reply("s" + i, "root");
      device.pass(HOUR);
      device.sync();
    }
    assertThat(Coverages.ofThread(thread(), device.state().orElse(null), 0))
        .isNotInstanceOf(Coverage.Stale.class);
  }
}
