package dev.strandline.transport.http.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.SyncReport;
import dev.strandline.model.RoomId;
import dev.strandline.testkit.server.FakeServerOptions;
import dev.strandline.testkit.server.SeenRequest;
import dev.strandline.testkit.server.TieOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** R3 and R4: what the server's own cursors lose. Ties come in another order with each call. */
class FeedOrderTest {
  private static final Duration LONG_GAP = Duration.ofDays(2);

  private final Harness harness =
      new Harness(FakeServerOptions.builder().tieOrder(TieOrder.SHUFFLED_EACH_CALL).build());

  @AfterEach
  void stop() {
    harness.close();
  }

  /** Groups of seven messages, each group written within one millisecond. */
  private void postInGroups(RoomId room, int groups) {
    for (int i = 0; i < groups; i++) {
      harness.workspace.stamped(harness.serverNow(), () -> harness.post(room, 7));
      harness.workspace.clock().advance(Duration.ofMillis(1));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 7, 20, 50})
  void r3_everyMessageOfOneMillisecondArrivesAcrossTheBordersOfPagesDownwards(int pageSize) {
    RoomId room = harness.room("harbour");
    postInGroups(room, 15);
    // Older than lookback, so that no catch-up shows what the pages have lost.
    harness.pass(Duration.ofHours(1));
    harness.with(options -> options.pageSize(pageSize)).sync(room);

    harness.assertEqualsServer(room);
    assertThat(harness.stored(room)).hasSize(105);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 7, 20, 50})
  void r3_everyMessageOfOneMillisecondArrivesAcrossTheBordersOfPagesUpwards(int pageSize) {
    RoomId room = harness.room("harbour", 1);
    harness.with(options -> options.pageSize(pageSize)).sync(room);
    harness.pass(LONG_GAP);
    postInGroups(room, 15);
    harness.sync(room);

    assertThat(harness.feedRequests()).anyMatch(seen -> "UPDATED".equals(seen.parameter("type")));
    harness.assertEqualsServer(room);
    assertThat(harness.stored(room)).hasSize(106);
  }

  @Test
  void r3_aRenameOfThousandsInOneMillisecondArrivesWholeAfterALongGap() {
    RoomId room = harness.room("harbour", 3_000);
    harness.sync(room);
    harness.pass(LONG_GAP);
    harness.workspace.users().rename(harness.bob, "robert");
    harness.feedRequests();
    SyncReport report = harness.with(options -> options.pageSize(50)).sync(room);

    assertThat(report.scopes().get(0).upserts()).isEqualTo(3_000);
    List<SeenRequest> asked = harness.feedRequests();
    assertThat(asked)
        .filteredOn(seen -> "UPDATED".equals(seen.parameter("type")))
        .extracting(seen -> seen.parameter("count"))
        .containsExactly("50", "100", "400", "1600", "6400");
    harness.assertEqualsServer(room);
  }

  @Test
  void r3_aRenameOfThousandsInOneMillisecondCostsOneCallAfterAShortGap() {
    RoomId room = harness.room("harbour", 3_000);
    harness.sync(room);
    harness.pass(Duration.ofHours(2));
    harness.workspace.users().rename(harness.bob, "robert");
    harness.feedRequests();
    harness.with(options -> options.pageSize(50)).sync(room);

    assertThat(harness.feedRequests()).hasSize(1);
    harness.assertEqualsServer(room);
  }

  @Test
  void r4_tombstonesInAnOrderThatTheCursorLosesAllArriveAfterALongGap() {
    RoomId room = harness.room("harbour");
    List<String> ids = new ArrayList<>(harness.post(room, 500));
    harness.with(options -> options.pageSize(20)).sync(room);
    harness.pass(LONG_GAP);
    Collections.reverse(ids);
    ids.subList(0, 480).forEach(harness::delete);
    harness.sync(room);

    assertThat(harness.feedRequests()).anyMatch(seen -> "DELETED".equals(seen.parameter("type")));
    harness.assertEqualsServer(room);
    assertThat(harness.stored(room)).hasSize(20);
  }

  @Test
  void r4_moreTombstonesThanOneAnswerHoldsAreAskedForAgainUntilTheAnswerIsNotCut() {
    RoomId room = harness.room("harbour");
    List<String> ids = new ArrayList<>(harness.post(room, 11_000));
    harness.sync(room);
    harness.pass(LONG_GAP);
    // Deleted at random, so that nothing is where the cursor expects it.
    Collections.shuffle(ids, new Random(4));
    ids.subList(0, 10_900).forEach(harness::delete);
    harness.feedRequests();
    harness.sync(room);

    assertThat(harness.feedRequests())
        .filteredOn(seen -> "DELETED".equals(seen.parameter("type")))
        .extracting(seen -> seen.parameter("count"))
        .containsExactly("10000", "40000");
    harness.assertEqualsServer(room);
    assertThat(harness.stored(room)).hasSize(100);
  }

  @Test
  void r4_tombstonesOfAShortGapComeUncutInOneCall() {
    RoomId room = harness.room("harbour");
    List<String> ids = new ArrayList<>(harness.post(room, 300));
    harness.with(options -> options.pageSize(20)).sync(room);
    harness.pass(Duration.ofHours(1));
    Collections.reverse(ids);
    ids.subList(0, 250).forEach(harness::delete);
    harness.feedRequests();
    harness.sync(room);

    assertThat(harness.feedRequests()).hasSize(1);
    harness.assertEqualsServer(room);
  }
}
