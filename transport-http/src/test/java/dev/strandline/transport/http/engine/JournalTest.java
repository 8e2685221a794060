package dev.strandline.transport.http.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.LocalJournal;
import dev.strandline.Outcome;
import dev.strandline.ScopeReport;
import dev.strandline.SyncReport;
import dev.strandline.SyncRequest;
import dev.strandline.journal.Ending;
import dev.strandline.journal.JournalLimits;
import dev.strandline.journal.PageCounts;
import dev.strandline.journal.PageEntry;
import dev.strandline.journal.PassEntry;
import dev.strandline.journal.Positions;
import dev.strandline.journal.Purpose;
import dev.strandline.journal.RunEntry;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.testkit.server.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a run writes into the journal. */
class JournalTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final Harness harness = new Harness();

  @AfterEach
  void stop() {
    harness.close();
  }

  private LocalJournal journal() {
    return harness.local().journal();
  }

  @Test
  void theReportSaysTheSameAsTheJournal() {
    RoomId room = harness.room("harbour");
    List<String> ids = harness.post(room, 40);
    RoomId other = harness.room("pier", 7);
    harness.with(options -> options.pageSize(10)).syncEverything();
    harness.delete(ids.get(3));
    harness.edit(ids.get(4), "edited");
    harness.post(other, 2);
    harness.pass(HOUR);
    SyncReport report = harness.syncEverything();

    RunEntry run = journal().run(report.run()).orElseThrow();
    assertThat(run.kind()).isEqualTo(RunEntry.Kind.SYNC);
    assertThat(run.asked()).isEqualTo("everything");
    assertThat(run.ending()).isEqualTo(Ending.COMPLETE);
    assertThat(run.requests()).isEqualTo(report.requests());
    for (long each = 1; each <= report.run(); each++) {
      List<PageEntry> pages = journal().pages(each, 0, 10_000);
      assertThat(pages.stream().mapToInt(PageEntry::requests).sum())
          .isEqualTo(journal().run(each).orElseThrow().requests());
      assertThat(pages.stream().map(PageEntry::counts).reduce(PageCounts.NONE, PageCounts::plus))
          .isEqualTo(journal().run(each).orElseThrow().counts());
    }
    List<PassEntry> passes = journal().passes(report.run());
    assertThat(passes).hasSameSizeAs(report.scopes());
    for (ScopeReport scope : report.scopes()) {
      PassEntry pass =
          passes.stream().filter(p -> p.scope().equals(scope.scope())).findFirst().orElseThrow();
      assertThat(pass.requests()).isEqualTo(scope.requests());
      assertThat(pass.counts().added() + pass.counts().changed()).isEqualTo(scope.upserts());
      assertThat(pass.counts().tombstones()).isEqualTo(scope.tombstones());
      assertThat(pass.counts().unchanged() + pass.counts().skipped()).isEqualTo(scope.unchanged());
    }
    assertThat(journal().passes(Scope.room(room), Long.MAX_VALUE, 10)).hasSize(2);
  }

  @Test
  void eachPageSaysWhyItWasAskedAndWhereItHasLed() {
    RoomId room = harness.known(harness.room("harbour", 25));
    long run = harness.with(options -> options.pageSize(10)).sync(room).run();

    List<PageEntry> pages = journal().pages(run, 0, 100);
    assertThat(pages)
        .extracting(PageEntry::purpose)
        .startsWith(Purpose.HANDSHAKE, Purpose.ANCHOR)
        .contains(Purpose.HISTORY)
        .endsWith(Purpose.CATCH_UP);
    PageEntry last = pages.get(pages.size() - 1);
    assertThat(last.state()).isEqualTo(PageEntry.State.APPLIED);
    assertThat(last.after().asOf()).isNotNull();
    assertThat(last.after().toBeginning()).isTrue();
    assertThat(pages.get(1).before()).isEqualTo(Positions.NONE);
    assertThat(pages.get(1).answer().entries()).isEqualTo(10);
    assertThat(pages.get(1).answer().bytes()).isPositive();
    assertThat(pages.get(1).answer().continuation()).isNotNull();
    assertThat(pages.get(0).pass()).isZero();
    assertThat(pages).allMatch(page -> page.state() == PageEntry.State.APPLIED);
  }

  @Test
  void aTryThatFailsIsAPageOfItsOwnWithTheKindOfFailureAndNothingElse() {
    RoomId room = harness.room("harbour", 5);
    harness.sync(room);
    harness.pass(HOUR);
    harness.server.faults().next("chat.syncMessages", Fault.status(503));
    long run = harness.sync(room).run();

    List<PageEntry> tries =
        journal().pages(run, 0, 10).stream().filter(p -> p.purpose() == Purpose.CATCH_UP).toList();
    assertThat(tries).extracting(PageEntry::errorKind).startsWith("server-error");
    assertThat(tries.get(tries.size() - 1).errorKind()).isNull();
    assertThat(tries.get(0).state()).isEqualTo(PageEntry.State.FAILED);
    assertThat(tries.get(0).answer()).isNull();
    assertThat(tries).allMatch(page -> page.requests() == 1);
  }

  @Test
  void scopesThatWereNotTriedAreSkippedAndTheRunSaysWhy() {
    RoomId first = harness.room("harbour", 1);
    RoomId second = harness.room("pier", 1);
    harness.syncEverything();
    harness.server.close();
    SyncReport report = harness.engine.sync(SyncRequest.builder().room(first).room(second).build());

    assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
    RunEntry run = journal().run(report.run()).orElseThrow();
    assertThat(run.ending()).isEqualTo(Ending.FAILED);
    assertThat(run.errorKind()).isEqualTo("unreachable");
    assertThat(run.asked()).isEqualTo("room:" + first + " and 1 more");
    assertThat(journal().passes(report.run()))
        .extracting(PassEntry::ending)
        .containsExactly(Ending.SKIPPED, Ending.SKIPPED);
    assertThat(journal().pages(report.run(), 0, 99))
        .isNotEmpty()
        .allMatch(page -> page.state() == PageEntry.State.FAILED);
  }

  @Test
  void theJournalStaysWithinItsLimitsHoweverManyRunsThereAre() {
    RoomId room = harness.room("harbour", 3);
    JournalLimits limits = new JournalLimits(100, Duration.ofDays(365));
    harness.with(options -> options.journal(limits));
    long first = harness.sync(room).run();
    for (int i = 0; i < 60; i++) {
      harness.pass(Duration.ofMinutes(1));
      harness.sync(room);
    }

    // Of those that changed nothing ten are kept, and the run under way when it was last looked.
    assertThat(journal().runs(Long.MAX_VALUE, 1000)).hasSizeBetween(11, 13);
    assertThat(journal().passes(Scope.room(room), Long.MAX_VALUE, 1000)).hasSizeBetween(11, 13);
    assertThat(journal().run(first)).as("the run that brought something").isPresent();
    assertThat(journal().pages(first, 0, 10)).isNotEmpty();
  }
}
