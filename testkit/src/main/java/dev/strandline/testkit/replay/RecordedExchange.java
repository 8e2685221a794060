package dev.strandline.testkit.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * One exchange of a recording: a stub mapping of WireMock's, as it is or adapted for a test.
 *
 * @param name the mapping's name, such as {@code 00007-chat.syncMessages}
 * @param mapping the whole mapping
 */
record RecordedExchange(String name, ObjectNode mapping) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static RecordedExchange read(Path file) throws IOException {
    JsonNode json = JSON.readTree(Files.readAllBytes(file));
    if (!(json instanceof ObjectNode mapping) || !mapping.path("request").isObject()) {
      throw new IOException(file + " is not a stub mapping");
    }
    String fileName = String.valueOf(file.getFileName()).replaceFirst("\\.json$", "");
    return new RecordedExchange(mapping.path("name").asText(fileName), mapping);
  }

  ObjectNode request() {
    return (ObjectNode) mapping.get("request");
  }

  /** What it answers to, as far as it says so with an equal path and equal parameters. */
  Question question() {
    Map<String, String> parameters = new TreeMap<>();
    request()
        .path("queryParameters")
        .properties()
        .forEach(each -> parameters.put(each.getKey(), each.getValue().path("equalTo").asText()));
    String url = request().path("url").asText("");
    String path = request().path("urlPath").asText("");
    return new Question(url.isEmpty() ? path : url, parameters);
  }

  /** The same exchange for requests in which a parameter can be anything. */
  RecordedExchange ignoring(Iterable<String> parameters) {
    ObjectNode copy = mapping.deepCopy();
    if (copy.path("request").path("queryParameters") instanceof ObjectNode matchers) {
      parameters.forEach(matchers::remove);
    }
    return new RecordedExchange(name, copy);
  }

  /** The same exchange with a late answer said at once. */
  RecordedExchange withoutDelay() {
    ObjectNode copy = mapping.deepCopy();
    if (copy.path("response") instanceof ObjectNode response) {
      response.remove("fixedDelayMilliseconds");
    }
    return new RecordedExchange(name, copy);
  }

  /** The same exchange as a step of a story. */
  RecordedExchange asStep(String story, int step, boolean last) {
    ObjectNode copy = mapping.deepCopy();
    copy.put("scenarioName", story);
    copy.put("requiredScenarioState", state(step));
    copy.remove("newScenarioState");
    if (!last) {
      copy.put("newScenarioState", state(step + 1));
    }
    return new RecordedExchange(name, copy);
  }

  private static String state(int step) {
    return step == 1 ? "Started" : Integer.toString(step);
  }
}
