package dev.strandline.transport.http.internal.recording;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;

/** One exchange as a stub mapping of WireMock's. */
final class Mapping {
  /** What stands under {@code metadata}: for people, and for whoever continues the recording. */
  static final String METADATA = "strandline";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode root = JSON.createObjectNode();
  private final String file;

  Mapping(String name, RecordedRequest request) {
    file = name;
    root.put("id", UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString());
    root.put("name", name);
    ObjectNode matcher = root.putObject("request").put("method", "GET");
    if (request.parameters().isEmpty()) {
      // With urlPath it would match whatever parameters are there.
      matcher.put("url", request.path());
    } else {
      matcher.put("urlPath", request.path());
      ObjectNode parameters = matcher.putObject("queryParameters");
      request.parameters().forEach((key, value) -> parameters.putObject(key).put("equalTo", value));
    }
    root.putObject("response");
    metadata().put("request", request.text());
  }

  private Mapping(String file, ObjectNode root) {
    this.file = file;
    this.root.setAll(root);
  }

  /** A mapping that was written before. */
  static Mapping parse(String file, byte[] json) throws java.io.IOException {
    return new Mapping(file, (ObjectNode) JSON.readTree(json));
  }

  /** Its name, which is that of its files but for the ends. */
  String file() {
    return file;
  }

  String request() {
    return root.path("metadata").path(METADATA).path("request").asText();
  }

  ObjectNode response() {
    return (ObjectNode) root.get("response");
  }

  ObjectNode metadata() {
    return root.withObjectProperty("metadata").withObjectProperty(METADATA);
  }

  void headers(Map<String, String> headers) {
    ObjectNode target = response().withObjectProperty("headers");
    headers.forEach(target::put);
  }

  /** Makes this one step of a story in which one question is answered differently in turn. */
  void step(int number) {
    root.put("scenarioName", request());
    root.put("requiredScenarioState", state(number));
  }

  /** The next step follows this one. */
  void leadsTo(int number) {
    root.put("newScenarioState", state(number));
  }

  private static String state(int number) {
    // WireMock's name for how a scenario begins.
    return number == 1 ? "Started" : Integer.toString(number);
  }

  byte[] toJson() {
    DefaultIndenter indent = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter pretty = new DefaultPrettyPrinter();
    pretty.indentObjectsWith(indent);
    pretty.indentArraysWith(indent);
    try {
      return (JSON.writer(pretty).writeValueAsString(inOrder()) + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can be written", e);
    }
  }

  private ObjectNode inOrder() {
    ObjectNode ordered = JSON.createObjectNode();
    for (String key :
        new String[] {
          "id",
          "name",
          "scenarioName",
          "requiredScenarioState",
          "newScenarioState",
          "request",
          "response",
          "metadata"
        }) {
      if (root.has(key)) {
        ordered.set(key, root.get(key));
      }
    }
    return ordered;
  }
}
