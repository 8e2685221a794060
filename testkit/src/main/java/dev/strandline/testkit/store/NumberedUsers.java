package dev.strandline.testkit.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Users by the order in which documents name them, whatever their ids are. */
final class NumberedUsers {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> LISTS_OF_IDS = Set.of("replies", "uids", "userIds");
  private static final int SHORTEST_ID = 8;
  private static final Pattern RUN = Pattern.compile("[A-Za-z0-9]{" + SHORTEST_ID + ",}");

  private final Map<String, String> numbers = new HashMap<>();

  /** Finds the users in a document. */
  void learn(@Nullable String document) {
    if (document != null) {
      try {
        walk("", JSON.readTree(document));
      } catch (JsonProcessingException e) {
        // What is no JSON names nobody.
      }
    }
  }

  private void walk(String name, JsonNode node) {
    if (node.isObject()) {
      boolean isUser = node.has("username") || name.equals("starred") || name.equals("u");
      if (isUser && node.path("_id").isTextual()) {
        number(node.path("_id").textValue());
      }
      node.properties().forEach(field -> walk(field.getKey(), field.getValue()));
    } else if (node.isArray()) {
      for (JsonNode each : node) {
        if (each.isTextual() && LISTS_OF_IDS.contains(name)) {
          number(each.textValue());
        }
        walk(name, each);
      }
    }
  }

  private String number(String id) {
    return numbers.computeIfAbsent(id, unknown -> "user-" + (numbers.size() + 1));
  }

  /** A text with numbers in place of ids. */
  String numbered(String text) {
    Matcher run = RUN.matcher(text);
    return run.replaceAll(match -> ofRun(match.group()));
  }

  /** A direct conversation's id is the ids of the two, one behind the other. */
  private String ofRun(String run) {
    String known = numbers.get(run);
    if (known != null) {
      return known;
    }
    for (int at = SHORTEST_ID; at <= run.length() - SHORTEST_ID; at++) {
      String first = run.substring(0, at);
      String second = run.substring(at);
      if (numbers.containsKey(first) || numbers.containsKey(second)) {
        return number(first) + "+" + number(second);
      }
    }
    return run;
  }
}
