package dev.strandline.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Promises what each write changes, and what it leaves alone. */
class WorkspaceTest {
  private final Scene scene = new Scene();
  private final FakeWorkspace workspace = scene.workspace;

  private String roomStamp() {
    return workspace.room(scene.room).orElseThrow().get("_updatedAt").asText();
  }

  @Test
  void touchesTheRoomForNewMessagesButNotForEditsOfOldOnes() {
    String old = workspace.messages().post(scene.room, scene.ada, "old");
    String last = workspace.messages().post(scene.room, scene.ada, "last");
    String stamp = roomStamp();
    workspace.messages().edit(old, scene.ada, "changed");
    workspace.messages().react(old, scene.grace, ":+1:");
    workspace.messages().pin(old, scene.grace);
    workspace.messages().star(last, scene.grace);
    assertThat(roomStamp()).isEqualTo(stamp);
    workspace.messages().edit(last, scene.ada, "changed too");
    assertThat(roomStamp()).isNotEqualTo(stamp);
    assertThat(workspace.room(scene.room).orElseThrow().get("lastMessage").get("msg").asText())
        .isEqualTo("changed too");
  }

  @Test
  void countsAReplyInItsRoomAndItsRootWithoutMakingItTheLastMessage() {
    String root = workspace.messages().post(scene.room, scene.ada, "root");
    String reply = workspace.messages().reply(root, scene.grace, "reply");
    String nested = workspace.messages().reply(reply, scene.ada, "goes to the root");
    ObjectNode room = workspace.room(scene.room).orElseThrow();
    assertThat(room.get("msgs").asInt()).isEqualTo(3);
    assertThat(room.get("lastMessage").get("_id").asText()).isEqualTo(root);
    ObjectNode document = workspace.message(root).orElseThrow();
    assertThat(document.get("tcount").asInt()).isEqualTo(2);
    assertThat(document.get("replies")).hasSize(2);
    assertThat(workspace.message(nested).orElseThrow().get("tmid").asText()).isEqualTo(root);
  }

  @Test
  void r3_stampsAllMessagesOfARenamedUserInAllRoomsWithOneMillisecond() {
    String other = workspace.rooms().create(FakeRoomType.CHANNEL, "other", scene.ada, scene.grace);
    for (int i = 0; i < 40; i++) {
      workspace
          .messages()
          .post(i % 2 == 0 ? scene.room : other, i % 4 < 2 ? scene.ada : scene.grace, "m" + i);
    }
    assertThat(workspace.users().rename(scene.ada, "lovelace")).isEqualTo(20);
    Set<String> stamps = new HashSet<>();
    for (String rid : List.of(scene.room, other)) {
      for (ObjectNode message : workspace.visibleMessages(rid, scene.grace)) {
        if (message.get("u").get("_id").asText().equals(scene.ada.id())) {
          assertThat(message.get("u").get("username").asText()).isEqualTo("lovelace");
          stamps.add(message.get("_updatedAt").asText());
        }
      }
    }
    assertThat(stamps).hasSize(1);
  }

  @Test
  void keepsAHiddenCopyOfAnEditedMessageIfToldTo() {
    workspace.settings().keepHistory(true);
    String root = workspace.messages().post(scene.room, scene.ada, "root");
    String reply = workspace.messages().reply(root, scene.grace, "first");
    workspace.messages().edit(reply, scene.grace, "second");
    assertThat(scene.updatedIds()).containsExactlyInAnyOrder(root, reply);
    JsonNode thread =
        scene
            .call("chat.syncThreadMessages", "tmid", root, "updatedSince", "2020-01-01T00:00:00Z")
            .json();
    JsonNode copy = thread.get("messages").get("update").get(1);
    assertThat(copy.get("_hidden").asBoolean()).isTrue();
    assertThat(copy.get("parent").asText()).isEqualTo(reply);
    assertThat(copy.get("msg").asText()).isEqualTo("first");
  }

  @Test
  void r13_showsEverybodysStarsInTheThreadAndOnlyOnesOwnInTheRoom() {
    String root = workspace.messages().post(scene.room, scene.ada, "root");
    String reply = workspace.messages().reply(root, scene.grace, "reply");
    workspace.messages().star(reply, scene.grace);
    for (JsonNode row : scene.everything().get("updated")) {
      assertThat(row.path("starred")).isEmpty();
    }
    JsonNode thread =
        scene
            .call("chat.syncThreadMessages", "tmid", root, "updatedSince", "2020-01-01T00:00:00Z")
            .json();
    assertThat(thread.get("messages").get("update").get(0).get("starred")).hasSize(1);
  }

  @Test
  void r12_refusesAPrivateRoomToWhoeverLeftItAndTellsSoBySubscription() {
    workspace.messages().post(scene.room, scene.grace, "secret");
    JsonNode mine = scene.call("subscriptions.get").json().get("update").get(0);
    Instant before = workspace.clock().now();
    workspace.clock().advance(Duration.ofSeconds(1));
    workspace.rooms().kick(scene.room, scene.ada);
    assertThat(scene.sync("lastUpdate", "2020-01-01").get("errorType").asText())
        .isEqualTo("error-not-allowed");
    JsonNode since = scene.call("subscriptions.get", "updatedSince", before.toString()).json();
    assertThat(Scene.ids(since.get("remove"))).containsExactly(mine.get("_id").asText());
    workspace.rooms().regain(scene.room, scene.ada);
    assertThat(scene.updatedIds()).hasSize(1);
    assertThat(scene.call("subscriptions.get").json().get("update").get(0).get("_id"))
        .isNotEqualTo(mine.get("_id"));
  }

  @Test
  void letsAnybodyReadAPublicChannelUnlessToldOtherwise() {
    String channel = workspace.rooms().create(FakeRoomType.CHANNEL, "open", scene.grace);
    assertThat(
            scene.call("chat.syncMessages", "roomId", channel, "lastUpdate", "2020-01-01").status())
        .isEqualTo(200);
    workspace.settings().publicChannelsReadable(false);
    assertThat(
            scene.call("chat.syncMessages", "roomId", channel, "lastUpdate", "2020-01-01").status())
        .isEqualTo(400);
  }

  @Test
  void r5_stampsAWriteWithAnotherClockWhereAsked() {
    Instant skewed = workspace.clock().now().minusSeconds(94);
    workspace.stamped(skewed, () -> workspace.messages().post(scene.room, scene.ada, "late"));
    assertThat(scene.everything().get("updated").get(0).get("_updatedAt").asText())
        .isEqualTo(Json.iso(skewed.toEpochMilli()));
  }

  @Test
  void r14_listsDocumentsThatNobodyCanUnderstand() {
    ObjectNode document =
        Json.object().put("rid", scene.room).put("ts", "yesterday").put("msg", "?");
    workspace.raw().putMessage(document, Scene.START, Scene.START);
    JsonNode row = scene.sync("type", "UPDATED", "next", "0").get("result").get("updated").get(0);
    assertThat(row).isEqualTo(document);
  }

  @Test
  void draws_theSameConversationFromTheSameSeed() {
    Scene again = new Scene();
    workspace.conversation().fill(scene.room, 1_000);
    again.workspace.conversation().fill(again.room, 1_000);
    assertThat(workspace.visibleMessages(scene.room, scene.ada))
        .isEqualTo(again.workspace.visibleMessages(again.room, again.ada));
  }

  @Test
  void fillsWithThreadsTiesAndDocumentsOfEverydaySize() {
    workspace.conversation().fill(scene.room, 5_000);
    List<ObjectNode> messages = workspace.visibleMessages(scene.room, scene.ada);
    long bytes = messages.stream().mapToLong(message -> Json.bytes(message).length).sum();
    assertThat(bytes / messages.size()).isBetween(550L, 850L);
    assertThat(messages).hasSize(5_000);
    assertThat(messages.stream().filter(m -> m.has("tmid"))).hasSizeGreaterThan(500);
    assertThat(messages.stream().map(m -> m.get("_updatedAt").asText()).distinct().count())
        .isLessThan(5_000);
    int replies = messages.stream().mapToInt(m -> m.path("tcount").asInt(0)).sum();
    assertThat(replies).isEqualTo((int) messages.stream().filter(m -> m.has("tmid")).count());
    assertThat(workspace.room(scene.room).orElseThrow().get("msgs").asInt()).isEqualTo(5_000);
  }
}
