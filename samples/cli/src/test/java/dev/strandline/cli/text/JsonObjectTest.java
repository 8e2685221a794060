package dev.strandline.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonObjectTest {
  @Test
  void everyTextComesBackAsItWas() throws Exception {
    StringBuilder all = new StringBuilder("\"\\/ 😀 \ud800");
    for (char c = 0; c < 0x2100; c++) {
      all.append(c);
    }
    String json = new JsonObject().put("text", all.toString()).toString();
    assertThat(json.chars()).noneMatch(Character::isISOControl);
    assertThat(new ObjectMapper().readTree(json).path("text").textValue())
        .isEqualTo(all.toString());
  }

  @Test
  void fieldsKeepTheirOrderAndKinds() throws Exception {
    String json =
        new JsonObject()
            .put("a", 1)
            .put("b", true)
            .put("c", (String) null)
            .putNumber("d", null)
            .putTexts("e", List.of("x"))
            .put("f", List.of(new JsonObject().put("g", "h")))
            .toString();
    assertThat(json)
        .isEqualTo(
            "{\"a\":1,\"b\":true,\"c\":null,\"d\":null,\"e\":[\"x\"],\"f\":[{\"g\":\"h\"}]}");
    JsonNode parsed = new ObjectMapper().readTree(json);
    assertThat(parsed.size()).isEqualTo(6);
  }

  @Test
  void aDocumentOfSeveralLinesStaysOneLine() throws Exception {
    String document = "{\r\n  \"a\" : \"b\\n\",\n\"c\":1\r}";
    String json = new JsonObject().putJson("document", document).toString();
    assertThat(json.lines()).hasSize(1);
    ObjectMapper mapper = new ObjectMapper();
    assertThat(mapper.readTree(json).path("document")).isEqualTo(mapper.readTree(document));
    assertThat(new JsonObject().putJson("none", null).toString()).isEqualTo("{\"none\":null}");
  }
}
