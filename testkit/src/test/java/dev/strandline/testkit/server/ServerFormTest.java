package dev.strandline.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Promises how the generations of server differ (what R16 is for). */
class ServerFormTest {
  @Test
  void r16_before71CursorsMeanNothing() {
    Scene scene = new Scene(ServerForm.V6);
    scene.workspace.messages().post(scene.room, scene.ada, "hello");
    JsonNode result =
        scene
            .sync(
                "lastUpdate",
                "2020-01-01T00:00:00.000Z",
                "type",
                "DELETED",
                "next",
                "5",
                "offset",
                "3",
                "junk",
                "1")
            .get("result");
    assertThat(result.get("updated")).hasSize(1);
    assertThat(result.has("cursor")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "chat.syncMessages|lastUpdate=2020-01-01|error-roomId-param-not-provided|The required \"roomId\" query param is missing.",
        "chat.syncMessages|roomId=R|error-lastUpdate-param-not-provided|The required \"lastUpdate\" query param is missing.",
        "chat.syncMessages|roomId=R&type=UPDATED&next=0|error-lastUpdate-param-not-provided|The required \"lastUpdate\" query param is missing.",
        "chat.syncMessages|roomId=R&lastUpdate=undefined|error-roomId-param-invalid|The \"lastUpdate\" query parameter must be a valid date.",
        "chat.syncThreadMessages|updatedSince=2020-01-01|error-invalid-params|The required \"tmid\" query param is missing.",
        "chat.syncThreadMessages|tmid=x|error-updatedSince-param-invalid|The required param \"updatedSince\" is missing.",
        "chat.syncThreadMessages|tmid=x&updatedSince=abc|error-updatedSince-param-invalid|The \"updatedSince\" query parameter must be a valid date.",
      })
  void r16_before71RefusesInItsOwnWords(String route, String query, String code, String text) {
    Scene scene = new Scene(ServerForm.V6);
    Response response = scene.api.handle(Request.get("/api/v1/" + route + "?" + query, scene.ada));
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.json().get("errorType").asText()).isEqualTo(code);
    assertThat(response.json().get("error").asText()).isEqualTo(text + " [" + code + "]");
  }

  @ParameterizedTest
  @EnumSource(names = {"V7", "V8_7"})
  void refusesFromTsAsItDoesAnyUnknownParameter(ServerForm form) {
    Scene scene = new Scene(form);
    JsonNode refusal = scene.sync("lastUpdate", "2020-01-01", "fromTs", "2020-01-01T00:00:00.000Z");
    assertThat(refusal.get("error").asText()).startsWith("must NOT have additional properties");
  }

  @Test
  void answers401InTwoShapes() {
    Request nobody = Request.get("/api/v1/me", null);
    Response old = new Scene(ServerForm.V6).api.handle(nobody);
    Response current = new Scene(ServerForm.V8_7).api.handle(nobody);
    assertThat(old.status()).isEqualTo(401);
    assertThat(old.json().toString())
        .isEqualTo("{\"status\":\"error\",\"message\":\"You must be logged in to do this.\"}");
    assertThat(current.status()).isEqualTo(401);
    assertThat(current.json().get("success").asBoolean(true)).isFalse();
  }

  @Test
  void answersUnknownRoutesInPlainText() {
    Scene scene = new Scene();
    Response response = scene.call("chat.noSuchRoute");
    assertThat(response.status()).isEqualTo(404);
    assertThat(response.header("content-type")).isEqualTo("text/plain");
  }

  @Test
  void tellsItsVersionWithoutPatch() {
    Response info = new Scene(ServerForm.V7).api.handle(Request.get("/api/info", null));
    assertThat(info.json().get("version").asText()).isEqualTo("7.4");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2000-01-01T00:00:00.000Z",
    "1970, 1970-01-01T00:00:00.000Z",
    "2025-10, 2025-10-01T00:00:00.000Z",
    "2025-10-09T09:10:00, 2025-10-09T09:10:00.000Z",
    "2025-10-09T09:10:00.1234+02:00, 2025-10-09T07:10:00.123Z",
    "'Thu, 09 Oct 2025 09:10:00 GMT', 2025-10-09T09:10:00.000Z"
  })
  void readsDatesAsTheServersLanguageDoes(String text, String date) {
    assertThat(Json.iso(JavaScript.parseDate(text).orElseThrow())).isEqualTo(date);
  }

  @ParameterizedTest
  @CsvSource({"1760001000000", "undefined", "yesterday", "2025-13-01", "20", "''"})
  void takesNoDateWhereThereIsNone(String text) {
    assertThat(JavaScript.parseDate(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 1_760_001_000_037L, 951_782_399_999L, 253_402_300_799_999L})
  void writesAndReadsDatesAlike(long millis) {
    assertThat(Instant.parse(IsoDates.format(millis)).toEpochMilli()).isEqualTo(millis);
    assertThat(IsoDates.format(millis)).hasSize(24);
    assertThat(IsoDates.parse(IsoDates.format(millis))).hasValue(millis);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"yesterday", "2025-02-30T00:00:00.000Z", "2025-10-09T24:00:01.000Z", "2025-10-09"})
  void countsNoDateAsADate(String text) {
    assertThat(IsoDates.parse(text)).isEmpty();
  }
}
