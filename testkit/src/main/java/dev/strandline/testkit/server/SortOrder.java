package dev.strandline.testkit.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code sort} parameter: JSON of fields with 1 or -1. Dates, texts and numbers compare as the
 * database compares them.
 */
record SortOrder(Map<String, Integer> fields) {

  static SortOrder parse(@Nullable String text) {
    Map<String, Integer> fields = new LinkedHashMap<>();
    if (text == null || text.isEmpty()) {
      return new SortOrder(fields);
    }
    try {
      JsonNode json = Json.MAPPER.readTree(text);
      if (!json.isObject()) {
        throw ApiError.sort(text);
      }
      for (Map.Entry<String, JsonNode> field : json.properties()) {
        int direction = field.getValue().asInt(0);
        if (direction != 1 && direction != -1) {
          throw ApiError.sort(text);
        }
        fields.put(field.getKey(), direction);
      }
    } catch (JsonProcessingException e) {
      throw ApiError.sort(text);
    }
    return new SortOrder(fields);
  }

  static SortOrder by(String field, int direction) {
    return new SortOrder(Map.of(field, direction));
  }

  /** The order over documents; equal ones stay as they were. */
  Comparator<ObjectNode> documents() {
    Comparator<ObjectNode> order = Comparator.comparing(document -> 0);
    for (Map.Entry<String, Integer> field : fields.entrySet()) {
      Comparator<ObjectNode> one =
          (a, b) -> compare(a.path(field.getKey()), b.path(field.getKey()));
      order = order.thenComparing(field.getValue() > 0 ? one : one.reversed());
    }
    return order;
  }

  /** The order over rows; the common fields need no document. */
  Comparator<MessageRow> rows() {
    Comparator<MessageRow> order = Comparator.comparing(row -> 0);
    for (Map.Entry<String, Integer> field : fields.entrySet()) {
      Comparator<MessageRow> one =
          switch (field.getKey()) {
            case "_id" -> (a, b) -> compareTexts(a.id(), b.id());
            case "_hidden" -> Comparator.comparing(MessageRow::hidden);
            case "ts" -> Comparator.comparingLong(MessageRow::ts);
            case "_updatedAt" -> Comparator.comparingLong(MessageRow::updatedAt);
            default ->
                (a, b) ->
                    compare(a.document().path(field.getKey()), b.document().path(field.getKey()));
          };
      order = order.thenComparing(field.getValue() > 0 ? one : one.reversed());
    }
    return order;
  }

  /**
   * Rows of this order as one call is given them: where it is by a stamp alone, rows that share it
   * have no order.
   */
  List<MessageRow> shuffled(List<MessageRow> rows, TieBreak ties) {
    if (fields.size() != 1 || !ties.shuffles()) {
      return rows;
    }
    return switch (fields.keySet().iterator().next()) {
      case "ts" -> ties.first(rows, MessageRow::ts, Long.MAX_VALUE);
      case "_updatedAt" -> ties.first(rows, MessageRow::updatedAt, Long.MAX_VALUE);
      default -> rows;
    };
  }

  private static int compare(JsonNode a, JsonNode b) {
    if (a.isNumber() && b.isNumber()) {
      return Double.compare(a.doubleValue(), b.doubleValue());
    }
    // A missing field sorts before any value; ISO dates of one form compare as texts.
    return compareTexts(a.asText(""), b.asText(""));
  }

  /** By the bytes of their UTF-8, as the database compares, and not by UTF-16. */
  private static int compareTexts(String a, String b) {
    return Arrays.compareUnsigned(
        a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
  }
}
