package dev.strandline.transport.http.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.ReconcileReport;
import dev.strandline.ReconcileReport.Way;
import dev.strandline.ReconcileRequest;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.Tombstone;
import dev.strandline.testkit.server.SeenRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** R11 and R13: one answer is a whole reading of a thread. */
class ThreadReconcileTest {
  private final Harness harness = new Harness();
  private final RoomId room = harness.room("harbour");
  private final String root = harness.post(room, "root");
  private final List<String> replies = new ArrayList<>();

  @BeforeEach
  void aThreadThatIsStored() {
    for (int i = 0; i < 5; i++) {
      replies.add(harness.workspace.messages().reply(root, harness.bob, "reply " + i));
    }
    harness.pass(Duration.ofHours(1));
    harness.sync(room);
    harness.pass(Duration.ofHours(1));
    harness.server.clearRequests();
  }

  @AfterEach
  void stop() {
    harness.close();
  }

  private ReconcileRequest thread() {
    return ReconcileRequest.thread(new MessageId(root));
  }

  private MessageId reply(int number) {
    return new MessageId(replies.get(number));
  }

  @Test
  void r11_repliesThatAreGoneWithoutNoticeAreRemovedByOneRequest() {
    harness.workspace.removals().expire(replies.get(1));
    harness.workspace.settings().keepHistory(true);
    harness.delete(replies.get(2));
    harness.pass(Duration.ofHours(1));
    ReconcileReport looked = harness.engine.reconcile(thread().withoutRepair());

    assertThat(looked.surplus()).containsExactlyInAnyOrder(reply(1), reply(2));
    assertThat(looked.pending()).isZero();
    assertThat(harness.has(replies.get(1))).as("a comparison changes nothing").isTrue();
    harness.server.clearRequests();
    ReconcileReport repaired = harness.engine.reconcile(thread());

    assertThat(repaired.failure()).isNull();
    assertThat(repaired.way()).isEqualTo(Way.WHOLE);
    assertThat(repaired.surplus()).containsExactlyInAnyOrder(reply(1), reply(2));
    assertThat(repaired.compared()).isEqualTo(3);
    assertThat(harness.server.requests().stream().map(SeenRequest::route))
        .containsExactly("settings.public", "chat.syncThreadMessages");
    assertThat(harness.has(replies.get(1))).isFalse();
    assertThat(reason(replies.get(1))).isEqualTo(Tombstone.Reason.NOT_FOUND);
    assertThat(reason(replies.get(2))).isEqualTo(Tombstone.Reason.HIDDEN);
  }

  @Test
  void r11_repliesThatWereBroughtBackComeBack() {
    harness.delete(replies.get(3));
    harness.sync(room);
    harness.pass(Duration.ofHours(1));
    harness.workspace.removals().restoreFromTrash(replies.get(3));
    harness.sync(room);
    assertThat(harness.has(replies.get(3))).isFalse();

    assertThat(harness.engine.reconcile(thread().withoutRepair()).missing())
        .containsExactly(reply(3));
    assertThat(harness.engine.reconcile(thread()).missing()).containsExactly(reply(3));
    assertThat(harness.has(replies.get(3))).isTrue();
  }

  @Test
  void r13_whatAnOrdinaryRunWouldBringIsNoDifference() {
    harness.workspace.messages().reply(root, harness.bob, "new");
    harness.edit(replies.get(0), "edited");
    ReconcileReport looked = harness.engine.reconcile(thread().withoutRepair());

    assertThat(looked.failure()).isNull();
    assertThat(looked.foundDifferences()).isFalse();
    assertThat(looked.pending()).isEqualTo(2);
  }

  @Test
  void r13_aThreadThatNobodyKnowsIsAFailure() {
    ReconcileReport report =
        harness.engine.reconcile(ReconcileRequest.thread(new MessageId("nobody")));
    assertThat(report.failure()).isNotNull();
    assertThat(report.failure().kind()).isEqualTo("thread-root-gone");
  }

  private Tombstone.Reason reason(String id) {
    return harness.store.read(reader -> reader.tombstone(new MessageId(id))).orElseThrow().reason();
  }
}
