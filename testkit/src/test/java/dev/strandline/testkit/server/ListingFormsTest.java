package dev.strandline.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Promises how the listings of the generations differ, and how they refuse. */
class ListingFormsTest {
  private static final long FIRST = Scene.START.toEpochMilli();

  private static String direct(Scene scene) {
    return scene.workspace.rooms().create(FakeRoomType.DIRECT, "both", scene.ada, scene.grace);
  }

  private static String lastOf(String rid, Scene scene, String text) {
    return scene.workspace.messages().post(rid, scene.ada, text);
  }

  private static JsonNode list(Scene scene, String rid, String sort) {
    return scene.call("im.messages", "roomId", rid, "sort", sort).json();
  }

  @Test
  void before7ADirectConversationIsListedByTimeAlone() {
    Scene scene = new Scene(ServerForm.V6);
    String rid = direct(scene);
    String old = lastOf(rid, scene, "old");
    String young = lastOf(rid, scene, "young");
    scene.workspace.messages().edit(old, scene.ada, "edited");
    for (String ignored : List.of("{\"_updatedAt\":1,\"_id\":1}", "{\"_hidden\":-1}", "{}", "")) {
      assertThat(Scene.ids(list(scene, rid, ignored).get("messages"))).containsExactly(young, old);
    }
    String upwards = "{\"_hidden\":-1,\"ts\":1,\"_id\":1}";
    assertThat(Scene.ids(list(scene, rid, upwards).get("messages"))).containsExactly(old, young);
  }

  @Test
  void before7EqualTimesOfADirectConversationHaveNoOrder() {
    Scene scene = new Scene(ServerForm.V6);
    scene.api =
        new FakeRocketChat(
            scene.workspace, ServerForm.V6, RateLimit.off(), TieOrder.SHUFFLED_EACH_CALL);
    String rid = direct(scene);
    for (int i = 0; i < 20; i++) {
      scene
          .workspace
          .raw()
          .putMessage(Messages.document("m" + i, rid, scene.ada, "text", FIRST, FIRST + i));
    }
    String sort = "{\"ts\":1,\"_id\":1}";
    assertThat(Scene.ids(list(scene, rid, sort).get("messages")))
        .isNotEqualTo(Scene.ids(list(scene, rid, sort).get("messages")));
  }

  @ParameterizedTest
  @EnumSource(names = {"V7", "V8_7", "V8_8"})
  void from7OnADirectConversationIsListedInAnyOrder(ServerForm form) {
    Scene scene = new Scene(form);
    String rid = direct(scene);
    String old = lastOf(rid, scene, "old");
    String young = lastOf(rid, scene, "young");
    scene.workspace.messages().edit(old, scene.ada, "edited");
    assertThat(Scene.ids(list(scene, rid, "{\"_updatedAt\":1}").get("messages")))
        .containsExactly(young, old);
  }

  @ParameterizedTest
  @CsvSource({"V6, 1", "V7, 1", "V8_7, 0", "V8_8, 0"})
  void hiddenRowsOfADirectConversationAreCountedBefore8(ServerForm form, int listed) {
    Scene scene = new Scene(form);
    String rid = direct(scene);
    scene.workspace.removals().hide(lastOf(rid, scene, "hidden"));
    JsonNode answer = list(scene, rid, "{\"ts\":1}");
    assertThat(answer.get("messages")).hasSize(listed);
    assertThat(answer.get("total").asInt()).isEqualTo(listed);
  }

  @ParameterizedTest
  @CsvSource({
    "channels, V6, invalid-params",
    "channels, V8_7, error-invalid-params",
    "im, V6, invalid-params",
    "im, V7, invalid-params",
    "groups, V8_7, error-invalid-params"
  })
  void aNumberThatIsNoneIsRefused(String family, ServerForm form, String code) {
    Scene scene = new Scene(form);
    for (String parameter : List.of("count", "offset")) {
      JsonNode refusal =
          scene.call(family + ".messages", "roomId", "any", parameter, "x", "sort", "bad").json();
      assertThat(refusal.get("errorType").asText()).isEqualTo(code);
      String other =
          switch (family) {
            case "groups" -> "roomName";
            case "im" -> "username";
            default -> "";
          };
      String more =
          other.isEmpty()
              ? ""
              : "\n must have required property '"
                  + other
                  + "'\n must match exactly one schema in oneOf";
      assertThat(refusal.get("error").asText()).startsWith("must be number" + more);
    }
  }

  @Test
  void groupsTakeAnyNumberBefore8() {
    Scene scene = new Scene(ServerForm.V7);
    assertThat(scene.call("groups.messages", "roomId", scene.room, "count", "x").status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource
  void anUnknownParameterOfAChannelsListingIsRefused(ServerForm form) {
    Scene scene = new Scene(form);
    JsonNode refusal = scene.call("channels.messages", "roomId", "any", "junk", "1").json();
    assertThat(refusal.get("error").asText()).startsWith("must NOT have additional properties");
  }

  @ParameterizedTest
  @EnumSource
  void aRoomIsRefusedBeforeASort(ServerForm form) {
    Scene scene = new Scene(form);
    JsonNode foreign = scene.call("groups.messages", "roomId", "none", "sort", "bad").json();
    assertThat(foreign.get("errorType").asText()).isEqualTo("error-room-not-found");
    JsonNode unknown = scene.call("im.messages", "roomId", "none", "sort", "bad").json();
    assertThat(unknown.toString())
        .isEqualTo(
            "{\"success\":false,\"error\":\"[invalid-channel]\",\"errorType\":\"invalid-channel\"}");
    JsonNode sort = scene.call("groups.messages", "roomId", scene.room, "sort", "bad").json();
    assertThat(sort.get("errorType").asText()).isEqualTo("error-invalid-sort");
    assertThat(sort.get("details").toString()).isEqualTo("{\"helperMethod\":\"parseJsonQuery\"}");
  }

  @Test
  void settingsAreChosenByIdFrom7OnAndByQueryBefore() {
    String byId = "/api/v1/settings.public?_id=Threads_enabled,uniqueID";
    String byQuery =
        "/api/v1/settings.public?query=%7B%22_id%22%3A%7B%22%24in%22%3A%5B%22uniqueID%22%5D%7D%7D";
    Scene old = new Scene(ServerForm.V6);
    old.workspace.settings().more(200);
    JsonNode all = old.api.handle(Request.get(byId, null)).json();
    assertThat(all.get("total").asInt()).isEqualTo(205);
    assertThat(all.get("settings")).hasSize(50);
    assertThat(Scene.ids(old.api.handle(Request.get(byQuery, null)).json().get("settings")))
        .containsExactly("uniqueID");
    JsonNode chosen = new Scene(ServerForm.V7).api.handle(Request.get(byId, null)).json();
    assertThat(Scene.ids(chosen.get("settings"))).containsExactly("Threads_enabled", "uniqueID");
  }
}
