package dev.strandline.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Promises the other ways to read a room: listings with a total, history, single messages,
 * settings.
 */
class ListingTest {
  private static final long FIRST = Scene.START.toEpochMilli();
  private final Scene scene = new Scene();

  @Test
  void listsInATotalOrderWithoutLosingTies() {
    for (int i = 0; i < 250; i++) {
      scene.put("m" + i, FIRST + i / 7);
    }
    List<String> seen = new ArrayList<>();
    for (int offset = 0; offset < 250; offset += 100) {
      JsonNode page =
          scene
              .call(
                  "groups.messages",
                  "roomId",
                  scene.room,
                  "sort",
                  "{\"_updatedAt\":-1,\"_id\":1}",
                  "offset",
                  Integer.toString(offset),
                  "count",
                  "1000")
              .json();
      assertThat(page.get("total").asInt()).isEqualTo(250);
      assertThat(page.get("count").asInt()).isLessThanOrEqualTo(100);
      seen.addAll(Scene.ids(page.get("messages")));
    }
    assertThat(seen).hasSize(250).doesNotHaveDuplicates();
  }

  @Test
  void from8OnHiddenMessagesAreListedEverywhereButInDirectConversations() {
    String direct =
        scene.workspace.rooms().create(FakeRoomType.DIRECT, "ada-grace", scene.ada, scene.grace);
    for (String rid : List.of(scene.room, direct)) {
      scene.workspace.removals().hide(scene.workspace.messages().post(rid, scene.ada, "hidden"));
    }
    assertThat(scene.call("groups.messages", "roomId", scene.room).json().get("total").asInt())
        .isEqualTo(1);
    assertThat(scene.call("im.messages", "roomId", direct).json().get("total").asInt()).isZero();
  }

  @Test
  void seesChangesBetweenPages() {
    scene.put("a", FIRST);
    assertThat(scene.call("groups.messages", "roomId", scene.room).json().get("total").asInt())
        .isEqualTo(1);
    scene.put("b", FIRST + 1);
    JsonNode page = scene.call("groups.messages", "roomId", scene.room).json();
    assertThat(Scene.ids(page.get("messages"))).containsExactly("b", "a");
  }

  @Test
  void refusesASortThatIsNone() {
    for (String sort : List.of("ts", "{\"ts\":2}", "[]")) {
      JsonNode refusal = scene.call("groups.messages", "roomId", scene.room, "sort", sort).json();
      assertThat(refusal.get("errorType").asText()).isEqualTo("error-invalid-sort");
    }
  }

  @Test
  void refusesARoomOfAnotherKind() {
    JsonNode refusal = scene.call("channels.messages", "roomId", scene.room).json();
    assertThat(refusal.get("errorType").asText()).isEqualTo("error-room-not-found");
  }

  @Test
  void readsHistoryDownwardsWithoutRepliesUnlessAsked() {
    String root = scene.workspace.messages().post(scene.room, scene.ada, "root");
    String reply = scene.workspace.messages().reply(root, scene.grace, "reply");
    String next = scene.workspace.messages().post(scene.room, scene.ada, "next");
    String after = "2030-01-01T00:00:00.000Z";
    JsonNode plain = scene.call("groups.history", "roomId", scene.room, "latest", after).json();
    assertThat(Scene.ids(plain.get("messages"))).containsExactly(next, root);
    JsonNode all =
        scene
            .call(
                "groups.history",
                "roomId",
                scene.room,
                "latest",
                after,
                "showThreadMessages",
                "true")
            .json();
    assertThat(Scene.ids(all.get("messages"))).containsExactly(next, reply, root);
    String stamp = scene.workspace.message(next).orElseThrow().get("ts").asText();
    JsonNode before = scene.call("groups.history", "roomId", scene.room, "latest", stamp).json();
    assertThat(Scene.ids(before.get("messages"))).containsExactly(root);
    JsonNode with =
        scene
            .call("groups.history", "roomId", scene.room, "latest", stamp, "inclusive", "true")
            .json();
    assertThat(Scene.ids(with.get("messages"))).containsExactly(next, root);
  }

  @Test
  void answersOneMessageOrSaysNothing() {
    String id = scene.workspace.messages().post(scene.room, scene.ada, "hello");
    assertThat(scene.call("chat.getMessage", "msgId", id).json().get("message").get("msg").asText())
        .isEqualTo("hello");
    Response none = scene.call("chat.getMessage", "msgId", "nosuchmessage");
    assertThat(none.status()).isEqualTo(400);
    assertThat(none.json().toString()).isEqualTo("{\"success\":false}");
  }

  @Test
  void listsThePublicSettingsAskedFor() {
    scene.workspace.settings().keepHistory(true);
    JsonNode answer =
        scene
            .api
            .handle(
                Request.get(
                    "/api/v1/settings.public?_id=Message_KeepHistory,Message_ShowDeletedStatus",
                    null))
            .json();
    assertThat(answer.get("total").asInt()).isEqualTo(2);
    assertThat(answer.get("settings").get(0).toString())
        .isEqualTo("{\"_id\":\"Message_KeepHistory\",\"value\":true,\"enterprise\":false}");
  }

  @Test
  void complainsAboutBadDatesInTwoWays() {
    assertThat(scene.call("rooms.get", "updatedSince", "x").json().get("errorType").asText())
        .isEqualTo("error-updatedSince-param-invalid");
    assertThat(scene.call("subscriptions.get", "updatedSince", "x").json().get("error").asText())
        .isEqualTo(
            "The \"lastUpdate\" query parameter must be a valid date. [error-roomId-param-invalid]");
  }
}
