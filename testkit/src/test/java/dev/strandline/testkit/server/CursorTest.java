package dev.strandline.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Promises the cursors that the server hands out for every number of rows found, in both directions
 * and for both kinds of change.
 */
class CursorTest {
  private static final long FIRST = Scene.START.toEpochMilli();

  @ParameterizedTest
  @CsvSource({
    // type, direction, found, rows, first row, next cursor's row, previous cursor's row (of those
    // found, oldest is 1; - is null)
    "UPDATED, next, 0, 0, -, -, -",
    "UPDATED, next, 1, 1, 1, -, 1",
    "UPDATED, next, 3, 3, 1, -, 1",
    "UPDATED, next, 4, 3, 1, 3, 1",
    "UPDATED, previous, 0, 0, -, -, -",
    "UPDATED, previous, 1, 1, 1, 1, -",
    "UPDATED, previous, 3, 3, 3, 3, -",
    "UPDATED, previous, 4, 3, 4, 4, 2",
    "DELETED, next, 0, 0, -, -, -",
    "DELETED, next, 1, 1, 1, -, 1",
    "DELETED, next, 3, 3, 1, -, 1",
    "DELETED, next, 4, 3, 1, 3, 1",
    "DELETED, previous, 0, 0, -, -, -",
    "DELETED, previous, 1, 1, 1, 1, -",
    "DELETED, previous, 3, 3, 3, 3, -",
    "DELETED, previous, 4, 3, 4, 4, 2",
  })
  void handsOutTheCursorThatTheServerWould(
      String type,
      String direction,
      int found,
      int rows,
      String first,
      String next,
      String previous) {
    Scene scene = new Scene();
    for (int i = 1; i <= found; i++) {
      if (type.equals("UPDATED")) {
        scene.put("m" + i, FIRST + i);
      } else {
        scene.putDeleted("m" + i, FIRST - 1000 + i, FIRST + i);
      }
    }
    String from = direction.equals("next") ? "0" : Long.toString(FIRST + 1000);
    scene.workspace.clock().advance(java.time.Duration.ofHours(1));

    JsonNode result = scene.sync("type", type, direction, from, "count", "3").get("result");

    JsonNode page = result.get(type.equals("UPDATED") ? "updated" : "deleted");
    assertThat(page).hasSize(rows);
    assertThat(rows == 0 ? "-" : page.get(0).get("_id").asText())
        .isEqualTo(first.equals("-") ? "-" : "m" + first);
    assertThat(result.get("cursor").get("next")).isEqualTo(cursor(next));
    assertThat(result.get("cursor").get("previous")).isEqualTo(cursor(previous));
  }

  private static JsonNode cursor(String row) {
    return row.equals("-")
        ? Json.MAPPER.nullNode()
        : Json.MAPPER.getNodeFactory().textNode(Long.toString(FIRST + Integer.parseInt(row)));
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 3, 2",
    "-1, 2, 1",
    "-3, 9, 1",
    "-4, 9, 2",
    "1e1, 30, 10",
    "0x10, 30, 16",
    "0, 30, 20",
    "'', 30, 20"
  })
  void takesCountsThatNoClientShouldSend(String count, int found, int rows) {
    Scene scene = new Scene();
    for (int i = 0; i < found; i++) {
      scene.put("m" + i, FIRST + i);
    }
    JsonNode result = scene.sync("type", "UPDATED", "next", "0", "count", count).get("result");

    assertThat(result.get("updated")).hasSize(rows);
    assertThat(result.get("cursor").get("next").asText())
        .isEqualTo(Long.toString(FIRST + rows - 1));
  }

  @ParameterizedTest
  @CsvSource({"-1, 1", "-2, 1", "-2, 5"})
  void failsOnNegativeCountsThatLeaveNoRow(String count, int found) {
    Scene scene = new Scene();
    for (int i = 0; i < found; i++) {
      scene.put("m" + i, FIRST + i);
    }
    Response response =
        scene.call(
            "chat.syncMessages",
            "roomId",
            scene.room,
            "type",
            "UPDATED",
            "next",
            "0",
            "count",
            count);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.json().get("error").asText())
        .startsWith("Cannot read properties of undefined");
    assertThat(response.json().has("errorType")).isFalse();
  }

  @Test
  void hasNoMaximumForTheCount() {
    Scene scene = new Scene();
    for (int i = 0; i < 30; i++) {
      scene.put("m" + i, FIRST + i);
    }
    JsonNode result = scene.sync("type", "UPDATED", "next", "0", "count", "1e300").get("result");
    assertThat(result.get("updated")).hasSize(30);
    assertThat(result.get("cursor").get("next").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"2026", "12abc", "2025-10-09T09:10:00.000Z", "' 7'"})
  void readsWhateverIntegerACursorBeginsWith(String next) {
    Scene scene = new Scene();
    scene.put("m", FIRST);
    assertThat(Scene.ids(scene.sync("type", "UPDATED", "next", next).get("result").get("updated")))
        .isEqualTo(List.of("m"));
  }
}
