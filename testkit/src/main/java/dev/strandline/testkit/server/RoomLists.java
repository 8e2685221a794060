package dev.strandline.testkit.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * {@code rooms.get} and {@code subscriptions.get}: the caller's own, all or since an instant. What
 * was removed is told differently: for rooms, every room deleted on the whole server; for
 * subscriptions, the caller's, by the subscription's id and not the room's.
 */
final class RoomLists {
  private RoomLists() {}

  static Response rooms(Call call) {
    OptionalLong since = since(call, "error-updatedSince-param-invalid", "updatedSince");
    WorkspaceState state = call.state();
    ArrayNode update = Json.array();
    ArrayNode remove = Json.array();
    synchronized (state) {
      state.expireTrash();
      for (ObjectNode room : state.rooms.values()) {
        boolean mine = state.subscription(room.path("_id").asText(), call.user().id()) != null;
        if (mine && isLater(room, since)) {
          update.add(room.deepCopy());
        }
      }
      if (since.isPresent()) {
        state.roomTrash.deletedAfter(since.getAsLong()).forEach(row -> remove.add(tombstone(row)));
      }
    }
    return envelope(update, remove);
  }

  static Response subscriptions(Call call) {
    OptionalLong since = since(call, "error-roomId-param-invalid", "lastUpdate");
    WorkspaceState state = call.state();
    ArrayNode update = Json.array();
    ArrayNode remove = Json.array();
    synchronized (state) {
      state.expireTrash();
      for (ObjectNode subscription : state.subscriptions.values()) {
        if (belongs(subscription, call.user().id()) && isLater(subscription, since)) {
          update.add(subscription.deepCopy());
        }
      }
      if (since.isPresent()) {
        for (TrashRow row : state.subscriptionTrash.deletedAfter(since.getAsLong())) {
          if (belongs(row.document(), call.user().id())) {
            remove.add(tombstone(row));
          }
        }
      }
    }
    return envelope(update, remove);
  }

  /** The instant asked about; the two routes name the parameter differently in their complaint. */
  private static OptionalLong since(Call call, String code, String named) {
    @Nullable String text = call.parameter("updatedSince");
    if (text == null) {
      return OptionalLong.empty();
    }
    OptionalLong since = JavaScript.parseDate(text);
    if (since.isEmpty()) {
      throw ApiError.refused(code, "The \"" + named + "\" query parameter must be a valid date.");
    }
    return since;
  }

  private static boolean belongs(ObjectNode subscription, String userId) {
    return userId.equals(Json.text(subscription.path("u"), "_id"));
  }

  private static boolean isLater(ObjectNode document, OptionalLong since) {
    return since.isEmpty() || Json.millis(document, "_updatedAt") > since.getAsLong();
  }

  private static ObjectNode tombstone(TrashRow row) {
    return Json.object().put("_id", row.id()).put("_deletedAt", Json.iso(row.deletedAt()));
  }

  private static Response envelope(ArrayNode update, ArrayNode remove) {
    ObjectNode answer = Json.object();
    answer.set("update", update);
    answer.set("remove", remove);
    return Response.json(answer.put("success", true));
  }
}
