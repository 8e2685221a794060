package dev.strandline.cli.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object in the making, fields in the order in which they are put. So small that no
 * command has to load a JSON library in order to answer. Not safe for several threads.
 */
public final class JsonObject {
  private final StringBuilder json = new StringBuilder("{");

  /** Puts a text, or null. */
  public JsonObject put(String field, @Nullable String value) {
    return raw(field, value == null ? "null" : quoted(value));
  }

  /** Puts a number. */
  public JsonObject put(String field, long value) {
    return raw(field, Long.toString(value));
  }

  /** Puts a number, or null. */
  public JsonObject putNumber(String field, @Nullable Long value) {
    return raw(field, String.valueOf(value));
  }

  /** Puts true or false. */
  public JsonObject put(String field, boolean value) {
    return raw(field, Boolean.toString(value));
  }

  /** Puts a list of objects. */
  public JsonObject put(String field, List<JsonObject> values) {
    return raw(
        field, "[" + String.join(",", values.stream().map(JsonObject::toString).toList()) + "]");
  }

  /** Puts a list of texts. */
  public JsonObject putTexts(String field, List<String> values) {
    return raw(
        field, "[" + String.join(",", values.stream().map(JsonObject::quoted).toList()) + "]");
  }

  /** Puts another object, or null. */
  public JsonObject put(String field, @Nullable JsonObject value) {
    return raw(field, String.valueOf(value));
  }

  /** Puts JSON as it stands, in one line, or null. */
  public JsonObject putJson(String field, @Nullable String value) {
    // Line ends in JSON are between its parts only, where a blank says the same.
    return raw(field, String.valueOf(value).replace('\n', ' ').replace('\r', ' '));
  }

  private JsonObject raw(String field, String value) {
    if (json.length() > 1) {
      json.append(',');
    }
    json.append(quoted(field)).append(':').append(value);
    return this;
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          // Beyond what JSON demands: what a terminal obeys, and halves that UTF-8 cannot carry.
          if (Character.isISOControl(c)
              || Character.isSurrogate(c)
              || Character.getType(c) == Character.FORMAT
              || c == 0x2028
              || c == 0x2029) {
            quoted.append(String.format("\\u%04x", (int) c));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }

  @Override
  public String toString() {
    return json + "}";
  }
}
