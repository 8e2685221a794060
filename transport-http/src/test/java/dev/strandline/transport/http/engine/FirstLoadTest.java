package dev.strandline.transport.http.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.History;
import dev.strandline.MessagePage;
import dev.strandline.Outcome;
import dev.strandline.model.Coverage;
import dev.strandline.model.RoomId;
import dev.strandline.testkit.server.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** R8 and R9: the newest first, and at every stage what is stored is worth no more than it says. */
class FirstLoadTest {
  private final Harness harness = new Harness();

  @AfterEach
  void stop() {
    harness.close();
  }

  @Test
  @Timeout(60)
  void r8_theNewestPageIsThereAfterOneRequest() {
    RoomId room = harness.known(harness.room("harbour", 50));
    List<String> shown = harness.shown(room);
    List<List<String>> stages = new ArrayList<>();
    List<Coverage> coverages = new ArrayList<>();
    // The first answer tells the settings, the second the newest page; the third is on its way, for
    // as long as it takes until the page can be read.
    harness.onAnswers(
        3,
        request -> {
          if (request == 3) {
            while (harness.stored(room).isEmpty() && !Thread.currentThread().isInterrupted()) {
              Thread.onSpinWait();
            }
            stages.add(harness.stored(room));
            coverages.add(harness.coverage(room));
          }
        });
    harness.with(options -> options.pageSize(10).largestPage(10)).sync(room);

    assertThat(stages).containsExactly(shown.subList(40, 50));
    assertThat(coverages.get(0).isComplete()).isFalse();
    harness.assertEqualsServer(room);
  }

  @Test
  void r8_whatIsDeletedOrEditedDuringTheFirstLoadEndsAsOnTheServer() {
    RoomId room = harness.known(harness.room("harbour"));
    List<String> ids = harness.post(room, 80);
    harness.pass(Duration.ofMinutes(30));
    harness.onAnswers(
        9,
        request -> {
          harness.workspace.clock().advance(Duration.ofSeconds(20));
          // One that has been read already, one that has not, and an edit of each.
          harness.delete(ids.get(80 - request));
          harness.delete(ids.get(request));
          harness.edit(ids.get(60 - request), "edited");
          harness.edit(ids.get(10 + request), "edited");
          harness.post(room, "new");
        });
    harness.with(options -> options.pageSize(10).largestPage(10)).sync(room);
    harness.sync(room);

    harness.assertEqualsServer(room);
    assertThat(harness.coverage(room)).isInstanceOf(Coverage.Complete.class);
  }

  @Test
  void r8_theStartOfTheFeedsIsFixedBeforeTheFirstRowIsRead() {
    RoomId room = harness.known(harness.room("harbour"));
    List<String> ids = harness.post(room, 30);
    harness.pass(Duration.ofHours(1));
    // The newest page takes long; deletions of what it shows come before it does.
    harness.onAnswers(
        2,
        request -> {
          if (request == 2) {
            ids.subList(20, 25).forEach(harness::delete);
            harness.workspace.clock().advance(Duration.ofHours(3));
          }
        });
    harness.sync(room);

    harness.assertEqualsServer(room);
  }

  @Test
  void r9_beforeAnythingIsReadNothingIsClaimed() {
    RoomId room = harness.known(harness.room("harbour", 5));
    harness.server.faults().next("chat.syncMessages", 20, Fault.status(503));

    assertThat(harness.engine.syncRoom(room).outcome()).isEqualTo(Outcome.FAILED);
    assertThat(harness.local().messages(room, null, 10).coverage())
        .isEqualTo(new Coverage.Unknown());
    assertThat(harness.local().status())
        .singleElement()
        .satisfies(status -> assertThat(status.updatedWatermark()).isNull());
  }

  @Test
  void r9_aRoomOfWhichNoListCameIsNotClaimedToBeEmpty() {
    RoomId room = harness.known(harness.room("harbour", 5));
    Fault listless = Fault.answer(200, "application/json", "{\"result\":{},\"success\":true}");
    harness.server.faults().next("chat.syncMessages", 20, listless);

    assertThat(harness.engine.syncRoom(room).outcome()).isEqualTo(Outcome.FAILED);
    assertThat(harness.local().messages(room, null, 10).coverage())
        .isEqualTo(new Coverage.Unknown());
    harness.server.faults().clear();
    harness.sync(room);
    harness.assertEqualsServer(room);
  }

  @Test
  void r9_aPartOfTheHistoryIsClaimedFromWhereItBegins() {
    RoomId room = harness.known(harness.room("harbour", 50));
    harness
        .with(options -> options.pageSize(10).largestPage(10).history(History.latest(10)))
        .sync(room);

    Coverage.Incomplete coverage = (Coverage.Incomplete) harness.coverage(room);
    assertThat(harness.stored(room)).isEqualTo(harness.shown(room).subList(40, 50));
    assertThat(coverage.asOf()).isNotNull();
    assertThat(coverage.from())
        .isEqualTo(oldest(harness.local().messages(room, null, 10)).updatedAt().nextMilli());
  }

  private static dev.strandline.model.Message oldest(MessagePage page) {
    return page.messages().get(page.messages().size() - 1);
  }

  @Test
  void r9_aPageWithinWhatWasReadIsCompleteAndTheLastOneIsNot() {
    RoomId room = harness.known(harness.room("harbour", 0));
    for (int message = 0; message < 50; message++) {
      harness.workspace.clock().advance(Duration.ofMinutes(1));
      harness.post(room, 1);
    }
    harness
        .with(options -> options.pageSize(10).largestPage(10).history(History.latest(20)))
        .sync(room);

    MessagePage first = harness.local().messages(room, null, 8);
    assertThat(first.coverage()).isInstanceOf(Coverage.Complete.class);
    MessagePage second = harness.local().messages(room, first.next(), 8);
    assertThat(second.coverage()).isInstanceOf(Coverage.Complete.class);
    MessagePage last = second;
    while (last.next() != null) {
      last = harness.local().messages(room, last.next(), 8);
    }
    assertThat(last.coverage()).isInstanceOf(Coverage.Incomplete.class);
  }

  @Test
  void r9_aWholeRoomIsCompleteAndLaterRunsMoveTheMoment() {
    RoomId room = harness.known(harness.room("harbour", 50));
    harness.with(options -> options.pageSize(10).largestPage(10)).sync(room);
    Coverage.Complete first = (Coverage.Complete) harness.coverage(room);
    harness.pass(Duration.ofMinutes(5));
    assertThat(harness.coverage(room)).as("time alone changes no claim").isEqualTo(first);
    harness.sync(room);

    assertThat(((Coverage.Complete) harness.coverage(room)).asOf().since(first.asOf()))
        .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(5).plusSeconds(1));
    assertThat(((Coverage.Complete) harness.coverage(room)).asOf().toInstant())
        .isBeforeOrEqualTo(harness.serverNow());
  }

  @Test
  void r9_aClaimIsMadeOnlyAfterTheFeedsWereReadBehindTheHistory() {
    RoomId room = harness.known(harness.room("harbour"));
    List<String> ids = harness.post(room, 40);
    harness.pass(Duration.ofHours(1));
    List<Coverage> seen = new ArrayList<>();
    // Moved out of the way of the reading, into the feed: only the last catch-up shows it.
    harness.onAnswers(
        6,
        request -> {
          if (request == 3) {
            harness.edit(ids.get(0), "edited while history was read");
          }
          if (request > 2) {
            seen.add(harness.coverage(room));
          }
        });
    harness.with(options -> options.pageSize(10).largestPage(10)).sync(room);

    assertThat(seen).noneMatch(Coverage::isComplete);
    assertThat(harness.coverage(room).isComplete()).isTrue();
    harness.assertEqualsServer(room);
  }

  @Test
  void r8_moreHistoryIsReadWhenMoreIsWanted() {
    RoomId room = harness.known(harness.room("harbour"));
    List<String> ids = new ArrayList<>(harness.post(room, 60));
    harness.pass(Duration.ofHours(1));
    harness
        .with(options -> options.pageSize(10).largestPage(10).history(History.none()))
        .sync(room);
    assertThat(harness.stored(room)).hasSizeLessThanOrEqualTo(1);
    harness.pass(Duration.ofDays(2));
    Collections.shuffle(ids, new java.util.Random(8));
    ids.subList(0, 10).forEach(harness::delete);
    ids.subList(10, 20).forEach(id -> harness.edit(id, "edited"));
    harness.sync(room);
    assertThat(harness.coverage(room)).isInstanceOf(Coverage.Incomplete.class);

    harness.with(options -> options.history(History.latest(25))).sync(room);
    assertThat(harness.stored(room)).hasSizeGreaterThanOrEqualTo(25);
    harness.with(options -> options.history(History.all())).sync(room);
    assertThat(harness.coverage(room)).isInstanceOf(Coverage.Complete.class);
    harness.assertEqualsServer(room);
  }
}
