package dev.strandline.testkit.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * {@code /_fake/rooms/…}: looking at rooms as the server has them, and changing them in bulk. What
 * is changed is drawn by the seed.
 */
final class RoomControls {
  private final FakeWorkspace workspace;
  private final Random random;

  RoomControls(FakeWorkspace workspace) {
    this.workspace = workspace;
    random = new Random(workspace.state().seed ^ 0x5eed);
  }

  Response handle(Request request, String[] path) {
    if (path.length == 1) {
      return Response.json(rooms());
    }
    String rid = path[1];
    String action = path.length > 2 ? path[2] : "";
    if (workspace.room(rid).isEmpty()) {
      return ControlEndpoints.refused(404, "No room " + rid);
    }
    if (!request.method().equals("POST")) {
      return action.equals("messages")
          ? messages(request, rid)
          : ControlEndpoints.refused(405, "Change rooms with POST; GET knows only messages");
    }
    FakeUser user = user(request);
    return switch (action) {
      case "post" ->
          repeated(request, ids -> ids.add(workspace.messages().post(rid, user, text(request))));
      case "reply" ->
          drawn(request, rid, id -> workspace.messages().reply(id, user, text(request)));
      case "edit" -> drawn(request, rid, id -> workspace.messages().edit(id, user, text(request)));
      case "delete" -> drawn(request, rid, id -> workspace.removals().delete(id, user));
      case "hide" -> drawn(request, rid, id -> workspace.removals().hide(id));
      case "fill" -> filled(request, rid);
      case "prune" -> pruned(request, rid);
      case "leave" -> done(() -> workspace.rooms().leave(rid, user));
      case "join" -> done(() -> workspace.rooms().join(rid, user));
      case "remove" -> done(() -> workspace.rooms().delete(rid));
      default -> ControlEndpoints.refused(404, "No action " + action + " on a room");
    };
  }

  private ArrayNode rooms() {
    ArrayNode rooms = Json.array();
    for (String rid : workspace.rooms().ids()) {
      ObjectNode room = Json.object().put("_id", rid);
      workspace.room(rid).ifPresent(document -> room.set("document", document));
      room.put("live", workspace.liveMessages(rid)).put("tombstones", workspace.tombstones(rid));
      rooms.add(room);
    }
    return rooms;
  }

  /** One message a line, as the caller would see it, by {@code (ts, _id)}. */
  private Response messages(Request request, String rid) {
    List<byte[]> lines = workspace.visibleJson(rid, user(request).id());
    Body body = new Body.Pieces().lines(lines).body();
    return Response.of(200, "application/x-ndjson", body);
  }

  private Response drawn(Request request, String rid, Consumer<String> change) {
    List<String> ids = new ArrayList<>();
    for (ObjectNode message : workspace.visibleMessages(rid, user(request))) {
      if (!message.has("t")) {
        ids.add(message.path("_id").asText());
      }
    }
    Collections.shuffle(ids, random);
    List<String> chosen = ids.subList(0, Math.min(ids.size(), count(request)));
    chosen.forEach(change);
    return ids(chosen);
  }

  private static Response repeated(Request request, Consumer<List<String>> once) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count(request); i++) {
      once.accept(ids);
    }
    return ids(ids);
  }

  private Response filled(Request request, String rid) {
    workspace.conversation().fill(rid, count(request));
    return Response.json(Json.object().put("live", workspace.liveMessages(rid)));
  }

  private Response pruned(Request request, String rid) {
    String before = request.first("before");
    PruneRange range = before == null ? PruneRange.all() : PruneRange.before(Instant.parse(before));
    return Response.json(Json.object().put("count", workspace.removals().prune(rid, range)));
  }

  private static Response done(Runnable change) {
    change.run();
    return Response.json(Json.object().put("done", true));
  }

  private static Response ids(List<String> ids) {
    ObjectNode answer = Json.object().put("count", ids.size());
    answer.set("ids", Json.strings(ids));
    return Response.json(answer);
  }

  private static int count(Request request) {
    String count = request.first("count");
    return count == null ? 1 : Integer.parseInt(count);
  }

  private String text(Request request) {
    String text = request.first("text");
    return text == null ? "changed from outside, " + random.nextInt(1_000_000) : text;
  }

  /** Who acts: the user named by id or username, or the first one there is. */
  private FakeUser user(Request request) {
    String wanted = request.first("user");
    return workspace.users().all().stream()
        .filter(
            user -> wanted == null || wanted.equals(user.id()) || wanted.equals(user.username()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No such user"));
  }
}
