package dev.strandline.transport.http.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.Outcome;
import dev.strandline.ReconcileReport;
import dev.strandline.SyncReport;
import dev.strandline.SyncRequest;
import dev.strandline.model.RoomId;
import dev.strandline.transport.http.internal.DirectWire.Exchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** R15: what it costs to be up to date, at ten calls a minute for each route and address. */
class BudgetSimulationTest {
  private static final Duration A_SHORT_GAP = Duration.ofMinutes(40);

  /** All that a run may have asked, and nothing of it refused. */
  private static void assertWithin(int most, VirtualTown town) {
    assertThat(town.seen).hasSizeLessThanOrEqualTo(most);
    assertThat(town.refusals()).isZero();
    town.assertEqualsServer();
  }

  @Test
  void r15_fiveHundredRoomsWithoutNewsCostTwoCalls() {
    VirtualTown town = new VirtualTown(1, 500);
    town.rooms.forEach(town::post);
    town.settle();
    town.pass(A_SHORT_GAP);
    SyncReport report = town.complete(SyncRequest.changes());

    assertThat(report.requests()).isEqualTo(2);
    assertWithin(2, town);
  }

  @Test
  void r15_eightOfFiveHundredRoomsAreCurrentWithinTwentyCallsAndOneMinute() {
    VirtualTown town = new VirtualTown(2, 500);
    town.rooms.forEach(town::post);
    town.settle();
    town.pass(A_SHORT_GAP);
    for (RoomId room : town.rooms.subList(200, 208)) {
      town.post(room);
      town.post(room);
    }
    long began = town.time.nanoTime();
    // Another process, which does not know the workspace's settings yet.
    town.newEngine();
    town.complete(SyncRequest.changes());

    assertWithin(20, town);
    assertThat(town.time.nanoTime() - began).isLessThan(Duration.ofMinutes(1).toNanos());
  }

  @Test
  void r3_r15_aRenameOfFiftyTwoThousandMessagesCostsTwelveCalls() {
    VirtualTown town = new VirtualTown(3, 1);
    for (int i = 0; i < 52_516; i++) {
      town.post(town.rooms.get(0));
    }
    town.settle();
    // Nobody is told of a rename: it is found when it is the room's turn.
    rename(town, Duration.ofHours(7));
    assertWithin(12, town);
    rename(town, Duration.ofDays(3));
    assertWithin(12, town);
    town.wire.tooMuch = exchange -> exchange.query().containsKey("lastUpdate");
    rename(town, Duration.ofHours(7));
    assertWithin(12, town);
  }

  /** Another process, after an absence in which every message was written at once. */
  private static void rename(VirtualTown town, Duration away) {
    town.pass(away);
    town.workspace.users().rename(town.bob, "bob" + town.random.nextInt());
    town.pass(Duration.ofMinutes(10));
    town.seen.clear();
    town.newEngine();
    town.complete(SyncRequest.changes());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 20})
  void r4_r15_aThousandShuffledTombstonesCostSixCalls(int daysAway) {
    VirtualTown town = new VirtualTown(4, 1);
    RoomId room = town.rooms.get(0);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      ids.add(town.post(room));
    }
    town.settle();
    town.pass(Duration.ofDays(daysAway));
    Collections.shuffle(ids, town.random);
    ids.subList(0, 1_000).forEach(id -> town.workspace.removals().delete(id, town.bob));
    town.pass(Duration.ofMinutes(10));
    town.newEngine();
    town.complete(SyncRequest.changes());

    assertWithin(6, town);
    assertThat(town.stored(room)).hasSize(500);
  }

  @Test
  void r15_aRoomOfWhichPagesOfFiveHundredTimeOutIsLoadedReadWholeAndCompared() {
    VirtualTown town = new VirtualTown(5, 1);
    RoomId room = town.rooms.get(0);
    for (int i = 0; i < 3_000; i++) {
      town.post(room);
    }
    town.wire.tooMuch = exchange -> count(exchange) >= 500;
    town.complete(SyncRequest.everything());

    assertThat(countsOf(town)).startsWith(1_000, 250, 250);
    town.assertEqualsServer();
    assertThat(Collections.max(countsOf(town).subList(1, countsOf(town).size()))).isEqualTo(250);
    town.seen.clear();
    ReconcileReport[] reports = new ReconcileReport[2];
    town.time.play(
        () -> {
          reports[0] = town.engine.reconcile(room);
          reports[1] = town.engine.compare(room);
        });
    for (ReconcileReport report : reports) {
      assertThat(report.outcome()).isEqualTo(Outcome.COMPLETE);
      assertThat(report.foundDifferences()).isFalse();
    }
    assertThat(countsOf(town)).filteredOn(count -> count >= 500).containsExactly(1_000, 1_000);
  }

  @Test
  void r15_pagesGrowWhileAnswersAreSmall() {
    VirtualTown town = new VirtualTown(6, 1);
    for (int i = 0; i < 20_000; i++) {
      town.post(town.rooms.get(0));
    }
    town.complete(SyncRequest.everything());

    assertThat(countsOf(town)).containsExactly(1_000, 2_000, 4_000, 8_000, 10_000);
    assertWithin(3 + 5 + 2, town);
  }

  private static List<Integer> countsOf(VirtualTown town) {
    return town.seen.stream().map(BudgetSimulationTest::count).filter(count -> count > 0).toList();
  }

  /** How many messages a page asked for; 0 for every other question. */
  private static int count(Exchange exchange) {
    boolean isPage =
        exchange.route().equals("chat.syncMessages")
            && exchange.query().containsKey("count")
            && !"DELETED".equals(exchange.query().get("type"));
    return isPage ? Integer.parseInt(exchange.query().get("count")) : 0;
  }
}
