package dev.strandline.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Promises what single messages, threads and feeds refuse, and which documents no feed has. */
class RefusalsTest {
  @Test
  void aMessageOfAForeignRoomIsRefusedInDetail() {
    Scene scene = new Scene();
    String foreign = scene.workspace.rooms().create(FakeRoomType.GROUP, "foreign", scene.grace);
    String id = scene.workspace.messages().post(foreign, scene.grace, "secret");
    assertThat(scene.call("chat.getMessage", "msgId", id).json().toString())
        .isEqualTo(
            "{\"success\":false,\"error\":\"Not allowed [error-not-allowed]\",\"errorType\":"
                + "\"error-not-allowed\",\"details\":{\"method\":\"getSingleMessage\"}}");
  }

  @Test
  void anEmptyMessageIdIsRefusedInTwoWays() {
    JsonNode old = new Scene(ServerForm.V6).call("chat.getMessage", "msgId", "").json();
    assertThat(old.toString())
        .isEqualTo(
            "{\"success\":false,\"error\":\"The \\\"msgId\\\" query parameter must be provided.\"}");
    JsonNode current = new Scene(ServerForm.V8_7).call("chat.getMessage", "msgId", "").json();
    assertThat(current.get("error").asText()).isEqualTo("must NOT have fewer than 1 characters");
  }

  @Test
  void aThreadsSortIsLookedAtBeforeThreadsAre() {
    Scene scene = new Scene();
    scene.workspace.settings().threads(false);
    String[] question = {"tmid", "t", "updatedSince", "2020-01-01T00:00:00Z", "sort", "x"};
    JsonNode refusal = scene.call("chat.syncThreadMessages", question).json();
    assertThat(refusal.get("errorType").asText()).isEqualTo("error-invalid-sort");
    assertThat(refusal.get("details").get("helperMethod").asText()).isEqualTo("parseJsonQuery");
  }

  @ParameterizedTest
  @CsvSource({
    "2016-12-31T23:59:60Z, error-updatedSince-param-invalid",
    "2016-12-31T18:59:60-05:00, error-updatedSince-param-invalid",
    "2016-12-31T12:30:60Z, error-invalid-params",
    "2016-12-31T23:59:61Z, error-invalid-params"
  })
  void aLeapSecondPassesTheSchemaAndIsNoDate(String since, String code) {
    JsonNode refusal =
        new Scene().call("chat.syncThreadMessages", "tmid", "t", "updatedSince", since).json();
    assertThat(refusal.get("errorType").asText()).isEqualTo(code);
  }

  @ParameterizedTest
  @EnumSource
  void aMessageWhoseStampIsNoDateIsInNoFeed(ServerForm form) {
    Scene scene = new Scene(form);
    long now = Scene.START.toEpochMilli();
    ObjectNode bad = Messages.document("bad", scene.room, scene.ada, "text", now, now);
    scene.workspace.raw().putMessage(bad.deepCopy().put("_updatedAt", "yesterday"));
    bad.remove("_updatedAt");
    scene.workspace.raw().putMessage(bad.put("_id", "none"));
    assertThat(
            Scene.ids(
                scene.sync("lastUpdate", "1950-01-01T00:00:00Z").get("result").get("updated")))
        .isEmpty();
    if (form != ServerForm.V6) {
      for (String cursor : new String[] {"next", "previous"}) {
        String at = cursor.equals("next") ? "-1000" : Long.toString(now + 1);
        JsonNode page = scene.sync("type", "UPDATED", cursor, at).get("result");
        assertThat(page.get("updated")).isEmpty();
      }
    }
    assertThat(scene.call("groups.messages", "roomId", scene.room).json().get("total").asInt())
        .isEqualTo(2);
  }

  @Test
  void from88OnTheMessagesCanBeBoundedByTheirTime() {
    Scene scene = new Scene(ServerForm.V8_8);
    String old = scene.workspace.messages().post(scene.room, scene.ada, "old");
    String young = scene.workspace.messages().post(scene.room, scene.ada, "young");
    scene.workspace.messages().edit(old, scene.ada, "edited");
    String from = scene.workspace.message(young).orElseThrow().get("ts").asText();
    JsonNode bounded = scene.sync("lastUpdate", "2020-01-01", "fromTs", from).get("result");
    assertThat(Scene.ids(bounded.get("updated"))).containsExactly(young);
    assertThat(scene.sync("fromTs", from).get("errorType").asText())
        .isEqualTo("error-param-required");
    assertThat(
            scene.sync("type", "UPDATED", "next", "0", "fromTs", from).get("success").asBoolean())
        .isFalse();
    assertThat(scene.sync("lastUpdate", "2020-01-01", "fromTs", "").get("error").asText())
        .isEqualTo("must match format \"iso-date-time\"");
  }

  @Test
  void from88OnAThreadIsListedAroundAReply() {
    Scene scene = new Scene(ServerForm.V8_8);
    String root = scene.workspace.messages().post(scene.room, scene.ada, "root");
    String[] replies = new String[9];
    for (int i = 0; i < replies.length; i++) {
      replies[i] = scene.workspace.messages().reply(root, scene.grace, "reply " + i);
    }
    String[] question = {"tmid", root, "count", "3", "aroundId", replies[5]};
    JsonNode page = scene.call("chat.getThreadMessages", question).json();
    assertThat(Scene.ids(page.get("messages"))).containsExactly(replies[4], replies[5], replies[6]);
    assertThat(page.get("total").asInt()).isEqualTo(9);
    JsonNode older = new Scene(ServerForm.V8_7).call("chat.getThreadMessages", question).json();
    assertThat(older.get("error").asText()).isEqualTo("must NOT have additional properties");
  }
}
