package dev.strandline.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.Cancellation;
import dev.strandline.ReconcileReport;
import dev.strandline.ReconcileRequest;
import dev.strandline.error.UnreachableException;
import dev.strandline.spi.FeedQuery;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole readings that break off, die, or meet a prune that is under way. */
class WholeReadingTest {
  private static final Duration MINUTES = Duration.ofMinutes(4);
  private static final Duration HOUR = Duration.ofHours(1);

  private final Workspace workspace = new Workspace();
  private final ScriptedServer server = new ScriptedServer(workspace);
  private final Device device = new Device(server);

  @Test
  void r7_twoReadingsWithinAPruneKeepNothingOfItWithoutDates() {
    server.dated = false;
    workspace.posts("m", 5, MINUTES);
    device.sync();
    device.pass(HOUR);
    readTwiceWithinAPrune();
  }

  @Test
  void r7_twoReadingsOfTheSameMomentKeepNothingOfAPrune() {
    server.confirmed = true;
    workspace.posts("m", 5, MINUTES);
    device.sync();
    device.pass(HOUR);
    readTwiceWithinAPrune();
  }

  /** A prune writes tombstones for some minutes before it removes the first message (facts 4). */
  private void readTwiceWithinAPrune() {
    workspace.bury("m0");
    device.pass(MINUTES);
    workspace.bury("m1");
    workspace.post("new");
    device.pass(Duration.ofSeconds(1));
    device.reconcile();
    device.reconcile();
    workspace.unlink("m0");
    workspace.unlink("m1");
    device.pass(HOUR);
    device.sync();
    device.assertEqualsTheServer();
  }

  static IntStream commits() {
    return IntStream.rangeClosed(1, 40);
  }

  @ParameterizedTest
  @MethodSource("commits")
  void r2_aWholeReadingThatDiesWithinAPruneKeepsNothingThatWasPruned(int last) {
    server.confirmed = true;
    device.configure(o -> o.pageSize(3));
    workspace.posts("m", 10, Duration.ofMinutes(1));
    device.pass(HOUR);
    device.sync();
    device.pass(HOUR);
    workspace.bury("m0");
    device.pass(Duration.ofMinutes(3));
    workspace.bury("m1");
    workspace.post("new");
    device.pass(Duration.ofSeconds(10));
    int[] left = {last};
    try {
      device
          .engine(new CrashingStore(device.rows, () -> left[0]-- == 1))
          .reconcile(ReconcileRequest.room(Workspace.ROOM), new Cancellation());
    } catch (CrashingStore.Crash e) {
      // Its process died.
    }
    device.pass(Duration.ofSeconds(10));
    device.sync();
    workspace.unlink("m0");
    workspace.unlink("m1");
    device.pass(HOUR);
    device.sync();
    device.assertEqualsTheServer();
  }

  @Test
  void r11_whoReconcilesGetsAllOfTheRoomComparedThoughAnEarlierReadingBrokeOff() {
    server.confirmed = true;
    device.configure(o -> o.pageSize(5).largestPage(5));
    workspace.posts("m", 40, MINUTES);
    device.sync();
    device.pass(HOUR);
    int[] pages = {0};
    server.before =
        query -> {
          if (query instanceof FeedQuery.Backward && ++pages[0] == 5) {
            throw UnreachableException.brokeOff("the connection broke", null);
          }
        };
    assertThat(device.reconcile().failure()).isNotNull();
    server.before = query -> {};
    device.pass(HOUR);
    // A backup is restored: what has been written since is gone without a trace.
    workspace.unlink("m39");
    device.pass(HOUR);
    ReconcileReport report = device.reconcile();
    assertThat(report.failure()).isNull();
    device.assertEqualsTheServer();
  }

  @Test
  void r15_aReadingThatReadNothingIsNotDoneTwice() {
    server.confirmed = true;
    device.configure(o -> o.pageSize(5).largestPage(5));
    workspace.posts("m", 40, MINUTES);
    device.sync();
    device.pass(HOUR);
    server.before =
        query -> {
          if (query instanceof FeedQuery.Backward) {
            throw UnreachableException.brokeOff("the connection broke", null);
          }
        };
    assertThat(device.reconcile().failure()).isNotNull();
    server.before = query -> {};
    device.pass(HOUR);
    device.reconcile();
    long pages = server.log.stream().filter(l -> l.startsWith("Backward")).count();
    assertThat(pages).isLessThan(12);
  }
}
