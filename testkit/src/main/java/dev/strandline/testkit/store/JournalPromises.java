package dev.strandline.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.journal.Answer;
import dev.strandline.journal.Ending;
import dev.strandline.journal.JournalLimits;
import dev.strandline.journal.JournalReach;
import dev.strandline.journal.MessageLinks;
import dev.strandline.journal.MessageLinks.Grave;
import dev.strandline.journal.MessageLinks.InQuarantine;
import dev.strandline.journal.MessageLinks.Live;
import dev.strandline.journal.PageCounts;
import dev.strandline.journal.PageEntry;
import dev.strandline.journal.PassEntry;
import dev.strandline.journal.Positions;
import dev.strandline.journal.Purpose;
import dev.strandline.journal.Question;
import dev.strandline.journal.RunEntry;
import dev.strandline.journal.Written;
import dev.strandline.model.Scope;
import dev.strandline.model.Tombstone;
import dev.strandline.spi.Origin;
import dev.strandline.spi.StoreWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the journal keeps, links, and lets go of. */
abstract class JournalPromises extends ReadingPromises {
  private static final PageCounts SOME = new PageCounts(1, 2, 3, 1, 4, 5, 6, 7, 8);
  private static final JournalLimits SMALL = new JournalLimits(100, Duration.ofDays(10));

  @Test
  void theJournalGivesBackWhatWasPut() {
    RunEntry begun = RunEntry.begun(1, RunEntry.Kind.RECONCILE, "room:room", 1, NOW);
    RunEntry ended = begun.ended(NOW.plusMillis(9), Ending.PARTIAL, 7, SOME, "unreachable");
    PassEntry pass = PassEntry.begun(1, 1, Scope.room(ROOM), NOW);
    PassEntry threads = PassEntry.begun(2, 1, Scope.thread(id("root")), NOW);
    PassEntry over = threads.ended(NOW.plusMillis(5), Ending.FAILED, 2, SOME, "server-error");
    PageEntry full =
        new PageEntry(
            1,
            1,
            1,
            Purpose.HISTORY,
            new Question(Question.What.HISTORY, "chat.syncMessages", time(-5), time(9), 50),
            2,
            1,
            NOW,
            Duration.ofMillis(1234),
            new Answer(50, 12_345L, time(8), time(7)),
            SOME,
            new Positions(time(1), time(2), time(3), false, time(4), "GONE"),
            new Positions(time(5), time(6), null, true, null, null),
            PageEntry.State.APPLIED,
            null);
    PageEntry bare =
        new PageEntry(
            2,
            1,
            0,
            Purpose.CONCLUDE,
            null,
            1,
            0,
            NOW,
            Duration.ZERO,
            null,
            PageCounts.NONE,
            null,
            null,
            PageEntry.State.FAILED,
            "unreachable");
    write(
        w -> {
          w.putRun(begun);
          w.putPass(pass);
          w.putPass(threads);
          w.putPage(full);
          w.putPage(bare);
        });
    assertOptional(r -> r.run(1)).contains(begun);
    assertOptional(r -> r.pass(1)).contains(pass);
    assertOptional(r -> r.page(1)).contains(full);
    assertOptional(r -> r.page(2)).contains(bare);
    write(
        w -> {
          w.putRun(ended);
          w.putPass(over);
        });
    assertOptional(r -> r.run(1)).contains(ended);
    assertOptional(r -> r.pass(2)).contains(over);
    assertOptional(r -> r.run(2)).isEmpty();
    assertValue(r -> r.journalReach()).isEqualTo(new JournalReach(1, 1, 2, 1, 2));
  }

  @Test
  void theJournalIsReadByRunAndByScopeAPageAtATime() {
    assertValue(r -> r.journalReach()).isEqualTo(JournalReach.NOTHING);
    Scope thread = Scope.thread(id("root"));
    write(
        w -> {
          for (int run = 1; run <= 3; run++) {
            w.putRun(RunEntry.begun(run, RunEntry.Kind.SYNC, "everything", 10L * run, NOW));
            w.putPass(PassEntry.begun(2L * run, run, Scope.room(ROOM), NOW));
            w.putPass(PassEntry.begun(2L * run + 1, run, thread, NOW));
            for (int page = 0; page < 3; page++) {
              w.putPage(page(10L * run + page, run, 0, NOW));
            }
          }
        });
    assertList(r -> r.runs(Long.MAX_VALUE, 2).stream().map(RunEntry::number).toList())
        .containsExactly(3L, 2L);
    assertList(r -> r.runs(2, 9).stream().map(RunEntry::number).toList()).containsExactly(1L);
    assertList(r -> r.passes(2).stream().map(PassEntry::number).toList()).containsExactly(4L, 5L);
    assertList(r -> r.passes(thread, Long.MAX_VALUE, 2).stream().map(PassEntry::number).toList())
        .containsExactly(7L, 5L);
    assertList(r -> r.passes(thread, 5, 2).stream().map(PassEntry::number).toList())
        .containsExactly(3L);
    assertList(r -> r.passes(Scope.room(OTHER), Long.MAX_VALUE, 2)).isEmpty();
    assertList(r -> numbers(r.pages(2, 0, 9))).containsExactly(20L, 21L, 22L);
    assertList(r -> numbers(r.pages(2, 20, 1))).containsExactly(21L);
    assertList(r -> numbers(r.pages(3, 30, 9))).containsExactly(31L, 32L);
    assertList(r -> r.pages(4, 0, 9)).isEmpty();
  }

  @Test
  void r2_aPageOfTheJournalCommitsWithItsRowsOrNotAtAll() {
    IllegalStateException death = new IllegalStateException("in the middle of a page");
    assertThatThrownBy(
            () ->
                write(
                    w -> {
                      w.putRun(RunEntry.begun(1, RunEntry.Kind.SYNC, "everything", 1, NOW));
                      w.putPass(PassEntry.begun(1, 1, Scope.room(ROOM), NOW));
                      w.onBehalfOf(1);
                      w.putMessage(message("m1", 1), Origin.ROOM);
                      w.putPage(page(1, 1, 1, NOW));
                      throw death;
                    }))
        .isSameAs(death);
    assertValue(r -> r.journalReach()).isEqualTo(JournalReach.NOTHING);
    assertValue(r -> r.links(id("m1"))).isEqualTo(MessageLinks.NONE);
    // And the page that was told of is forgotten with the transaction.
    write(w -> w.putMessage(message("m1", 1), Origin.ROOM));
    assertValue(r -> r.links(id("m1")))
        .isEqualTo(new MessageLinks(new Live(0, 0), null, List.of()));
  }

  @Test
  void aMessageIsLinkedToThePageThatAddedItAndToTheOneThatLastWroteIt() {
    write(
        w -> {
          w.onBehalfOf(3);
          w.putMessage(message("m", 1), Origin.ROOM);
          w.onBehalfOf(5);
          w.putMessage(message("m", 1, time(9), "room"), Origin.THREAD);
          w.putMessage(message("n", 1), Origin.ROOM);
        });
    write(w -> w.putMessage(message("o", 1), Origin.ROOM));
    assertValue(r -> r.links(id("m")).live()).isEqualTo(new Live(3, 5));
    assertValue(r -> r.links(id("n")).live()).isEqualTo(new Live(5, 5));
    assertValue(r -> r.links(id("o")).live()).isEqualTo(new Live(0, 0));
    assertValue(r -> r.links(id("never"))).isEqualTo(MessageLinks.NONE);
  }

  @Test
  void aTombstoneIsLinkedToItsOwnPagesAndToThoseOfTheMessageThatItRemoved() {
    write(
        w -> {
          w.onBehalfOf(2);
          w.putMessage(message("m", 1), Origin.ROOM);
          w.onBehalfOf(4);
          bury(w, "m", Tombstone.Reason.NOT_FOUND);
          bury(w, "unknown", Tombstone.Reason.DELETED);
        });
    assertValue(r -> r.links(id("m")))
        .isEqualTo(new MessageLinks(null, new Grave(ROOM, 2, 4, 4), List.of()));
    assertValue(r -> r.links(id("unknown")).grave()).isEqualTo(new Grave(ROOM, 0, 0, 4));
    write(
        w -> {
          w.onBehalfOf(6);
          bury(w, "m", Tombstone.Reason.DELETED);
        });
    assertValue(r -> r.links(id("m")).grave()).isEqualTo(new Grave(ROOM, 2, 4, 6));
    // Live again, and gone again.
    write(
        w -> {
          w.onBehalfOf(8);
          w.putMessage(message("m", 9), Origin.ROOM);
        });
    assertValue(r -> r.links(id("m")))
        .isEqualTo(new MessageLinks(new Live(8, 8), new Grave(ROOM, 2, 4, 6), List.of()));
    write(
        w -> {
          w.onBehalfOf(9);
          bury(w, "m", Tombstone.Reason.DELETED);
        });
    assertValue(r -> r.links(id("m")).grave()).isEqualTo(new Grave(ROOM, 8, 9, 9));
  }

  private static void bury(StoreWriter w, String id, Tombstone.Reason reason) {
    w.putTombstone(ROOM, new Tombstone(id(id), time(5), reason));
    w.removeMessage(id(id));
  }

  @Test
  void whatIsInQuarantineIsLinkedToThePageThatItWasIn() {
    write(
        w -> {
          w.onBehalfOf(7);
          w.quarantine(ROOM, unreadable("m", "{"), NOW);
          w.onBehalfOf(8);
          w.quarantine(ROOM, unreadable("m", "{"), NOW);
          w.quarantine(OTHER, unreadable("m", "["), NOW.plusMillis(1));
        });
    assertValue(r -> r.links(id("m")))
        .isEqualTo(
            new MessageLinks(
                null,
                null,
                List.of(
                    new InQuarantine(ROOM, "no usable date", NOW, 7),
                    new InQuarantine(OTHER, "no usable date", NOW.plusMillis(1), 8))));
  }

  @Test
  void whatWasWrittenAfterAPageIsToldWithItsPages() {
    write(
        w -> {
          w.onBehalfOf(2);
          w.putMessage(message("old", 1), Origin.ROOM);
          w.putMessage(message("edited", 1), Origin.ROOM);
          w.putMessage(message("gone", 1), Origin.ROOM);
          w.putMessage(message("gone before", 1), Origin.ROOM);
          bury(w, "gone before", Tombstone.Reason.DELETED);
          w.onBehalfOf(4);
          w.putMessage(message("edited", 1, time(9), "room"), Origin.ROOM);
          w.putMessage(message("new", 1, "other"), Origin.ROOM);
          bury(w, "gone", Tombstone.Reason.DELETED);
          bury(w, "never stored", Tombstone.Reason.DELETED);
        });
    assertThat(writtenAfter(2))
        .containsExactlyInAnyOrder(
            new Written(id("edited"), ROOM, 2, 4, 0),
            new Written(id("new"), OTHER, 4, 4, 0),
            new Written(id("gone"), ROOM, 2, 0, 4));
    assertThat(writtenAfter(4)).isEmpty();
    assertThat(writtenAfter(0)).hasSize(5);
  }

  private List<Written> writtenAfter(long page) {
    List<Written> all = new ArrayList<>();
    observe(r -> r.forEachWrittenAfter(page, all::add));
    return all;
  }

  @Test
  void theJournalIsBoundedByNumberAndTheQuietGoesFirst() {
    write(
        w -> {
          for (int i = 1; i <= 300; i++) {
            Instant at = NOW.plusSeconds(i);
            PageCounts counts = i % 2 == 0 ? SOME : PageCounts.NONE;
            w.putRun(
                RunEntry.begun(i, RunEntry.Kind.SYNC, "everything", i, at)
                    .ended(at, Ending.COMPLETE, 1, counts, null));
            w.putPass(
                PassEntry.begun(i, i, Scope.room(ROOM), at)
                    .ended(at, Ending.COMPLETE, 1, counts, null));
            w.putPage(page(i, i, i, at, counts));
          }
          w.pruneJournal(SMALL, NOW.plusSeconds(300));
        });
    // The 10 newest of the quiet ones, and of all that then are left the 100 newest.
    List<Long> newest =
        LongStream.rangeClosed(1, 300).filter(i -> i % 2 == 0 ? i > 120 : i > 280).boxed().toList();
    assertThat(newest).hasSize(100);
    assertList(r -> r.runs(Long.MAX_VALUE, 999).stream().map(RunEntry::number).sorted().toList())
        .isEqualTo(newest);
    assertList(
            r ->
                r.passes(Scope.room(ROOM), Long.MAX_VALUE, 999).stream()
                    .map(PassEntry::number)
                    .sorted()
                    .toList())
        .isEqualTo(newest);
    for (long page = 1; page <= 300; page++) {
      long number = page;
      assertThat(read(r -> r.page(number)).isPresent()).isEqualTo(newest.contains(page));
    }
    assertThat(read(r -> r.journalReach()).lastPage()).isEqualTo(300);
  }

  @Test
  void theJournalIsBoundedByAgeAndTheNewestStaysWhateverItsAge() {
    write(
        w -> {
          for (int day = 1; day <= 20; day++) {
            Instant at = NOW.plus(Duration.ofDays(day));
            w.putRun(RunEntry.begun(day, RunEntry.Kind.SYNC, "everything", day, at));
            w.putPass(PassEntry.begun(day, day, Scope.room(ROOM), at));
            w.putPage(page(day, day, day, at));
          }
          w.pruneJournal(SMALL, NOW.plus(Duration.ofDays(25)));
        });
    assertValue(r -> r.journalReach()).isEqualTo(new JournalReach(15, 20, 20, 15, 20));
    write(w -> w.pruneJournal(SMALL, NOW.plus(Duration.ofDays(999))));
    assertValue(r -> r.journalReach()).isEqualTo(new JournalReach(20, 20, 20, 20, 20));
    assertValue(r -> r.passes(Scope.room(ROOM), Long.MAX_VALUE, 99).size()).isEqualTo(1);
  }

  @Test
  void aPurgedRoomsJournalStays() {
    write(
        w -> {
          w.putRun(RunEntry.begun(1, RunEntry.Kind.SYNC, "everything", 1, NOW));
          w.putPass(PassEntry.begun(1, 1, Scope.room(ROOM), NOW));
          w.putPage(page(1, 1, 1, NOW));
          w.onBehalfOf(1);
          w.putMessage(message("m", 1), Origin.ROOM);
          w.purge(ROOM);
        });
    assertOptional(r -> r.page(1)).isPresent();
    assertValue(r -> r.links(id("m"))).isEqualTo(MessageLinks.NONE);
  }

  private static List<Long> numbers(List<PageEntry> pages) {
    return pages.stream().map(PageEntry::number).toList();
  }

  private static PageEntry page(long number, long run, long pass, Instant at) {
    return page(number, run, pass, at, PageCounts.NONE);
  }

  private static PageEntry page(long number, long run, long pass, Instant at, PageCounts counts) {
    @Nullable Positions none = null;
    return new PageEntry(
        number,
        run,
        pass,
        Purpose.CATCH_UP,
        new Question(Question.What.SINCE, "chat.syncMessages", time(1), null, 0),
        1,
        1,
        at,
        Duration.ofMillis(3),
        new Answer(0, null, null, null),
        counts,
        none,
        none,
        PageEntry.State.APPLIED,
        null);
  }
}
