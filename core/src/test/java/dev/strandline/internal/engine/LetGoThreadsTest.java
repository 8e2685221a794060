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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
    sync(10);
    assertThat(broken[0]).isTrue();
    assertThat(device.stored()).contains("root", "r1", "r2");
  }

  static IntStream commits() {
    return IntStream.rangeClosed(1, 30);
  }

  @ParameterizedTest
  @MethodSource("commits")
  void r2_aRunThatDiesAnywhereAfterAnAbsenceBringsTheThreadBack(int last) {
    threadBelowThePart();
    device.pass(Duration.ofDays(28));
    int[] left = {last};
    try {
      device
          .engine(new CrashingStore(device.rows, () -> left[0]-- == 1))
          .sync(SyncRequest.room(Workspace.ROOM), new Cancellation());
    } catch (CrashingStore.Crash e) {
      // Its process died.
    }
    device.pass(HOUR);
    sync(3);
    assertThat(device.stored()).contains("root", "r1", "r2");
  }

  @Test
  void r10_aThreadThatWasPrunedInAnAbsenceDoesNotStay() {
    threadBelowThePart();
    workspace.delete("r1");
    workspace.delete("r2");
    workspace.delete("root");
    device.pass(Duration.ofDays(31));
    sync(3);
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
    sync(3);
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
    sync(5);
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
    sync(10);
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
    sync(10);
    assertThat(device.stored()).contains("root", "r1", "r2");
  }

  private void sync(int runs) {
    for (int run = 0; run < runs; run++) {
      device.sync();
      device.pass(HOUR);
    }
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
