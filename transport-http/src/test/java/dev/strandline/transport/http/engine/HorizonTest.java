package dev.strandline.transport.http.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.History;
import dev.strandline.ReconcileReport;
import dev.strandline.RetryPolicy;
import dev.strandline.model.Coverage;
import dev.strandline.model.Coverage.Cause;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.testkit.server.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R10 and R11: what no feed tells any more, or ever. */
class HorizonTest {
  private final Harness harness = new Harness();
  private final RoomId room = harness.known(harness.room("harbour"));

  @AfterEach
  void stop() {
    harness.close();
  }

  private static List<MessageId> ids(String... ids) {
    return java.util.Arrays.stream(ids).map(MessageId::new).toList();
  }

  @Test
  void r10_deletionsThatTheServerHasForgottenAreFoundAfterThirtyDays() {
    List<String> ids = harness.post(room, 60);
    harness.with(options -> options.pageSize(10).largestPage(10)).sync(room);
    harness.pass(Duration.ofHours(1));
    ids.subList(5, 15).forEach(harness::delete);
    harness.pass(Duration.ofDays(31));
    assertThat(harness.workspace.tombstones(room.value())).isZero();
    harness.post(room, 5);
    List<Coverage> meanwhile = new ArrayList<>();
    List<Integer> rows = new ArrayList<>();
    harness.onAnswers(
        6,
        request -> {
          if (request > 2) {
            meanwhile.add(harness.coverage(room));
            rows.add(harness.stored(room).size());
          }
        });
    harness.sync(room);

    assertThat(meanwhile)
        .hasSize(4)
        .allSatisfy(
            coverage ->
                assertThat(coverage)
                    .isInstanceOfSatisfying(
                        Coverage.Stale.class,
                        stale -> {
                          assertThat(stale.cause()).isEqualTo(Cause.RECONCILING);
                          assertThat(stale.since()).isNotNull();
                        }));
    assertThat(rows).as("no wipe: reads go on").allMatch(count -> count >= 60);
    harness.assertEqualsServer(room);
    assertThat(harness.coverage(room)).isInstanceOf(Coverage.Complete.class);
  }

  @Test
  void r10_aRoomThatWasSettledInTimeIsTrustedAndCostsNoWholeReading() {
    List<String> ids = harness.post(room, 60);
    harness.pass(Duration.ofHours(1));
    harness.with(options -> options.pageSize(10).largestPage(10)).sync(room);
    harness.pass(Duration.ofDays(26));
    ids.subList(5, 15).forEach(harness::delete);
    harness.feedRequests();
    harness.sync(room);

    assertThat(harness.feedRequests()).hasSize(2);
    harness.assertEqualsServer(room);
  }

  @Test
  void r10_aWholeReadingThatBreaksOffIsContinuedAndSaysStaleUntilThen() {
    List<String> ids = harness.post(room, 60);
    harness
        .with(options -> options.pageSize(10).largestPage(10).retry(RetryPolicy.never()))
        .sync(room);
    harness.delete(ids.get(3));
    harness.pass(Duration.ofDays(40));
    harness.onAnswers(4, request -> {});
    harness.server.faults().next("*", Fault.status(503));
    assertThat(harness.engine.syncRoom(room).scopes().get(0).failure()).isNotNull();
    assertThat(harness.coverage(room))
        .isInstanceOfSatisfying(
            Coverage.Stale.class, stale -> assertThat(stale.cause()).isEqualTo(Cause.RECONCILING));
    harness.feedRequests();
    harness.sync(room);

    assertThat(harness.feedRequests().get(0).parameter("previous"))
        .as("it goes on where it was")
        .isLessThan("" + harness.serverNow().minus(Duration.ofDays(39)).toEpochMilli());
    harness.assertEqualsServer(room);
    assertThat(harness.coverage(room)).isInstanceOf(Coverage.Complete.class);
  }

  @Test
  void r10_onlyAsMuchHistoryAsIsStoredIsReadAgain() {
    List<String> ids = harness.post(room, 100);
    harness
        .with(options -> options.pageSize(10).largestPage(10).history(History.latest(30)))
        .sync(room);
    harness.delete(ids.get(95));
    harness.pass(Duration.ofDays(40));
    harness.feedRequests();
    harness.sync(room);

    assertThat(harness.feedRequests()).hasSizeLessThan(9);
    assertThat(harness.has(ids.get(95))).isFalse();
    assertThat(harness.shown(room)).endsWith(harness.stored(room).toArray(String[]::new));
    assertThat(harness.coverage(room)).isInstanceOf(Coverage.Incomplete.class);
  }

  @Test
  void r10_aReconcileThatWasAskedForReportsWhatItFoundAfterThirtyDays() {
    List<String> ids = harness.post(room, 30);
    harness.with(options -> options.pageSize(10).largestPage(10)).sync(room);
    harness.delete(ids.get(3));
    harness.pass(Duration.ofDays(40));
    harness.feedRequests();
    ReconcileReport report = harness.engine.reconcile(room);

    assertThat(report.failure()).isNull();
    assertThat(report.surplus()).isEqualTo(ids(ids.get(3)));
    assertThat(harness.feedRequests()).as("it is read once, not twice").hasSizeLessThan(7);
    harness.assertEqualsServer(room);
  }

  @Test
  void r11_hiddenDeletionsAreAnnouncedAsPossibleAndFoundByReconciling() {
    List<String> ids = harness.post(room, 40);
    harness.with(options -> options.pageSize(10).largestPage(10)).sync(room);
    assertThat(harness.coverage(room)).isInstanceOf(Coverage.Complete.class);
    harness.workspace.settings().keepHistory(true);
    harness.pass(Duration.ofHours(1));
    harness.delete(ids.get(7));
    harness.edit(ids.get(8), "edited, with a hidden copy");
    harness.sync(room);

    assertThat(harness.has(ids.get(7))).as("no feed tells of it").isTrue();
    assertThat(harness.coverage(room))
        .isInstanceOfSatisfying(
            Coverage.Stale.class,
            stale -> assertThat(stale.cause()).isEqualTo(Cause.SILENT_DELETIONS));

    ReconcileReport looked = harness.engine.compare(room);
    assertThat(looked.surplus()).isEqualTo(ids(ids.get(7)));
    assertThat(harness.has(ids.get(7))).as("a comparison changes nothing").isTrue();
    ReconcileReport repaired = harness.engine.reconcile(room);
    assertThat(repaired.surplus()).isEqualTo(ids(ids.get(7)));
    assertThat(repaired.missing()).isEmpty();
    assertThat(repaired.different()).isEmpty();
    assertThat(repaired.requests()).as("settings, catch-up, pages, catch-up").isLessThan(10);
    harness.assertEqualsServer(room);
    assertThat(harness.coverage(room)).isInstanceOf(Coverage.Stale.class);

    harness.workspace.settings().keepHistory(false);
    harness.engine.reconcile(room);
    assertThat(harness.coverage(room)).isInstanceOf(Coverage.Complete.class);
  }

  @Test
  void r11_messagesThatExpireLeaveNoTraceAndAreFoundByReconciling() {
    List<String> ids = harness.post(room, 20);
    harness.sync(room);
    harness.pass(Duration.ofHours(1));
    harness.workspace.removals().expire(ids.get(2));
    harness.sync(room);
    assertThat(harness.has(ids.get(2))).isTrue();

    assertThat(harness.engine.reconcile(room).surplus()).isEqualTo(ids(ids.get(2)));
    harness.assertEqualsServer(room);
  }

  @Test
  void r11_messagesBroughtBackFromTheTrashComeBackByReconciling() {
    List<String> ids = harness.post(room, 20);
    harness.sync(room);
    harness.pass(Duration.ofHours(1));
    harness.delete(ids.get(4));
    harness.sync(room);
    harness.pass(Duration.ofHours(1));
    harness.workspace.removals().restoreFromTrash(ids.get(4));
    harness.sync(room);
    assertThat(harness.has(ids.get(4))).as("no feed tells of it").isFalse();

    assertThat(harness.engine.compare(room).missing()).isEqualTo(ids(ids.get(4)));
    assertThat(harness.engine.reconcile(room).missing()).isEqualTo(ids(ids.get(4)));
    harness.assertEqualsServer(room);
    harness.sync(room);
    harness.assertEqualsServer(room);
  }

  @Test
  void r11_differencesThatAnOrdinaryRunWouldBringAreNotCalledFaults() {
    List<String> ids = harness.post(room, 20);
    harness.sync(room);
    harness.pass(Duration.ofHours(1));
    harness.post(room, 3);
    harness.delete(ids.get(1));
    harness.edit(ids.get(2), "edited");
    ReconcileReport report = harness.engine.compare(room);

    assertThat(report.foundDifferences()).isFalse();
    assertThat(report.pending()).isEqualTo(5);
  }
}
