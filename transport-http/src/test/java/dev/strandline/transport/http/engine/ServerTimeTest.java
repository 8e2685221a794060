package dev.strandline.transport.http.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.model.Coverage;
import dev.strandline.model.RoomId;
import dev.strandline.testkit.server.Fault;
import dev.strandline.testkit.server.FaultPlan;
import dev.strandline.testkit.server.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** R1, R5 and R6: which clock counts, and how far it is trusted. */
class ServerTimeTest {
  private final Harness harness = new Harness();

  @AfterEach
  void stop() {
    harness.close();
  }

  private record Stored(Object state, List<String> rows, Coverage coverage) {}

  /** The same history, lived through by a device that believes in some year. */
  private static Stored livedThrough(Instant deviceTime, Instant later) {
    try (Harness harness = new Harness()) {
      harness.device.set(deviceTime);
      RoomId room = harness.room("harbour", 30);
      harness.with(options -> options.pageSize(7).largestPage(7)).sync(room);
      harness.device.set(later);
      harness.pass(Duration.ofHours(5));
      List<String> ids = harness.post(room, 10);
      harness.delete(ids.get(3));
      harness.sync(room);
      harness.assertEqualsServer(room);
      return new Stored(harness.state(room), harness.stored(room), harness.coverage(room));
    }
  }

  @Test
  void r1_aDeviceClockThatIsYearsOffOrJumpsChangesNothingThatIsStored() {
    Instant right = Instant.parse("2025-10-09T09:00:00Z");
    Stored expected = livedThrough(right, right.plusSeconds(60));

    assertThat(livedThrough(Instant.parse("1970-01-01T00:00:01Z"), Instant.EPOCH))
        .isEqualTo(expected);
    assertThat(livedThrough(Instant.parse("2099-12-31T23:59:59Z"), Instant.EPOCH))
        .isEqualTo(expected);
    assertThat(livedThrough(Instant.EPOCH, Instant.parse("2099-12-31T23:59:59Z")))
        .isEqualTo(expected);
  }

  @Test
  void r5_aMessageThatBecomesVisibleLateWithAnOlderStampArrives() {
    RoomId room = harness.room("harbour", 3);
    harness.sync(room);
    harness.pass(Duration.ofHours(1));
    harness.post(room, "before");
    Instant taken = harness.serverNow();
    harness.pass(Duration.ofSeconds(90));
    // News in both feeds, so that both are settled as late as can be.
    harness.delete(harness.post(room, "brief"));
    harness.post(room, "after");
    harness.pass(Duration.ofSeconds(2));
    harness.sync(room);
    // Stamped 90 seconds ago by another app server, and visible only now.
    harness.workspace.stamped(taken, () -> harness.post(room, "late"));
    harness.sync(room);

    harness.assertEqualsServer(room);
    assertThat(harness.stored(room)).hasSize(6).anyMatch(json -> json.contains("late"));
  }

  @Test
  void r5_aTombstoneThatIsOlderThanTheFirstLoadRemovesWhatTheLoadStillSaw() {
    RoomId room = harness.room("harbour");
    String doomed = harness.post(room, 20).get(5);
    harness.pass(Duration.ofMinutes(10));
    harness.workspace.removals().writeTombstone(doomed);
    harness.pass(Duration.ofSeconds(100));
    harness.post(room, "just now");
    harness.with(options -> options.pageSize(4).largestPage(4)).sync(room);
    harness.workspace.removals().removeLive(doomed);
    harness.sync(room);

    harness.assertEqualsServer(room);
    assertThat(harness.has(doomed)).isFalse();
  }

  @Test
  void r6_whatIsWrittenWhileALongPassRunsIsNotSettledByIt() {
    RoomId room = harness.room("harbour", 1);
    harness.with(options -> options.pageSize(10).largestPage(10)).sync(room);
    harness.pass(Duration.ofDays(2));
    harness.post(room, 100);
    Instant[] began = new Instant[1];
    Instant[] third = new Instant[1];
    // Each page takes a minute, and in the meantime people write.
    harness.onAnswers(
        8,
        request -> {
          harness.workspace.clock().advance(Duration.ofMinutes(1));
          // The first answer tells the settings; the pass begins after it.
          began[0] = request == 1 ? harness.serverNow() : began[0];
          third[0] = request == 3 ? harness.serverNow() : third[0];
          harness.post(room, 2);
        });
    harness.sync(room);

    assertThat(harness.state(room).updated().settled().toInstant()).isBeforeOrEqualTo(began[0]);
    assertThat(newestStored(room)).isAfter(began[0].plus(Duration.ofMinutes(5)));
    // A write of the time of the third page that becomes visible after the last one: far behind
    // the newest stamp seen, and yet within lookback of the moment at which the pass began.
    harness.workspace.stamped(began[0].plusSeconds(-30), () -> harness.post(room, "slow"));
    harness.workspace.stamped(third[0], () -> harness.post(room, "slower"));
    harness.sync(room);
    harness.assertEqualsServer(room);
  }

  @Test
  void r6_whatIsDeletedWhileALongPassRunsIsGoneAfterTheNext() {
    RoomId room = harness.room("harbour");
    List<String> old = harness.post(room, 40);
    harness.with(options -> options.pageSize(10).largestPage(10)).sync(room);
    harness.pass(Duration.ofDays(2));
    harness.post(room, 60);
    harness.onAnswers(
        7,
        request -> {
          harness.workspace.clock().advance(Duration.ofMinutes(1));
          harness.delete(old.get(request));
          harness.edit(old.get(20 + request), "edited meanwhile");
        });
    harness.sync(room);
    harness.sync(room);

    harness.assertEqualsServer(room);
  }

  @ParameterizedTest
  @ValueSource(ints = {-14 * 60, -600, -60, 60, 600, 86_400})
  void r6_aProxyWhoseDateIsOffLosesNothing(int secondsBehind) {
    RoomId room = harness.room("harbour", 10);
    lie(Duration.ofSeconds(-secondsBehind));
    harness.sync(room);
    for (int i = 0; i < 5; i++) {
      harness.pass(Duration.ofMinutes(1));
      String id = harness.post(room, "message");
      lie(Duration.ofSeconds(-secondsBehind));
      harness.sync(room);
      harness.pass(Duration.ofSeconds(30));
      harness.delete(id);
      harness.post(room, "kept");
    }
    harness.pass(Duration.ofMinutes(20));
    lie(Duration.ofSeconds(-secondsBehind));
    harness.sync(room);

    harness.assertEqualsServer(room);
  }

  @ParameterizedTest
  @ValueSource(ints = {-14 * 60, -600, 600})
  void r6_aProxyWhoseDateIsOffLosesNothingByAWholeReading(int secondsBehind) {
    RoomId room = harness.room("harbour", 10);
    harness.sync(room);
    harness.pass(Duration.ofHours(1));
    lie(Duration.ofSeconds(-secondsBehind));
    assertThat(harness.engine.reconcile(room).failure()).isNull();
    harness.pass(Duration.ofMinutes(1));
    harness.post(room, "after the whole reading");
    lie(Duration.ofSeconds(-secondsBehind));
    harness.sync(room);
    harness.pass(Duration.ofMinutes(30));
    lie(Duration.ofSeconds(-secondsBehind));
    harness.sync(room);

    harness.assertEqualsServer(room);
  }

  @Test
  void r6_answersWithoutADateLoseNothing() {
    RoomId room = harness.room("harbour", 10);
    harness.server.faults().next(FaultPlan.ANY_ROUTE, 40, Fault.withoutDate());
    harness.with(options -> options.pageSize(3).largestPage(3)).sync(room);
    for (int i = 0; i < 4; i++) {
      harness.pass(Duration.ofMinutes(i));
      List<String> ids = harness.post(room, 4);
      harness.delete(ids.get(1));
      harness.sync(room);
    }

    harness.assertEqualsServer(room);
    assertThat(harness.coverage(room)).isInstanceOf(Coverage.Complete.class);
  }

  /** Lets a proxy put its own date on the next answers. */
  private void lie(Duration ahead) {
    harness.server.faults().clear();
    harness
        .server
        .faults()
        .next(FaultPlan.ANY_ROUTE, 100, Fault.rewrite(answer -> dated(answer, ahead)));
  }

  private Response dated(Response answer, Duration ahead) {
    Map<String, String> headers = new LinkedHashMap<>(answer.headers());
    headers.put(
        "Date",
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            harness.serverNow().plus(ahead).atOffset(ZoneOffset.UTC)));
    return new Response(answer.status(), headers, answer.body());
  }

  private Instant newestStored(RoomId room) {
    return harness.local().messages(room, null, 1).messages().get(0).updatedAt().toInstant();
  }
}
