package dev.strandline.testkit.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What a write to a message does to its room's document and to its thread's root. Guarded by the
 * workspace.
 *
 * <p>The gaps are the point: an edit or a reaction touches the room only when it concerns the last
 * message, so "the room did not change" never proves that its messages did not.
 */
final class RoomLedger {
  private final WorkspaceState state;

  RoomLedger(WorkspaceState state) {
    this.state = state;
  }

  /** A message was sent: a plain reply counts, but does not become the room's last message. */
  void sent(MessageRow row, ObjectNode document, long stamp) {
    ObjectNode room = state.rooms.get(row.rid());
    if (room == null) {
      return;
    }
    if (inTimeline(document)) {
      room.put("lm", Json.iso(row.ts()));
      room.set("lastMessage", document.deepCopy());
    }
    count(room, 1, stamp);
  }

  /** A message changed in place: the room is written only if it was its last. */
  void changed(MessageRow row, ObjectNode document, long stamp) {
    ObjectNode room = state.rooms.get(row.rid());
    if (room != null && isLast(room, row.id())) {
      room.set("lastMessage", document.deepCopy());
      room.put("_updatedAt", Json.iso(stamp));
    }
  }

  /** Messages left the room, in whatever way the settings make them leave. */
  void removed(String rid, int messages, @Nullable String onlyId, long stamp) {
    ObjectNode room = state.rooms.get(rid);
    if (room == null || messages == 0) {
      return;
    }
    if (onlyId == null || isLast(room, onlyId)) {
      resetLast(room, rid);
    }
    count(room, -messages, stamp);
  }

  /** A reply was sent: its root counts it and is stamped. */
  void replied(String tmid, String userId, long ts, long stamp) {
    MessageRow root = state.messages.find(tmid);
    if (root == null) {
      return;
    }
    ObjectNode document = root.document();
    document.put("tcount", document.path("tcount").asInt(0) + 1);
    document.put("tlm", Json.iso(ts));
    var replies = document.withArrayProperty("replies");
    boolean known = false;
    for (var id : replies) {
      known |= userId.equals(id.textValue());
    }
    if (!known) {
      replies.add(userId);
    }
    document.put("_updatedAt", Json.iso(stamp));
    changed(state.messages.put(document), document, stamp);
  }

  /** A reply was deleted: its root counts one less and is stamped, but keeps its {@code tlm}. */
  void replyRemoved(String tmid, long stamp) {
    MessageRow root = state.messages.find(tmid);
    if (root == null) {
      return;
    }
    ObjectNode document = root.document();
    document.put("tcount", document.path("tcount").asInt(0) - 1);
    document.put("_updatedAt", Json.iso(stamp));
    changed(state.messages.put(document), document, stamp);
  }

  /** A reply was deleted: nobody has unread ones in its thread any more. */
  void unreadCleared(String tmid, long stamp) {
    for (ObjectNode subscription : state.subscriptions.values()) {
      if (subscription.get("tunread") instanceof ArrayNode unread) {
        for (int i = unread.size() - 1; i >= 0; i--) {
          if (tmid.equals(unread.get(i).textValue())) {
            unread.remove(i);
            subscription.put("_updatedAt", Json.iso(stamp));
          }
        }
      }
    }
  }

  static boolean inTimeline(ObjectNode document) {
    return !document.has("tmid") || document.path("tshow").asBoolean(false);
  }

  private void resetLast(ObjectNode room, String rid) {
    for (MessageRow row : state.messages.room(rid).byTime().descendingSet()) {
      ObjectNode document = row.document();
      if (!row.hidden() && !document.has("t") && inTimeline(document)) {
        room.set("lastMessage", document);
        return;
      }
    }
    room.remove("lastMessage");
  }

  private static boolean isLast(ObjectNode room, String id) {
    return id.equals(Json.text(room.path("lastMessage"), "_id"));
  }

  private static void count(ObjectNode room, int more, long stamp) {
    room.put("msgs", room.path("msgs").asInt(0) + more);
    room.put("_updatedAt", Json.iso(stamp));
  }
}
