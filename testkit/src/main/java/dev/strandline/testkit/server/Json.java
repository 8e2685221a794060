package dev.strandline.testkit.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The few JSON operations that everything here shares; dates are ISO-8601 with milliseconds and Z,
 * as over REST.
 */
final class Json {
  static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  static ArrayNode array() {
    return MAPPER.createArrayNode();
  }

  static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A JSON tree could not be written", e);
    }
  }

  static JsonNode tree(byte[] json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException("Not JSON", e);
    }
  }

  static ObjectNode document(byte[] json) {
    return (ObjectNode) tree(json);
  }

  static String quoted(String text) {
    return MAPPER.getNodeFactory().textNode(text).toString();
  }

  static ArrayNode strings(Collection<String> values) {
    ArrayNode array = array();
    values.forEach(array::add);
    return array;
  }

  static String iso(long millis) {
    return IsoDates.format(millis);
  }

  /** Returns the text of a field, or null where it is missing or no text. */
  static @Nullable String text(JsonNode document, String field) {
    JsonNode value = document.get(field);
    return value != null && value.isTextual() ? value.textValue() : null;
  }

  /**
   * Returns a date field in milliseconds, or 0 where it is missing or no date: such a row matches
   * no "later than".
   */
  static long millis(JsonNode document, String field) {
    String text = text(document, field);
    return text == null ? 0 : IsoDates.parse(text).orElse(0);
  }
}
