package dev.strandline.transport.http.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.ReconcileReport;
import dev.strandline.ReconcileReport.Way;
import dev.strandline.ReconcileRequest;
import dev.strandline.WhyWhole;
import dev.strandline.model.Coverage;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.testkit.server.FakeRoomType;
import dev.strandline.testkit.server.Fault;
import dev.strandline.testkit.server.SeenRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R10 and R11: a room is settled by counting where only removals can have been missed. */
class CountingTest {
  private final Harness harness = new Harness();

  @AfterEach
  void stop() {
    harness.close();
  }

  private RoomId room(FakeRoomType type, int messages) {
    RoomId room =
        new RoomId(harness.workspace.rooms().create(type, "harbour", harness.ada, harness.bob));
    harness.post(room, messages);
    harness.pass(Duration.ofHours(1));
    harness.with(options -> options.pageSize(100)).syncEverything();
    harness.pass(Duration.ofHours(1));
    return room;
  }

  private ReconcileReport quickly(RoomId room) {
    harness.server.clearRequests();
    return harness.engine.reconcile(ReconcileRequest.room(room).quickly());
  }

  private List<String> routes() {
    return harness.server.requests().stream().map(SeenRequest::route).toList();
  }

  private static List<MessageId> ids(String... ids) {
    return java.util.Arrays.stream(ids).map(MessageId::new).toList();
  }

  @Test
  void r10_afterThirtyDaysABigRoomIsCounted() {
    RoomId room = room(FakeRoomType.CHANNEL, 900);
    harness.pass(Duration.ofDays(40));
    harness.post(room, 3);
    harness.pass(Duration.ofHours(1));
    harness.server.clearRequests();
    harness.syncEverything();

    assertThat(routes().subList(3, routes().size()))
        .containsExactly(
            "chat.syncMessages",
            "chat.syncMessages",
            "channels.messages",
            "channels.messages",
            "chat.syncMessages");
    harness.assertEqualsServer(room);
    assertThat(harness.coverage(room)).isInstanceOf(Coverage.Complete.class);
  }

  @Test
  void r10_aDeletionThatTheServerHasForgottenIsFoundByHalves() {
    RoomId room = room(FakeRoomType.GROUP, 900);
    List<String> shown = harness.stored(room);
    harness.delete(harness.local().messages(room, null, 500).messages().get(499).id().value());
    harness.pass(Duration.ofDays(40));
    harness.syncEverything();

    assertThat(shown).hasSize(900);
    assertThat(routes()).contains("groups.messages", "chat.getMessage");
    harness.assertEqualsServer(room);
    assertThat(harness.coverage(room)).isInstanceOf(Coverage.Complete.class);
  }

  @Test
  void r11_hiddenMessagesAreFoundWhereListingsShowThemAndWhereTheyDoNot() {
    for (FakeRoomType type : FakeRoomType.values()) {
      RoomId room = room(type, 900);
      harness.workspace.settings().keepHistory(true);
      String hidden = harness.local().messages(room, null, 300).messages().get(299).id().value();
      harness.delete(hidden);
      harness.pass(Duration.ofHours(1));
      ReconcileReport report = quickly(room);

      assertThat(report.failure()).isNull();
      assertThat(report.way()).isEqualTo(type == FakeRoomType.DIRECT ? Way.SEARCHED : Way.COUNTED);
      assertThat(report.surplus()).isEqualTo(ids(hidden));
      assertThat(report.requests()).isEqualTo(harness.server.requests().size());
      harness.assertEqualsServer(room);
      harness.workspace.settings().keepHistory(false);
    }
  }

  private long countings() {
    return routes().stream().filter(route -> route.endsWith(".messages")).count();
  }

  @Test
  void r11_aRoomInWhichDeletionsGoUnseenIsCountedByItselfOnceItsDocumentHasChanged() {
    RoomId room = room(FakeRoomType.CHANNEL, 900);
    RoomId quiet = room(FakeRoomType.GROUP, 900);
    harness.workspace.settings().keepHistory(true);
    harness.syncEverything();
    harness.pass(Duration.ofHours(2));
    String hidden = harness.local().messages(room, null, 300).messages().get(299).id().value();
    harness.delete(hidden);
    harness.server.clearRequests();
    harness.syncEverything();

    assertThat(harness.has(hidden)).isFalse();
    harness.assertEqualsServer(room);
    assertThat(harness.coverage(room))
        .isInstanceOfSatisfying(
            Coverage.Stale.class,
            stale -> {
              assertThat(stale.cause()).isEqualTo(Coverage.Cause.SILENT_DELETIONS);
              assertThat(stale.since().toInstant())
                  .isAfter(harness.serverNow().minus(Duration.ofMinutes(20)));
            });
    assertThat(routes()).contains("channels.messages").doesNotContain("groups.messages");
    assertThat(harness.coverage(quiet)).isInstanceOf(Coverage.Stale.class);

    harness.server.clearRequests();
    harness.pass(Duration.ofMinutes(10));
    harness.post(room, "news");
    harness.syncEverything();
    assertThat(countings()).as("once an hour").isZero();
    harness.pass(Duration.ofHours(2));
    harness.server.clearRequests();
    harness.post(room, "more news");
    harness.syncEverything();
    assertThat(countings()).isPositive();
  }

  @Test
  void r11_whereDeletionsAreNoLongerHiddenARoomIsTrustedAgainOnceItWasCounted() {
    RoomId room = room(FakeRoomType.CHANNEL, 900);
    harness.workspace.settings().keepHistory(true);
    harness.delete(harness.local().messages(room, null, 300).messages().get(299).id().value());
    harness
        .workspace
        .removals()
        .expire(harness.local().messages(room, null, 1).messages().get(0).id().value());
    harness.sync(room);
    harness.pass(Duration.ofHours(2));
    harness.workspace.settings().keepHistory(false);
    harness.syncEverything();

    harness.assertEqualsServer(room);
    assertThat(harness.coverage(room)).isInstanceOf(Coverage.Complete.class);
  }

  @Test
  void r11_aRoomThatCannotBeSettledIsNotTriedByEachRun() {
    RoomId room = room(FakeRoomType.CHANNEL, 900);
    harness.workspace.settings().keepHistory(true);
    harness.syncEverything();
    harness.pass(Duration.ofHours(2));
    harness.post(room, "news");
    harness.server.faults().next("channels.messages", Fault.status(404));
    harness.server.clearRequests();
    harness.syncEverything();
    assertThat(countings()).isEqualTo(1);
    assertThat(routes()).as("nor read whole").filteredOn("chat.syncMessages"::equals).hasSize(1);
    harness.pass(Duration.ofMinutes(10));
    harness.server.clearRequests();
    harness.syncEverything();
    assertThat(countings()).isZero();
    harness.pass(Duration.ofHours(1));
    harness.syncEverything();
    assertThat(countings()).isPositive();
  }

  @Test
  void aListingThatIsRefusedOrFailsIsDoneWithout() {
    RoomId room = room(FakeRoomType.CHANNEL, 900);
    for (int status : List.of(400, 403, 404, 500)) {
      harness.server.faults().next("channels.messages", Fault.status(status));
      ReconcileReport report = quickly(room);

      assertThat(report.failure()).as("%s", status).isNull();
      assertThat(report.whyWhole())
          .isEqualTo(status == 500 ? WhyWhole.LISTING_FAILED : WhyWhole.NO_LISTING);
    }
  }
}
