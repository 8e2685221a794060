package dev.strandline.testkit.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** {@code /api/info}, {@code me} and {@code settings.public}. */
final class ServerInfo {
  private ServerInfo() {}

  /**
   * Needs no login; tells major and minor version only, as to anyone who may not see statistics.
   */
  static Response info(Call call) {
    ObjectNode answer = Json.object().put("version", call.form().version());
    answer.putObject("minimumClientVersions").put("desktop", "3.9.6").put("mobile", "4.39.0");
    return Response.json(answer.put("success", true));
  }

  static Response me(Call call) {
    FakeUser user = call.user();
    ObjectNode answer = Json.object().put("_id", user.id()).put("username", user.username());
    answer.put("name", user.name()).put("active", true).put("status", "online");
    answer
        .putArray("emails")
        .addObject()
        .put("address", user.username() + "@example.org")
        .put("verified", true);
    answer.set("roles", Json.strings(user.roles().stream().sorted().toList()));
    return Response.json(answer.put("success", true));
  }

  /**
   * Needs no login, and sorts by id. {@code _id} is a list of names with commas between them;
   * before 7 it means nothing, and {@code query} chooses instead.
   */
  static Response settings(Call call) {
    Predicate<String> wanted = wanted(call);
    List<ObjectNode> settings = new ArrayList<>();
    for (Map.Entry<String, JsonNode> setting :
        new TreeMap<>(call.state().settings.all()).entrySet()) {
      if (wanted.test(setting.getKey())) {
        ObjectNode document = Json.object().put("_id", setting.getKey());
        document.set("value", setting.getValue());
        settings.add(document.put("enterprise", false));
      }
    }
    Paging paging = Paging.of(call);
    ArrayNode page = Json.array();
    page.addAll(paging.slice(settings));
    ObjectNode answer = Json.object();
    answer.set("settings", page);
    answer.put("count", page.size()).put("offset", paging.offset()).put("total", settings.size());
    return Response.json(answer.put("success", true));
  }

  private static Predicate<String> wanted(Call call) {
    if (call.form() != ServerForm.V6) {
      String names = call.parameter("_id");
      return names == null ? id -> true : Set.of(names.split(",", -1))::contains;
    }
    String query = call.parameter("query");
    if (query == null) {
      return id -> true;
    }
    try {
      JsonNode ids = Json.MAPPER.readTree(query).path("_id");
      Set<String> named = new HashSet<>();
      ids.path("$in").forEach(id -> named.add(id.asText()));
      return ids.isMissingNode()
          ? id -> true
          : ids.isTextual() ? ids.textValue()::equals : named::contains;
    } catch (JsonProcessingException e) {
      throw ApiError.refused(
          "error-invalid-query", "Invalid query parameter provided: \"" + query + "\"");
    }
  }
}
