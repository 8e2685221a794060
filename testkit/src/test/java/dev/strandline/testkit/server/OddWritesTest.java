package dev.strandline.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Promises the writes that tell too little, or the wrong thing. */
class OddWritesTest {
  private static final String LONG_AGO = "2020-01-01T00:00:00.000Z";

  private final Scene scene = new Scene();

  private String now() {
    scene.workspace.clock().advance(java.time.Duration.ofSeconds(1));
    return Instant.ofEpochMilli(scene.workspace.clock().millis() - 1).toString();
  }

  private List<String> subscribedSince(String since) {
    JsonNode answer = scene.call("subscriptions.get", "updatedSince", since).json();
    return answer.get("update").findValuesAsText("rid");
  }

  private List<String> roomsSince(String since) {
    return Scene.ids(scene.call("rooms.get", "updatedSince", since).json().get("update"));
  }

  @Test
  void aDraftListsARoomWithoutNews() {
    String before = now();
    scene.workspace.rooms().saveDraft(scene.room, scene.ada, "half a sen");
    assertThat(subscribedSince(before)).containsExactly(scene.room);
    assertThat(roomsSince(before)).isEmpty();
  }

  @Test
  void aReplysDeletionClearsWhatWasUnreadInItsThread() {
    String root = scene.workspace.messages().post(scene.room, scene.ada, "root");
    String reply = scene.workspace.messages().reply(root, scene.grace, "reply");
    scene.workspace.rooms().threadUnread(root, scene.ada);
    String before = now();
    scene.workspace.removals().delete(reply, scene.grace);
    assertThat(subscribedSince(before)).containsExactly(scene.room);
    assertThat(scene.call("subscriptions.get").json().findValue("tunread")).isEmpty();
  }

  @Test
  void aBannedOrInvitedSubscriptionIsListedAndNoMembership() {
    for (String status : List.of("BANNED", "INVITED")) {
      scene.workspace.rooms().status(scene.room, scene.ada, status);
      assertThat(scene.call("subscriptions.get").json().findValuesAsText("status"))
          .containsExactly(status);
      assertThat(scene.sync("lastUpdate", LONG_AGO).get("errorType").asText())
          .isEqualTo("error-not-allowed");
    }
    scene.workspace.rooms().status(scene.room, scene.ada, null);
    assertThat(scene.everything().get("updated")).isEmpty();
  }

  @Test
  void whoIsBannedMayNotReadAChannelThatAnyoneMayRead() {
    String open = scene.workspace.rooms().create(FakeRoomType.CHANNEL, "open", scene.ada);
    scene.workspace.rooms().status(open, scene.ada, "INVITED");
    String[] question = {"roomId", open, "lastUpdate", LONG_AGO};
    assertThat(scene.call("chat.syncMessages", question).status()).isEqualTo(200);
    scene.workspace.rooms().status(open, scene.ada, "BANNED");
    assertThat(scene.call("chat.syncMessages", question).status()).isEqualTo(400);
  }

  @Test
  void aDeletionWithoutIdOrTimeIsShownAsItIs() {
    Instant at = Scene.START.plusSeconds(5);
    for (String entry :
        List.of(
            "{\"_deletedAt\":\"2025-10-09T09:00:05.000Z\"}",
            "{\"_id\":\"m\",\"_deletedAt\":\"soon\"}",
            "{\"_id\":\"m\"}")) {
      ObjectNode given = Json.document(entry.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      scene.workspace.raw().putDeletion(scene.room, given, at, at);
    }
    JsonNode deleted = scene.everything().get("deleted");
    assertThat(deleted).hasSize(3);
    assertThat(deleted.findValuesAsText("_deletedAt"))
        .containsExactlyInAnyOrder("2025-10-09T09:00:05.000Z", "soon");
  }

  @Test
  void aChangeWithoutAStampIsInNoFeed() {
    String id = scene.workspace.messages().post(scene.room, scene.ada, "text");
    String before = now();
    scene.workspace.raw().change(id, document -> document.put("msg", "other"));
    assertThat(scene.sync("lastUpdate", before).get("result").get("updated")).isEmpty();
    assertThat(scene.everything().get("updated").get(0).get("msg").asText()).isEqualTo("other");
  }

  @Test
  void whatArrivesFromAnotherSiteIsCountedWithoutAStamp() {
    String before = now();
    long old = Scene.START.minusSeconds(36_000).toEpochMilli();
    scene.workspace.raw().arrive(Messages.document("m", scene.room, scene.grace, "text", old, old));
    assertThat(roomsSince(before)).isEmpty();
    assertThat(scene.workspace.room(scene.room).orElseThrow().get("msgs").asInt()).isEqualTo(1);
    assertThat(scene.sync("lastUpdate", before).get("result").get("updated")).isEmpty();
    assertThat(scene.updatedIds()).containsExactly("m");
  }

  @Test
  void aMovedMessageLeavesItsRoomWithoutATrace() {
    String other = scene.workspace.rooms().create(FakeRoomType.GROUP, "other", scene.ada);
    String id = scene.workspace.messages().post(scene.room, scene.ada, "text");
    scene.workspace.messages().move(id, other);
    assertThat(scene.updatedIds()).isEmpty();
    assertThat(scene.deletedIds()).isEmpty();
    String[] question = {"roomId", other, "lastUpdate", LONG_AGO};
    JsonNode there = scene.call("chat.syncMessages", question).json().get("result");
    assertThat(Scene.ids(there.get("updated"))).containsExactly(id);
  }

  @Test
  void aConversationBegunAgainHasItsRoomAndAnotherSubscription() {
    String rid =
        scene.workspace.rooms().create(FakeRoomType.DIRECT, "both", scene.ada, scene.grace);
    scene.workspace.messages().post(rid, scene.ada, "before");
    String before = now();
    scene.workspace.rooms().beginAgain(rid);
    assertThat(scene.workspace.liveMessages(rid)).isZero();
    JsonNode rooms = scene.call("rooms.get", "updatedSince", before).json();
    assertThat(Scene.ids(rooms.get("update"))).containsExactly(rid);
    assertThat(Scene.ids(rooms.get("remove"))).containsExactly(rid);
    JsonNode subscriptions = scene.call("subscriptions.get", "updatedSince", before).json();
    assertThat(subscriptions.get("update").findValuesAsText("rid")).containsExactly(rid);
    assertThat(Scene.ids(subscriptions.get("remove")))
        .doesNotContainAnyElementsOf(Scene.ids(subscriptions.get("update")));
  }
}
