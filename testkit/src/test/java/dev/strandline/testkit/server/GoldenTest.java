package dev.strandline.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Promises that the fake answers recorded requests exactly as the server's own code did: every
 * status, field and order.
 */
class GoldenTest {
  private static final FakeUser CALLER = new FakeUser("caller", "me", "Me", "token", Set.of());

  @TestFactory
  Stream<DynamicTest> answersAsTheServerOfForm7Did() throws IOException {
    return steps("sync-7.json", ServerForm.V7);
  }

  @TestFactory
  Stream<DynamicTest> answersAsTheServerOfForm87Did() throws IOException {
    return steps("sync-8.7.json", ServerForm.V8_7);
  }

  private static Stream<DynamicTest> steps(String file, ServerForm form) throws IOException {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode scenario : golden(file).get("scenarios")) {
      FakeRocketChat server = new FakeRocketChat(given(scenario.get("given")), form);
      int number = 0;
      for (JsonNode step : scenario.get("steps")) {
        String name = scenario.get("name").asText() + ", step " + ++number;
        tests.add(DynamicTest.dynamicTest(name, () -> check(server, step)));
      }
    }
    assertThat(tests).hasSizeGreaterThan(40);
    return tests.stream();
  }

  private static JsonNode golden(String file) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(GoldenTest.class.getResourceAsStream("/golden/" + file))) {
      return Json.MAPPER.readTree(in);
    }
  }

  private static FakeWorkspace given(JsonNode given) {
    ServerClock clock = ServerClock.manual(Instant.parse("2025-10-09T12:00:00Z"));
    FakeWorkspace workspace = FakeWorkspace.create(clock, 1);
    workspace.users().create(CALLER);
    workspace.rooms().createWithId("R1", FakeRoomType.GROUP, "mine", CALLER);
    workspace.rooms().createWithId("R3", FakeRoomType.GROUP, "not-mine");
    given.get("messages").forEach(row -> workspace.raw().putMessage((ObjectNode) row));
    given.get("trash").forEach(row -> workspace.raw().putTrash((ObjectNode) row));
    if (given.has("settings")) {
      given
          .get("settings")
          .properties()
          .forEach(s -> workspace.settings().set(s.getKey(), s.getValue()));
    }
    return workspace;
  }

  private static void check(FakeRocketChat server, JsonNode step) {
    JsonNode request = step.get("request");
    Map<String, List<String>> query = new LinkedHashMap<>();
    request
        .get("query")
        .properties()
        .forEach(p -> query.put(p.getKey(), List.of(p.getValue().asText())));
    Map<String, String> headers = new LinkedHashMap<>();
    if (request.has("headers")) {
      request
          .get("headers")
          .properties()
          .forEach(h -> headers.put(h.getKey(), h.getValue().asText()));
    } else {
      headers.put("X-User-Id", CALLER.id());
      headers.put("X-Auth-Token", CALLER.authToken());
    }
    Response response =
        server.handle(
            new Request("GET", request.get("path").asText(), query, headers, "127.0.0.1"));
    JsonNode expected = step.get("response");
    assertThat(response.status()).isEqualTo(expected.get("status").asInt());
    // As text, so that the order of the keys counts too.
    assertThat(response.json().toPrettyString()).isEqualTo(expected.get("body").toPrettyString());
  }
}
