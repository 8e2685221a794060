package dev.strandline.transport.http.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.Progress;
import dev.strandline.SyncReport;
import dev.strandline.SyncRequest;
import dev.strandline.model.RoomId;
import dev.strandline.testkit.server.FakeServerOptions;
import dev.strandline.testkit.server.Fault;
import dev.strandline.testkit.server.RateLimit;
import dev.strandline.testkit.server.SeenRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R15: as few requests as will do, and none that the server has to refuse. */
class BudgetTest {
  private Harness harness = new Harness();

  @AfterEach
  void stop() {
    harness.close();
  }

  private Harness limited() {
    harness.close();
    harness = new Harness(FakeServerOptions.builder().rateLimit(RateLimit.serverDefault()).build());
    return harness;
  }

  private List<String> routes() {
    return harness.server.requests().stream().map(SeenRequest::route).toList();
  }

  @Test
  void r15_aFirstLoadCostsThePagesAndTwoCatchUps() {
    RoomId room = harness.known(harness.room("harbour", 5_000));
    SyncReport report = harness.with(options -> options.pageSize(1_000)).sync(room);

    // Settings, the newest page, a catch-up, two larger pages, and a catch-up.
    assertThat(report.requests()).isEqualTo(1 + 1 + 1 + 2 + 1);
    assertThat(report.requests()).isEqualTo(harness.server.requests().size());
  }

  @Test
  void r15_aSmallRoomIsLoadedByThreeRequests() {
    RoomId room = harness.known(harness.room("harbour", 900));
    harness.sync(room);

    assertThat(routes())
        .containsExactly("settings.public", "chat.syncMessages", "chat.syncMessages");
  }

  @Test
  void r15_aRoomThatIsNotKnownCostsTheDirectoryOnce() {
    RoomId room = harness.room("harbour", 9);
    RoomId other = harness.room("pier", 9);
    harness.sync(room);
    assertThat(routes()).startsWith("settings.public", "rooms.get", "subscriptions.get");
    harness.server.clearRequests();
    harness.sync(other);
    assertThat(routes()).contains("settings.public").doesNotContain("rooms.get");
  }

  @Test
  void aNameCostsTheDirectoryOnceAndThenNothing() {
    harness.room("harbour", 9);
    assertThat(harness.engine.findRoom("#Harbour").room()).isPresent();
    assertThat(routes()).containsExactly("settings.public", "rooms.get", "subscriptions.get");
    harness.server.clearRequests();
    assertThat(harness.engine.findRoom("harbour").room()).isPresent();
    assertThat(routes()).isEmpty();
    assertThat(harness.engine.findRoom("harbor").isUnknown()).isTrue();
    assertThat(routes()).containsExactly("rooms.get", "subscriptions.get", "chat.syncMessages");
    assertThat(harness.local().entries()).hasSize(1);
  }

  @Test
  void r15_aQuietSecondRunCostsTheSettingsAndOneRequestARoom() {
    SyncRequest.Builder request = SyncRequest.builder();
    for (int i = 0; i < 7; i++) {
      request.room(harness.room("room " + i, 30));
    }
    Harness.complete(harness.engine.sync(request.build()));
    harness.pass(Duration.ofHours(3));
    harness.server.clearRequests();
    SyncReport report = Harness.complete(harness.engine.sync(request.build()));

    assertThat(report.requests()).isEqualTo(1 + 7);
    assertThat(report.scopes()).allMatch(scope -> scope.requests() == 1);
    assertThat(report.scopes())
        .as("a quiet room's rows are not read again")
        .allMatch(scope -> scope.unchanged() == 0);
  }

  @Test
  void r15_everythingOnQuietRoomsCostsTheSettingsTheDirectoryAndOneRequestARoom() {
    for (int i = 0; i < 9; i++) {
      harness.room("room " + i, 5);
    }
    harness.syncEverything();
    harness.pass(Duration.ofHours(3));
    harness.server.clearRequests();
    SyncReport report = harness.syncEverything();

    assertThat(report.requests()).isEqualTo(1 + 2 + 9);
    assertThat(harness.server.requests()).hasSize(1 + 2 + 9);
  }

  @Test
  void r15_aLongGapWithoutNewsCostsTwoRequests() {
    RoomId room = harness.room("harbour", 50);
    harness.sync(room);
    harness.pass(Duration.ofDays(20));
    harness.feedRequests();
    harness.sync(room);

    assertThat(harness.feedRequests())
        .extracting(seen -> seen.parameter("type"))
        .containsExactly("UPDATED", "DELETED");
  }

  @Test
  void r15_thirtyRoomsAtTenCallsAMinuteAreReadWithoutARefusal() {
    limited();
    List<RoomId> rooms = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      rooms.add(harness.room("room " + i));
      harness.post(rooms.get(i), 3);
    }
    Instant began = harness.serverNow();
    // One lane, since on a clock that is moved by whoever waits, waits follow one another.
    SyncReport report = harness.with(options -> options.lanes(1)).syncEverything();

    assertThat(harness.server.requests()).allMatch(seen -> seen.status() == 200);
    assertThat(report.requests()).isEqualTo(3 + 2 * 30);
    // Sixty calls of one route are six windows; a wait ends a little after the window.
    assertThat(harness.device.waits()).hasSize(5);
    assertThat(harness.device.waits())
        .allSatisfy(
            wait ->
                assertThat(wait)
                    .isBetween(Duration.ofSeconds(55), Duration.ofSeconds(60).plusMillis(1_600)));
    assertThat(Duration.between(began, harness.serverNow())).isLessThan(Duration.ofMinutes(6));
    rooms.forEach(harness::assertEqualsServer);
  }

  @Test
  void r15_waitsComeFromTheHeadersAndAreTold() {
    limited();
    harness.server.api().rateLimit(new RateLimit(3, Duration.ofSeconds(17)));
    RoomId room = harness.room("harbour");
    harness.post(room, 95);
    harness.pass(Duration.ofHours(1));
    List<Progress.Waiting> told = new ArrayList<>();
    harness.with(options -> options.pageSize(10));
    harness.engine.onProgress(
        progress -> {
          if (progress instanceof Progress.Waiting waiting) {
            told.add(waiting);
          }
        });
    harness.sync(room);

    assertThat(harness.server.requests()).allMatch(seen -> seen.status() == 200);
    assertThat(harness.device.waits())
        .isNotEmpty()
        .allSatisfy(wait -> assertThat(wait).isLessThan(Duration.ofSeconds(19)))
        .isEqualTo(told.stream().map(Progress.Waiting::duration).toList());
    assertThat(told).allMatch(waiting -> waiting.reason().contains("chat.syncMessages"));
    harness.assertEqualsServer(room);
  }

  @Test
  void r15_aWindowThatOthersHaveUsedUpIsWaitedFor() {
    limited();
    RoomId room = harness.room("harbour");
    harness.post(room, 3);
    harness.server.api().rateLimit(new RateLimit(1, Duration.ofMinutes(1)));
    // Somebody else at the same address.
    var neighbour = harness.transportOf(harness.bob, harness.bob.authToken());
    dev.strandline.Strandline other =
        dev.strandline.Strandline.builder()
            .store(new dev.strandline.store.memory.MemoryStore())
            .transport(neighbour)
            .clock(harness.device)
            .build();
    Harness.complete(other.syncRoom(room));
    harness.sync(room);

    harness.assertEqualsServer(room);
    other.close();
  }

  @Test
  void r15_failuresThatMayPassAreTriedAgainWithGrowingPausesAndThenGivenUp() {
    RoomId room = harness.room("harbour", 3);
    harness.server.faults().next("settings.public", 9, Fault.status(503));
    SyncReport report = harness.engine.syncRoom(room);

    assertThat(report.stoppedBy()).isNotNull();
    assertThat(report.requests()).isEqualTo(5);
    List<Duration> waits = harness.device.waits();
    assertThat(waits).hasSize(4);
    for (int i = 0; i < 4; i++) {
      Duration full = Duration.ofSeconds(1L << i);
      assertThat(waits.get(i)).isBetween(full.dividedBy(2), full);
    }
  }

  @Test
  void r15_anAnswerThatIsTooMuchForTheServerIsAskedForInPages() {
    RoomId room = harness.room("harbour", 3);
    harness.sync(room);
    harness.pass(Duration.ofHours(1));
    harness.post(room, 5);
    harness.feedRequests();
    harness.server.faults().next("chat.syncMessages", Fault.status(504));
    harness.sync(room);

    assertThat(harness.feedRequests())
        .extracting(seen -> String.valueOf(seen.parameter("type")))
        .containsExactly("null", "UPDATED", "DELETED");
    assertThat(harness.device.waits()).isEmpty();
    harness.assertEqualsServer(room);
  }

  /** Rooms, all read once, an hour ago. */
  private List<RoomId> town(int rooms) {
    List<RoomId> town = new ArrayList<>();
    for (int i = 0; i < rooms; i++) {
      RoomId room = harness.room("room " + i);
      harness.post(room, 2);
      town.add(room);
    }
    harness.pass(Duration.ofHours(1));
    harness.syncEverything();
    Harness.complete(harness.engine.sync(SyncRequest.changes()));
    harness.pass(Duration.ofMinutes(45));
    harness.server.clearRequests();
    return town;
  }

  @Test
  void r15_fiveHundredRoomsWithoutNewsCostTwoRequests() {
    town(500);
    SyncReport report = Harness.complete(harness.engine.sync(SyncRequest.changes()));

    assertThat(report.routes())
        .containsOnly(
            java.util.Map.entry("rooms.get", 1), java.util.Map.entry("subscriptions.get", 1));
    assertThat(harness.server.requests()).hasSize(2);
  }

  @Test
  void r15_eightRoomsWithNewsOfFiveHundredCostOneRequestEachAndTwo() {
    List<RoomId> town = town(500);
    List<RoomId> talking = town.subList(100, 108);
    talking.forEach(room -> harness.post(room, 3));
    SyncReport report = Harness.complete(harness.engine.sync(SyncRequest.changes()));

    assertThat(report.requests()).isEqualTo(2 + 8);
    assertThat(report.routes()).containsEntry("chat.syncMessages", 8);
    talking.forEach(harness::assertEqualsServer);
  }

  @Test
  void r15_newsOfWhichARunDiedIsReadByTheNext() {
    List<RoomId> town = town(20);
    harness.post(town.get(3), 1);
    harness.with(options -> options.retry(dev.strandline.RetryPolicy.never()));
    harness.server.faults().next("chat.syncMessages", Fault.cut(10));
    harness.engine.sync(SyncRequest.changes());
    harness.pass(Duration.ofMinutes(30));
    Harness.complete(harness.engine.sync(SyncRequest.changes()));

    harness.assertEqualsServer(town.get(3));
  }

  @Test
  void r9_r15_anEditThatNobodyTellsIsFoundWithinTheTimeOfASweepAndNothingClaimedBefore() {
    RoomId room = town(5).get(2);
    var stored = harness.local().messages(room, null, 2).messages().get(1);
    harness.edit(stored.id().value(), "edited behind everybody's back");
    Instant edited = harness.serverNow();
    var claimed = harness.state(room).claim();
    Harness.complete(harness.engine.sync(SyncRequest.changes()));
    assertThat(harness.state(room).claim()).as("not read, not claimed").isEqualTo(claimed);
    assertThat(claimed.asOf().epochMilli()).isLessThan(edited.toEpochMilli());
    for (int i = 0; i < 6; i++) {
      harness.pass(Duration.ofHours(1));
      Harness.complete(harness.engine.sync(SyncRequest.changes()));
    }
    harness.assertEqualsServer(room);
  }

  @Test
  void r15_sweepsOfRoomsThatWereReadTogetherAreSpread() {
    town(60);
    int most = 0;
    int all = 0;
    for (int i = 0; i < 60; i++) {
      harness.pass(Duration.ofMinutes(10));
      SyncReport report = Harness.complete(harness.engine.sync(SyncRequest.changes()));
      int swept = report.routes().getOrDefault("chat.syncMessages", 0);
      most = Math.max(most, swept);
      all += swept;
    }
    assertThat(all).as("each once, and some again, in ten hours").isBetween(60, 240);
    assertThat(most).isLessThan(20);
  }
}
