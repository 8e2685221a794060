package dev.strandline.testkit.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A workspace with two people in one private room, and the API over it. */
final class Scene {
  static final Instant START = Instant.parse("2025-10-09T09:00:00Z");

  final FakeWorkspace workspace = FakeWorkspace.create();
  final FakeUser ada = workspace.users().create("ada", "Ada");
  final FakeUser grace = workspace.users().create("grace", "Grace");
  final String room = workspace.rooms().create(FakeRoomType.GROUP, "harbour", ada, grace);
  FakeRocketChat api;

  Scene() {
    this(ServerForm.V8_7);
  }

  Scene(ServerForm form) {
    api = new FakeRocketChat(workspace, form);
  }

  Response call(String route, String... parameters) {
    return api.handle(Request.call(ada, route, parameters));
  }

  JsonNode sync(String... parameters) {
    List<String> all = new ArrayList<>(List.of("roomId", room));
    all.addAll(List.of(parameters));
    return call("chat.syncMessages", all.toArray(String[]::new)).json();
  }

  /** A message found by the given stamp, in milliseconds. */
  void put(String id, long updatedAt) {
    ObjectNode document = Messages.document(id, room, grace, "text of " + id, updatedAt, updatedAt);
    workspace.raw().putMessage(document);
  }

  /** A tombstone of a message last changed and deleted at the given stamps. */
  void putDeleted(String id, long updatedAt, long deletedAt) {
    ObjectNode document = Messages.document(id, room, grace, "gone", updatedAt, updatedAt);
    workspace.raw().putTrash(document.put("_deletedAt", Json.iso(deletedAt)));
  }

  static List<String> ids(JsonNode rows) {
    List<String> ids = new ArrayList<>();
    rows.forEach(row -> ids.add(row.path("_id").asText()));
    return ids;
  }

  JsonNode everything() {
    return sync("lastUpdate", "2020-01-01T00:00:00.000Z").get("result");
  }

  List<String> updatedIds() {
    return ids(everything().get("updated"));
  }

  List<String> deletedIds() {
    return ids(everything().get("deleted"));
  }
}
