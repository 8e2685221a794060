package dev.strandline.transport.http.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.Cancellation;
import dev.strandline.History;
import dev.strandline.SyncReport;
import dev.strandline.SyncRequest;
import dev.strandline.model.Coverage;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.testkit.server.FakeServerOptions;
import dev.strandline.testkit.server.ServerForm;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** R16: a server from before 7.1, which has no cursors, and says so only by how it behaves. */
class OldServerTest {
  private final Harness harness =
      new Harness(FakeServerOptions.builder().form(ServerForm.V6).build());
  private final RoomId room = harness.known(harness.room("harbour"));

  @AfterEach
  void stop() {
    harness.close();
  }

  private static List<MessageId> ids(String id) {
    return List.of(new MessageId(id));
  }

  @Test
  void r16_aFirstLoadTakesTheWholeRoomInOneAnswer() {
    harness.post(room, 300);
    harness.pass(Duration.ofHours(1));
    SyncReport report =
        harness.with(options -> options.pageSize(10).history(History.latest(10))).sync(room);

    assertThat(report.requests()).as("settings, the refusal, all, a catch-up").isEqualTo(4);
    harness.assertEqualsServer(room);
    assertThat(harness.coverage(room)).isInstanceOf(Coverage.Complete.class);
  }

  @Test
  void r16_aShortGapCostsTheSameAsOnANewServer() {
    List<String> ids = harness.post(room, 30);
    harness.pass(Duration.ofHours(1));
    harness.sync(room);
    harness.pass(Duration.ofHours(1));
    harness.post(room, 3);
    harness.delete(ids.get(3));
    harness.edit(ids.get(4), "edited");
    SyncReport report = harness.sync(room);

    assertThat(report.requests()).isEqualTo(2);
    harness.assertEqualsServer(room);
  }

  @Test
  void r16_aLongGapIsCaughtUpToo() {
    List<String> ids = harness.post(room, 30);
    harness.pass(Duration.ofHours(1));
    harness.sync(room);
    harness.pass(Duration.ofDays(9));
    harness.post(room, 30);
    ids.subList(3, 12).forEach(harness::delete);
    harness.workspace.users().rename(harness.bob, "robert");
    SyncReport report = harness.with(options -> options.pageSize(5)).sync(room);

    assertThat(report.requests()).as("settings, the refusal, the catch-up").isEqualTo(3);
    harness.assertEqualsServer(room);
  }

  @Test
  void r16_afterThirtyDaysTheRoomIsReconciled() {
    List<String> ids = harness.post(room, 30);
    harness.sync(room);
    harness.delete(ids.get(3));
    harness.pass(Duration.ofDays(31));
    harness.sync(room);

    harness.assertEqualsServer(room);
    assertThat(harness.coverage(room)).isInstanceOf(Coverage.Complete.class);
  }

  @Test
  void r16_reconcilingFindsWhatNoFeedTells() {
    List<String> ids = harness.post(room, 30);
    harness.sync(room);
    harness.pass(Duration.ofHours(1));
    harness.workspace.removals().expire(ids.get(3));
    harness.sync(room);

    assertThat(harness.engine.compare(room).surplus()).isEqualTo(ids(ids.get(3)));
    assertThat(harness.engine.reconcile(room).surplus()).isEqualTo(ids(ids.get(3)));
    harness.assertEqualsServer(room);
  }

  @Test
  void r16_everythingAndThreadsWork() {
    String root = harness.post(room, "root");
    harness.workspace.messages().reply(root, harness.bob, "reply");
    RoomId other = harness.room("kitchen");
    harness.post(other, 5);
    harness.syncEverything();
    harness.sync(new MessageId(root));

    harness.assertEqualsServer(room);
    harness.assertEqualsServer(other);
  }

  @Test
  void r16_aRunThatIsCancelledAtAnyRequestLosesNothing() {
    for (int k = 1; k <= 4; k++) {
      RoomId fresh = harness.room("room " + k);
      harness.post(fresh, 20);
      Cancellation cancellation = new Cancellation();
      int last = k;
      harness.onAnswers(
          k,
          number -> {
            if (number == last) {
              cancellation.cancel();
            }
          });
      harness.engine.sync(SyncRequest.room(fresh), cancellation);
      harness.server.faults().clear();
      harness.post(fresh, 2);
      harness.sync(fresh);
      harness.assertEqualsServer(fresh);
    }
  }

  @Test
  void r16_aServerThatWasUpgradedIsFoundToHaveCursors() {
    harness.post(room, 30);
    harness.sync(room);
    try (Harness upgraded = new Harness()) {
      // Nothing about cursors is kept with the rows: each run finds out.
      RoomId there = upgraded.room("harbour", 30);
      upgraded.with(options -> options.pageSize(10)).sync(there);
      assertThat(upgraded.feedRequests()).anyMatch(seen -> seen.parameter("previous") != null);
    }
  }
}
