package dev.strandline.transport.http.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.Cancellation;
import dev.strandline.Outcome;
import dev.strandline.Progress;
import dev.strandline.ReconcileReport;
import dev.strandline.RetryPolicy;
import dev.strandline.SyncReport;
import dev.strandline.SyncRequest;
import dev.strandline.model.Coverage;
import dev.strandline.model.RoomId;
import dev.strandline.spi.RoomState;
import dev.strandline.testkit.server.Body;
import dev.strandline.testkit.server.Fault;
import dev.strandline.testkit.server.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** R2: a run that ends anywhere costs time and never data. */
class InterruptionTest {
  private static final String SYNC = "chat.syncMessages";

  private final Harness harness = new Harness();

  @AfterEach
  void stop() {
    harness.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 60, 400, 1_500})
  void r2_anAnswerThatBreaksOffLeavesRowsAndPositionsAsTheyWere(long bytes) {
    RoomId room = harness.room("harbour", 10);
    harness.with(options -> options.retry(RetryPolicy.never())).sync(room);
    harness.pass(Duration.ofHours(1));
    List<String> ids = harness.post(room, 10);
    harness.edit(ids.get(0), "edited");
    List<String> rows = harness.stored(room);
    RoomState state = harness.state(room);
    Coverage coverage = harness.coverage(room);
    // The uncut answer, and the first of the pages that are asked for instead.
    harness.server.faults().next(SYNC, 2, Fault.cut(bytes));
    SyncReport broken = harness.engine.syncRoom(room);
    harness.server.faults().clear();

    assertThat(broken.outcome()).isEqualTo(Outcome.FAILED);
    assertThat(harness.stored(room)).isEqualTo(rows);
    assertThat(harness.state(room)).isEqualTo(state);
    assertThat(harness.coverage(room)).isEqualTo(coverage);
    harness.sync(room);
    harness.assertEqualsServer(room);
  }

  @Test
  void r2_aPageThatBreaksOffLeavesThePagesBeforeItCommitted() {
    RoomId room = harness.room("harbour", 5);
    harness
        .with(options -> options.retry(RetryPolicy.never()).pageSize(10).largestPage(10))
        .sync(room);
    harness.pass(Duration.ofDays(3));
    harness.post(room, 60);
    harness.onAnswers(4, request -> {});
    harness.server.faults().next("*", Fault.cut(900));
    SyncReport broken = harness.engine.syncRoom(room);

    assertThat(broken.outcome()).isEqualTo(Outcome.PARTIAL);
    // The first page of ten, and two that begin with the row that the page before ended with.
    assertThat(harness.stored(room)).hasSize(5 + 10 + 9 + 9);
    assertThat(harness.coverage(room))
        .as("what is claimed is still true of the time before")
        .isInstanceOf(Coverage.Complete.class);
    harness.feedRequests();
    harness.sync(room);
    assertThat(harness.feedRequests().get(0).parameter("next"))
        .as("it goes on from the last page committed, less lookback")
        .isGreaterThan("" + harness.serverNow().minus(Duration.ofMinutes(3)).toEpochMilli());
    harness.assertEqualsServer(room);
  }

  @Test
  void r2_anAnswerThatBreaksOffIsAskedForAgainWithinTheRun() {
    RoomId room = harness.room("harbour", 50);
    harness.server.faults().next(SYNC, Fault.cut(700), Fault.garbage(), Fault.status(503));
    harness.with(options -> options.pageSize(20).largestPage(20)).sync(room);

    harness.assertEqualsServer(room);
    assertThat(harness.device.waits()).hasSize(3);
  }

  @Test
  void r9_anAnswerWithoutItsListsSettlesNothing() {
    RoomId room = harness.room("harbour", 10);
    harness.with(options -> options.retry(RetryPolicy.never())).sync(room);
    harness.pass(Duration.ofHours(1));
    harness.post(room, 5);
    harness.pass(Duration.ofHours(1));
    RoomState state = harness.state(room);
    harness.server.faults().next(SYNC, Fault.rewrite(InterruptionTest::withoutLists));

    assertThat(harness.engine.syncRoom(room).outcome()).isEqualTo(Outcome.FAILED);
    assertThat(harness.state(room)).isEqualTo(state);
    harness.sync(room);
    harness.assertEqualsServer(room);
  }

  private static Response withoutLists(Response honest) {
    return new Response(200, honest.headers(), Body.of("{\"result\":{},\"success\":true}"));
  }

  /** A history that uses every way of asking: pages down, one call, pages up, tombstones. */
  private RoomId story(Harness harness) {
    RoomId room = harness.room("harbour");
    List<String> ids = harness.post(room, 40);
    harness.with(options -> options.pageSize(9).largestPage(9)).sync(room);
    harness.pass(Duration.ofDays(2));
    List<String> later = harness.post(room, 40);
    harness.workspace.messages().reply(later.get(3), harness.bob, "a reply");
    harness.edit(ids.get(2), "edited");
    ids.subList(10, 20).forEach(harness::delete);
    return room;
  }

  @Test
  void r2_aRunThatIsCancelledAtAnyRequestLosesNothing() {
    int requests;
    try (Harness whole = new Harness()) {
      RoomId room = story(whole);
      requests = whole.sync(room).requests();
      whole.assertEqualsServer(room);
    }
    assertThat(requests).isGreaterThan(6);
    for (int k = 1; k <= requests; k++) {
      try (Harness cut = new Harness()) {
        RoomId room = story(cut);
        cancelAt(cut, room, k);
        cut.pass(Duration.ofSeconds(10));
        cut.sync(room);
        cut.assertEqualsServer(room);
        assertThat(cut.coverage(room)).isInstanceOf(Coverage.Complete.class);
      }
    }
  }

  @Test
  void r2_aFirstLoadThatIsCancelledAtAnyRequestLosesNothing() {
    for (int k = 1; k <= 9; k++) {
      try (Harness cut = new Harness()) {
        RoomId room = cut.room("harbour");
        List<String> ids = cut.post(room, 50);
        cut.with(options -> options.pageSize(9).largestPage(9));
        cancelAt(cut, room, k);
        cut.delete(ids.get(4));
        cut.delete(ids.get(45));
        cut.edit(ids.get(7), "edited");
        cut.pass(Duration.ofMinutes(30));
        cut.sync(room);
        cut.assertEqualsServer(room);
      }
    }
  }

  private static void cancelAt(Harness harness, RoomId room, int request) {
    Cancellation cancellation = new Cancellation();
    harness.onAnswers(
        request,
        number -> {
          if (number == request) {
            cancellation.cancel();
          }
        });
    SyncReport report = harness.engine.sync(SyncRequest.room(room), cancellation);
    assertThat(report.stoppedBy()).as("request %d", request).isNotNull();
    assertThat(report.stoppedBy().kind()).isEqualTo("cancelled");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(harness.store.check()).isEmpty();
    harness.server.faults().clear();
  }

  @Test
  void r2_aRunThatIsCancelledAfterAnyCommitLosesNothing() {
    for (int k = 1; k <= 8; k++) {
      try (Harness cut = new Harness()) {
        RoomId room = story(cut);
        Cancellation cancellation = new Cancellation();
        AtomicInteger commits = new AtomicInteger();
        int last = k;
        Runnable stop =
            cut.engine.onProgress(
                progress -> {
                  if (progress instanceof Progress.Applied && commits.incrementAndGet() == last) {
                    cancellation.cancel();
                  }
                });
        cut.engine.sync(SyncRequest.room(room), cancellation);
        stop.run();
        assertThat(cut.store.check()).isEmpty();
        cut.sync(room);
        cut.assertEqualsServer(room);
      }
    }
  }

  @Test
  void r2_aWholeReadingThatIsCancelledAtAnyRequestIsContinued() {
    for (int k = 2; k <= 11; k++) {
      try (Harness cut = new Harness()) {
        RoomId room = cut.room("harbour");
        List<String> ids = cut.post(room, 60);
        cut.with(options -> options.pageSize(9).largestPage(9)).sync(room);
        cut.pass(Duration.ofHours(2));
        cut.workspace.removals().expire(ids.get(5));
        cut.workspace.removals().expire(ids.get(55));
        Cancellation cancellation = new Cancellation();
        int last = k;
        cut.onAnswers(
            k,
            number -> {
              if (number == last) {
                cancellation.cancel();
              }
            });
        ReconcileReport report = cut.engine.reconcile(room, cancellation);
        assertThat(report.failure()).as("request %d", k).isNotNull();
        assertThat(cut.store.check()).isEmpty();
        cut.server.faults().clear();
        cut.post(room, "meanwhile");
        cut.delete(ids.get(30));
        cut.pass(Duration.ofMinutes(10));
        if (k <= 2) {
          // Ended before the whole reading began: an ordinary run knows nothing of it.
          assertThat(cut.engine.reconcile(room).failure()).isNull();
        } else {
          cut.sync(room);
        }
        cut.assertEqualsServer(room);
        assertThat(cut.coverage(room)).isInstanceOf(Coverage.Complete.class);
      }
    }
  }

  @Test
  void anInterruptEndsTheRunAndStaysSet() {
    RoomId room = harness.known(harness.room("harbour", 30));
    Thread run = Thread.currentThread();
    harness.onAnswers(
        3,
        number -> {
          if (number == 3) {
            run.interrupt();
          }
        });
    SyncReport report =
        harness.with(options -> options.pageSize(9).largestPage(9)).engine.syncRoom(room);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(report.stoppedBy()).isNotNull();
    assertThat(report.stoppedBy().kind()).isEqualTo("cancelled");
    assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
    harness.sync(room);
    harness.assertEqualsServer(room);
  }

  @Test
  void aCancelledWaitEndsAtOnce() {
    RoomId room = harness.known(harness.room("harbour", 1));
    Cancellation cancellation = new Cancellation();
    harness.server.faults().next(SYNC, 9, Fault.status(503));
    harness.engine.onProgress(
        progress -> {
          if (progress instanceof Progress.Waiting) {
            cancellation.cancel();
          }
        });
    SyncReport report = harness.engine.sync(SyncRequest.room(room), cancellation);

    assertThat(report.stoppedBy()).isNotNull();
    assertThat(report.stoppedBy().kind()).isEqualTo("cancelled");
    assertThat(harness.device.waits()).isEmpty();
    assertThat(report.requests()).isEqualTo(2);
  }
}
