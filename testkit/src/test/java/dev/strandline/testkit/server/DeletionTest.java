package dev.strandline.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Promises what a deletion leaves behind, by settings, time and accident. */
class DeletionTest {
  private final Scene scene = new Scene();
  private final FakeWorkspace workspace = scene.workspace;
  private String id = "";

  @BeforeEach
  void postOne() {
    id = workspace.messages().post(scene.room, scene.ada, "see https://example.org @grace");
  }

  @ParameterizedTest
  @CsvSource({
    // keep history, show status, in deleted, in updated as rm, live rows afterwards
    "false, false, true, false, 0",
    "false, true, false, true, 1",
    "true, false, false, false, 1",
    "true, true, false, true, 2",
  })
  void r11_followsTheTwoSettings(
      boolean keep, boolean show, boolean deleted, boolean marked, int live) {
    workspace.settings().keepHistory(keep).showDeletedStatus(show);
    workspace.removals().delete(id, scene.ada);

    JsonNode result = scene.everything();
    assertThat(Scene.ids(result.get("deleted"))).isEqualTo(deleted ? List.of(id) : List.of());
    assertThat(Scene.ids(result.get("updated"))).isEqualTo(marked ? List.of(id) : List.of());
    assertThat(workspace.liveMessages(scene.room)).isEqualTo(live);
    assertThat(workspace.room(scene.room).orElseThrow().get("msgs").asInt()).isZero();
  }

  @Test
  void emptiesAMarkedMessage() {
    workspace.settings().showDeletedStatus(true);
    workspace.removals().delete(id, scene.grace);
    ObjectNode left = workspace.message(id).orElseThrow();
    assertThat(left.get("t").asText()).isEqualTo("rm");
    assertThat(left.get("msg").asText()).isEmpty();
    assertThat(left.get("urls")).isEmpty();
    assertThat(left.has("md")).isFalse();
    assertThat(left.get("editedBy").get("username").asText()).isEqualTo("grace");
  }

  @Test
  void marksTheRootOfAThreadWhateverTheSettings() {
    workspace.messages().reply(id, scene.grace, "yes");
    workspace.removals().delete(id, scene.ada);
    assertThat(workspace.message(id).orElseThrow().get("t").asText()).isEqualTo("rm");
    assertThat(scene.deletedIds()).isEmpty();
  }

  @Test
  void takesADeletedReplyFromItsRootsCountAndStampsTheRoot() {
    String reply = workspace.messages().reply(id, scene.grace, "yes");
    workspace.messages().reply(id, scene.grace, "and yes");
    ObjectNode before = workspace.message(id).orElseThrow();
    workspace.clock().advance(Duration.ofMinutes(1));
    workspace.removals().delete(reply, scene.grace);
    ObjectNode after = workspace.message(id).orElseThrow();
    assertThat(after.get("tcount").asInt()).isEqualTo(1);
    assertThat(after.get("tlm")).isEqualTo(before.get("tlm"));
    assertThat(after.get("_updatedAt")).isNotEqualTo(before.get("_updatedAt"));
  }

  @Test
  void r10_forgetsTombstonesAfterThirtyDays() {
    workspace.removals().delete(id, scene.ada);
    long deletedAt = workspace.clock().millis() - 1;
    workspace
        .clock()
        .set(java.time.Instant.ofEpochMilli(deletedAt).plus(Duration.ofDays(30)).minusMillis(1));
    assertThat(scene.deletedIds()).containsExactly(id);
    workspace.clock().advance(Duration.ofMillis(1));
    assertThat(scene.deletedIds()).isEmpty();
    assertThat(workspace.tombstones(scene.room)).isZero();
  }

  @Test
  void r7_listsARecreatedMessageInBothArrays() {
    workspace.removals().delete(id, scene.ada);
    workspace.clock().advance(Duration.ofMinutes(1));
    workspace.removals().recreate(id);
    assertThat(scene.updatedIds()).containsExactly(id);
    assertThat(scene.deletedIds()).containsExactly(id);
  }

  @Test
  void r11_bringsARestoredMessageBackWithItsOldStamp() {
    String stamp = workspace.message(id).orElseThrow().get("_updatedAt").asText();
    workspace.removals().delete(id, scene.ada);
    workspace.removals().restoreFromTrash(id);
    assertThat(workspace.message(id).orElseThrow().get("_updatedAt").asText()).isEqualTo(stamp);
    assertThat(scene.sync("lastUpdate", stamp).get("result").get("updated")).isEmpty();
    assertThat(scene.deletedIds()).isEmpty();
  }

  @Test
  void r5_writesTheTombstoneBeforeTheMessageIsGone() {
    workspace.removals().writeTombstone(id);
    assertThat(scene.updatedIds()).containsExactly(id);
    assertThat(scene.deletedIds()).containsExactly(id);
    workspace.removals().removeLive(id);
    assertThat(scene.updatedIds()).isEmpty();
    assertThat(scene.deletedIds()).containsExactly(id);
  }

  @Test
  void r11_expiresWithoutATrace() {
    workspace.removals().expire(id);
    assertThat(scene.updatedIds()).isEmpty();
    assertThat(scene.deletedIds()).isEmpty();
  }

  @Test
  void prunesWithATombstoneEachAndLeavesPinnedMessagesAndThreads() {
    String pinned = workspace.messages().post(scene.room, scene.ada, "pinned");
    workspace.messages().pin(pinned, scene.ada);
    String root = workspace.messages().post(scene.room, scene.ada, "root");
    String reply = workspace.messages().reply(root, scene.grace, "reply");
    String last = workspace.messages().post(scene.room, scene.ada, "last");
    int pruned = workspace.removals().prune(scene.room, PruneRange.before(workspace.clock().now()));
    assertThat(pruned).isEqualTo(2);
    assertThat(scene.deletedIds()).containsExactlyInAnyOrder(id, last);
    assertThat(scene.updatedIds()).containsExactlyInAnyOrder(pinned, root, reply);
  }

  @Test
  void r12_hidesADeletedRoomAndItsTombstonesBehindOneRefusal() {
    workspace.rooms().delete(scene.room);
    JsonNode refusal = scene.sync("lastUpdate", "2020-01-01");
    assertThat(refusal.get("errorType").asText()).isEqualTo("error-not-allowed");
    JsonNode rooms = scene.call("rooms.get", "updatedSince", "2020-01-01").json();
    assertThat(Scene.ids(rooms.get("remove"))).containsExactly(scene.room);
    JsonNode subscriptions = scene.call("subscriptions.get", "updatedSince", "2020-01-01").json();
    assertThat(subscriptions.get("remove")).hasSize(1);
    assertThat(subscriptions.get("remove").get(0).has("rid")).isFalse();
  }
}
