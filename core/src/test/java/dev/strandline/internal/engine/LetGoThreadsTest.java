package dev.strandline.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.Cancellation;
import dev.strandline.History;
import dev.strandline.SyncRequest;
import dev.strandline.error.ServerErrorException;
import dev.strandline.error.UnreachableException;
import dev.strandline.model.*;
import dev.strandline.spi.*;
import dev.strandline.spi.FeedQuery;
import java.time.Duration;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Threads below the part of a room that is kept, after the room was read whole (R10, R13). */
class LetGoThreadsTest {
  private static final Duration MINUTES = Duration.ofMinutes(4);
  private static final Duration HOUR = Duration.ofHours(1);

  private final Workspace workspace = new Workspace();
  private final ScriptedServer server = new ScriptedServer(workspace);
  private final Device device = new Device(server);

  @Test
  void r2_aRootThatFailsToComeBackOnceComesBackWithTheNextRun() {
    threadBelowThePart();
    device.pass(Duration.ofDays(28));
    boolean[] broken = {false};
    server.beforeMessage =
        id -> {
          if (!broken[0]) {
            broken[0] = true;
            throw UnreachableException.brokeOff("the connection broke", null);
          }
        };
    for (int run = 0; run < 10; run++) {
      device.sync();
      device.pass(HOUR);
    }
    assertThat(broken[0]).isTrue();
    assertThat(device.stored()).contains("root", "r1", "r2");
  }

  @Test
  void r2_aRunThatDiesAnywhereAfterAnAbsenceBringsTheThreadBack() {
    SoftAssertions all = new SoftAssertions();
    for (int last = 1; last <= 30; last++) {
      Workspace workspace = new Workspace();
      ScriptedServer server = new ScriptedServer(workspace);
      server.confirmed = true;
      Device device = new Device(server);
      device.configure(o -> o.history(History.latest(3)).pageSize(3));
      workspace.post("root");
      device.pass(MINUTES);
      workspace.reply("r1", "root");
      workspace.reply("r2", "root");
      device.pass(MINUTES);
      workspace.posts("n", 20, MINUTES);
      device.sync();
      device.syncThread("root");
      device.pass(Duration.ofDays(28));
      int[] left = {last};
      try {
        device
            .engine(new CrashingStore(device.rows, () -> left[0]-- == 1))
            .sync(SyncRequest.room(Workspace.ROOM), new Cancellation());
      } catch (CrashingStore.Crash e) {
        // Its process died.
      }
      for (int run = 0; run < 3; run++) {
        device.pass(HOUR);
        device.sync();
      }
      all.assertThat(device.stored()).as("died at %d", last).contains("root", "r1", "r2");
    }
    all.assertAll();
  }

  @Test
  void r10_aThreadThatWasPrunedInAnAbsenceDoesNotStay() {
    threadBelowThePart();
    workspace.delete("r1");
    workspace.delete("r2");
    workspace.delete("root");
    device.pass(Duration.ofDays(31));
    for (int run = 0; run < 3; run++) {
      device.sync();
      device.pass(HOUR);
    }
    assertThat(device.stored()).doesNotContain("root", "r1", "r2");
  }

  @Test
  void r13_aRootThatCannotBeShownByItselfDoesNotKeepItsThreadFromBeingRead() {
    threadBelowThePart();
    device.pass(Duration.ofDays(28));
    server.beforeMessage =
        id -> {
          throw new ServerErrorException("it cannot be normalised", 400, "");
        };
    for (int run = 0; run < 3; run++) {
      device.sync();
      device.pass(HOUR);
    }
    assertThat(device.stored()).contains("r1", "r2");
    assertThat(thread().asOf()).isNotNull();
  }

  @Test
  void r13_aRootWhoseIdIsUsedAgainIsNotTakenForLost() {
    server.confirmed = true;
    device.configure(o -> o.history(History.latest(3)).pageSize(3));
    workspace.posts("o", 10, MINUTES);
    workspace.post("root");
    device.pass(MINUTES);
    workspace.delete("root");
    device.pass(MINUTES);
    workspace.post("root"); // its id is used again, later by more than the lookback
    workspace.reply("r1", "root");
    workspace.reply("r2", "root");
    device.pass(Duration.ofSeconds(10));
    workspace.posts("n", 8, Duration.ofSeconds(10));
    device.sync();
    device.syncThread("root");
    assertThat(device.stored()).contains("root", "r1", "r2");
    device.pass(HOUR);
    device.sync();
    workspace.bury("r1"); // a prune: it writes no root
    workspace.unlink("r1");
    device.pass(Duration.ofDays(31));
    for (int run = 0; run < 5; run++) {
      device.sync();
      device.pass(HOUR);
    }
    assertThat(device.stored()).contains("root", "r2").doesNotContain("r1");
    assertThat(thread().condition()).isEqualTo(ThreadState.Condition.ACTIVE);
  }

  @Test
  void r15_aRootThatIsGoneWithoutATraceIsNotAskedForByEveryRun() {
    server.confirmed = true;
    device.configure(o -> o.history(History.latest(3)).pageSize(3));
    workspace.posts("n", 20, MINUTES);
    workspace.post("root");
    device.pass(MINUTES);
    device.sync();
    workspace.reply("r1", "root");
    server.before =
        query -> {
          if (query instanceof FeedQuery.ThreadSince) {
            workspace.unlink("root");
          }
        };
    device.pass(HOUR);
    device.sync();
    long asked = 0;
    for (int i = 0; i < 20; i++) {
      device.pass(HOUR);
      device.sync();
      asked += server.log.stream().filter(line -> line.startsWith("ThreadSince")).count();
    }
    assertThat(asked).isLessThan(3);
  }

  @Test
  void r13_aThreadThatWasOffOnceComesBackAfterAnAbsence() {
    threadBelowThePart();
    server.threadsOn = false;
    device.syncThread("root");
    server.threadsOn = true;
    device.pass(HOUR);
    device.sync();
    assertThat(device.stored()).contains("root", "r1", "r2");
    device.pass(Duration.ofDays(28));
    for (int run = 0; run < 10; run++) {
      device.sync();
      device.pass(HOUR);
    }
    assertThat(device.stored()).contains("root", "r1", "r2");
  }

  @Test
  void r13_aThreadThatWasLetGoOfComesBackAfterThreadsWereOff() {
    threadBelowThePart();
    device.pass(Duration.ofDays(28));
    server.threadsOn = false;
    device.sync();
    device.pass(HOUR);
    server.threadsOn = true;
    for (int run = 0; run < 10; run++) {
      device.sync();
      device.pass(HOUR);
    }
    assertThat(device.stored()).contains("root", "r1", "r2");
  }

  private void threadBelowThePart() {
    server.confirmed = true;
    device.configure(o -> o.history(History.latest(3)).pageSize(3));
    workspace.post("root");
    device.pass(MINUTES);
    workspace.reply("r1", "root");
    workspace.reply("r2", "root");
    device.pass(MINUTES);
    workspace.posts("n", 20, MINUTES);
    device.sync();
    device.syncThread("root");
    assertThat(device.stored()).contains("root", "r1", "r2");
  }

  private ThreadState thread() {
    return device.rows.read(reader -> reader.threadState(new MessageId("root"))).orElseThrow();
  }
}
