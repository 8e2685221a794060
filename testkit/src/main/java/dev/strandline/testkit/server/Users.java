package dev.strandline.testkit.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The users of a workspace. Thread-safe. */
public final class Users {
  private final WorkspaceState state;

  Users(WorkspaceState state) {
    this.state = state;
  }

  /**
   * Creates a user with a drawn id and token.
   *
   * @param username the name for mentions
   * @param name the display name
   */
  public FakeUser create(String username, String name) {
    synchronized (state) {
      return create(
          new FakeUser(
              state.newId(), username, name, state.newId() + state.newId(), Set.of("user")));
    }
  }

  /** Adds a user as given: its id, token and roles are the caller's choice. */
  public FakeUser create(FakeUser user) {
    synchronized (state) {
      if (state.users.putIfAbsent(user.id(), user) != null) {
        throw new IllegalArgumentException("There is a user " + user.id() + " already");
      }
      return user;
    }
  }

  /** Returns the user with an id as it is now. */
  public Optional<FakeUser> find(String id) {
    synchronized (state) {
      return Optional.ofNullable(state.users.get(id));
    }
  }

  /** Returns all users in the order of creation. */
  public List<FakeUser> all() {
    synchronized (state) {
      return List.copyOf(state.users.values());
    }
  }

  /**
   * Renames a user. As on the server this stamps all their messages, in all rooms, with one
   * millisecond. Other people's messages that mention them are left alone (the server rewrites
   * those one by one, each with its own stamp).
   *
   * @param user whom
   * @param username the new name
   * @return how many messages got the stamp
   */
  public int rename(FakeUser user, String username) {
    synchronized (state) {
      FakeUser renamed = state.user(user.id()).withUsername(username);
      state.users.put(renamed.id(), renamed);
      return restamp(
          user.id(), document -> ((ObjectNode) document.path("u")).put("username", username));
    }
  }

  /**
   * Erases a user and unlinks their messages (erasure type "Unlink"): one stamp for all of them.
   * Erasure with deletion is {@link Removals#eraseUser}.
   *
   * @param user whom; can no longer log in
   * @param heir who is shown as the author instead
   * @return how many messages got the stamp
   */
  public int unlink(FakeUser user, FakeUser heir) {
    synchronized (state) {
      FakeUser to = state.user(heir.id());
      int messages =
          restamp(
              user.id(),
              document -> {
                document.set("u", Messages.author(to));
                document.put("alias", "Removed User");
              });
      state.users.remove(user.id());
      return messages;
    }
  }

  /** One updateMany: every message of the user changed, all with the same stamp. */
  private int restamp(String userId, Consumer<ObjectNode> change) {
    String stamp = Json.iso(state.stamp());
    List<MessageRow> rows = state.messages.ofUser(userId);
    for (MessageRow row : rows) {
      ObjectNode document = row.document();
      change.accept(document);
      JsonNode editor = document.get("editedBy");
      if (editor instanceof ObjectNode node && userId.equals(Json.text(node, "_id"))) {
        node.put("username", document.path("u").path("username").asText());
      }
      document.put("_updatedAt", stamp);
      state.messages.put(document);
    }
    return rows.size();
  }
}
