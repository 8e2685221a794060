package dev.strandline.testkit.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of a workspace and who is in them. Joining and leaving post no system messages.
 * Thread-safe.
 */
public final class Rooms {
  private final WorkspaceState state;

  Rooms(WorkspaceState state) {
    this.state = state;
  }

  /**
   * Creates a room with a drawn id.
   *
   * @param type its kind
   * @param name its name
   * @param members who is subscribed to it from the start; the first is its owner
   * @return its {@code _id}
   */
  public String create(FakeRoomType type, String name, FakeUser... members) {
    synchronized (state) {
      return createWithId(state.newId(), type, name, members);
    }
  }

  /** As {@link #create}, with an id of the caller's choice. */
  public String createWithId(String rid, FakeRoomType type, String name, FakeUser... members) {
    synchronized (state) {
      if (state.rooms.containsKey(rid)) {
        throw new IllegalArgumentException("There is a room " + rid + " already");
      }
      String stamp = Json.iso(state.stamp());
      ObjectNode room = Json.object();
      room.put("_id", rid)
          .put("t", type.code())
          .put("name", name)
          .put("fname", name)
          .put("msgs", 0);
      room.put("usersCount", 0);
      if (members.length > 0) {
        room.set("u", Messages.author(state.user(members[0].id())));
      }
      room.put("ts", stamp).put("ro", false).put("default", false).put("sysMes", true);
      room.put("_updatedAt", stamp);
      state.rooms.put(rid, room);
      for (FakeUser member : members) {
        join(rid, member);
      }
      return rid;
    }
  }

  /**
   * Subscribes a user to a room; a user who was there before gets a new subscription id. Does
   * nothing for a member.
   */
  public void join(String rid, FakeUser user) {
    synchronized (state) {
      ObjectNode room = state.room(rid);
      if (state.subscription(rid, user.id()) != null) {
        return;
      }
      String stamp = Json.iso(state.stamp());
      ObjectNode subscription = Json.object();
      String id = state.newId();
      subscription.put("_id", id).put("rid", rid).put("name", room.path("name").asText());
      subscription.put("t", room.path("t").asText());
      subscription.set("u", Messages.author(state.user(user.id())));
      subscription.put("open", true).put("alert", false).put("unread", 0);
      subscription.put("userMentions", 0).put("groupMentions", 0);
      subscription.put("ts", stamp).put("ls", stamp).put("_updatedAt", stamp);
      state.subscriptions.put(id, subscription);
      countUsers(room, 1, stamp);
    }
  }

  /**
   * Ends a user's subscription: leaving and being removed look the same. Its tombstone has the
   * subscription's id, not the room's.
   */
  public void leave(String rid, FakeUser user) {
    synchronized (state) {
      ObjectNode subscription = state.subscription(rid, user.id());
      if (subscription == null) {
        throw new IllegalArgumentException(user.username() + " is not in room " + rid);
      }
      long stamp = state.stamp();
      unsubscribe(subscription, stamp);
      countUsers(state.room(rid), -1, Json.iso(stamp));
    }
  }

  /**
   * Says what a subscription is worth, and stamps it. One that is {@code BANNED} or {@code INVITED}
   * stays listed and is no membership.
   *
   * @param status null for a member's
   */
  public void status(String rid, FakeUser user, @Nullable String status) {
    subscription(
        rid,
        user,
        document -> {
          if (status == null) {
            document.remove(WorkspaceState.STATUS);
          } else {
            document.put(WorkspaceState.STATUS, status);
          }
        });
  }

  /**
   * Keeps a draft in the user's subscription, which is stamped although the room has no news
   * ({@code rooms.saveDraft}).
   */
  public void saveDraft(String rid, FakeUser user, String draft) {
    subscription(rid, user, document -> document.put("draft", draft));
  }

  /**
   * Notes in the user's subscription that a thread has unread replies ({@code tunread}). The
   * deletion of one of its replies takes that back, and stamps the subscription.
   */
  public void threadUnread(String tmid, FakeUser user) {
    synchronized (state) {
      String rid = state.messages.require(tmid).rid();
      subscription(rid, user, document -> document.withArrayProperty("tunread").add(tmid));
    }
  }

  private void subscription(String rid, FakeUser user, Consumer<ObjectNode> change) {
    synchronized (state) {
      ObjectNode subscription = state.subscription(rid, user.id());
      if (subscription == null) {
        throw new IllegalArgumentException(user.username() + " is not in room " + rid);
      }
      change.accept(subscription);
      subscription.put("_updatedAt", Json.iso(state.stamp()));
    }
  }

  /** Removes a user from a room; see {@link #leave}. */
  public void kick(String rid, FakeUser user) {
    leave(rid, user);
  }

  /** Lets a user who left or was removed back in; see {@link #join}. */
  public void regain(String rid, FakeUser user) {
    join(rid, user);
  }

  /**
   * Deletes a room with its messages and subscriptions. Afterwards its messages' tombstones can no
   * longer be asked for.
   */
  public void delete(String rid) {
    synchronized (state) {
      ObjectNode room = state.room(rid);
      for (MessageRow row : state.messages.ofRoom(rid)) {
        state.messageTrash.put(row.id(), row.document(), state.stamp());
        state.messages.remove(row);
      }
      for (ObjectNode subscription : List.copyOf(state.subscriptions.values())) {
        if (rid.equals(Json.text(subscription, "rid"))) {
          unsubscribe(subscription, state.stamp());
        }
      }
      state.roomTrash.put(rid, room, state.stamp());
      state.rooms.remove(rid);
    }
  }

  /**
   * Deletes a room and makes it again under its id with the same members, as a direct conversation
   * is that ended and is begun again: its messages are gone, and the subscriptions have other ids.
   */
  public void beginAgain(String rid) {
    synchronized (state) {
      ObjectNode room = state.room(rid);
      FakeUser[] members =
          state.users.values().stream()
              .filter(user -> state.subscription(rid, user.id()) != null)
              .toArray(FakeUser[]::new);
      FakeRoomType type = FakeRoomType.of(room.path("t").asText());
      delete(rid);
      createWithId(rid, type, room.path("name").asText(), members);
    }
  }

  /**
   * Stamps a room's document although nothing in it changed, as the retention job does with every
   * room.
   */
  public void touch(String rid) {
    synchronized (state) {
      state.room(rid).put("_updatedAt", Json.iso(state.stamp()));
    }
  }

  /** Returns the ids of all rooms in the order of creation. */
  public List<String> ids() {
    synchronized (state) {
      return List.copyOf(state.rooms.keySet());
    }
  }

  private void unsubscribe(ObjectNode subscription, long stamp) {
    String id = subscription.path("_id").asText();
    state.subscriptionTrash.put(id, subscription, stamp);
    state.subscriptions.remove(id);
  }

  private static void countUsers(ObjectNode room, int more, String stamp) {
    room.put("usersCount", room.path("usersCount").asInt() + more);
    room.put("_updatedAt", stamp);
  }
}
