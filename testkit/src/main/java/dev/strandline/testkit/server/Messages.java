package dev.strandline.testkit.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What people do with messages: sending, answering, editing, reacting, pinning, starring. Each is
 * one write with one stamp of its own; a reply also stamps its root. An unknown message, room or
 * user is an {@link IllegalArgumentException}. Thread-safe.
 */
public final class Messages {
  private final WorkspaceState state;
  private final RoomLedger ledger;

  Messages(WorkspaceState state, RoomLedger ledger) {
    this.state = state;
    this.ledger = ledger;
  }

  /** Sends a message to a room and returns its drawn id. */
  public String post(String rid, FakeUser author, String text) {
    synchronized (state) {
      return send(state.newId(), rid, author, text, null, false);
    }
  }

  /**
   * Sends a message under an id chosen by the client. An id that was deleted before is inserted
   * anew, and its tombstone stays.
   *
   * @return the id
   */
  public String postWithId(String id, String rid, FakeUser author, String text) {
    synchronized (state) {
      if (state.messages.find(id) != null) {
        throw new IllegalArgumentException("There is a live message " + id + " already");
      }
      return send(id, rid, author, text, null, false);
    }
  }

  /**
   * Answers a message in its thread and returns the reply's id. An answer to a reply goes to the
   * thread's root.
   */
  public String reply(String tmid, FakeUser author, String text) {
    return reply(tmid, author, text, false);
  }

  /**
   * As {@link #reply(String, FakeUser, String)}; with {@code showInRoom} the reply is part of the
   * room's timeline too ({@code tshow}).
   */
  public String reply(String tmid, FakeUser author, String text, boolean showInRoom) {
    synchronized (state) {
      MessageRow parent = state.messages.require(tmid);
      String root = parent.tmid() == null ? tmid : parent.tmid();
      return send(state.newId(), parent.rid(), author, text, root, showInRoom);
    }
  }

  /** As {@link #reply(String, FakeUser, String)}, with an id of the caller's choice. */
  public String replyWithId(String id, String tmid, FakeUser author, String text) {
    synchronized (state) {
      if (state.messages.find(id) != null) {
        throw new IllegalArgumentException("There is a live message " + id + " already");
      }
      MessageRow parent = state.messages.require(tmid);
      String root = parent.tmid() == null ? tmid : parent.tmid();
      return send(id, parent.rid(), author, text, root, false);
    }
  }

  private String send(
      String id, String rid, FakeUser author, String text, @Nullable String tmid, boolean tshow) {
    state.room(rid);
    long stamp = state.stamp();
    ObjectNode document = document(id, rid, state.user(author.id()), text, stamp, stamp);
    MessageText.describe(document, text, state.users);
    if (tmid != null) {
      document.put("tmid", tmid);
      if (tshow) {
        document.put("tshow", true);
      }
    }
    MessageRow row = state.messages.put(document);
    ledger.sent(row, document, stamp);
    if (tmid != null) {
      ledger.replied(tmid, author.id(), stamp, stamp);
    }
    return id;
  }

  /**
   * Changes a message's text. With {@code Message_KeepHistory} a hidden copy of the old one is
   * inserted under another id.
   */
  public void edit(String id, FakeUser editor, String text) {
    synchronized (state) {
      MessageRow row = state.messages.require(id);
      FakeUser by = state.user(editor.id());
      long stamp = state.stamp();
      if (state.settings.keepsHistory()) {
        keepHistory(state, row, by, stamp);
      }
      ObjectNode document = row.document();
      document.put("msg", text);
      MessageText.describe(document, text, state.users);
      document.put("editedAt", Json.iso(stamp));
      document.set("editedBy", editor(by));
      write(row, document, stamp);
    }
  }

  /** Adds a user's reaction, or takes it back where it was set. */
  public void react(String id, FakeUser user, String emoji) {
    change(
        id,
        document -> {
          ObjectNode reactions = document.withObjectProperty("reactions");
          ArrayNode names = reactions.withObjectProperty(emoji).withArrayProperty("usernames");
          String username = state.user(user.id()).username();
          if (!removeText(names, username)) {
            names.add(username);
          }
          if (names.isEmpty()) {
            reactions.remove(emoji);
          }
          if (reactions.isEmpty()) {
            document.remove("reactions");
          }
        });
  }

  /** Pins a message. (The real server also posts a system message about it.) */
  public void pin(String id, FakeUser user) {
    synchronized (state) {
      long stamp = state.stamp();
      MessageRow row = state.messages.require(id);
      ObjectNode document = row.document();
      document.put("pinned", true).put("pinnedAt", Json.iso(stamp));
      document.set("pinnedBy", editor(state.user(user.id())));
      write(row, document, stamp);
    }
  }

  /**
   * Adds a user's star, or takes it back. The room-level answers show a caller only their own star;
   * the thread route shows all.
   */
  public void star(String id, FakeUser user) {
    synchronized (state) {
      // A star never touches the room, not even on its last message.
      MessageRow row = state.messages.require(id);
      ObjectNode document = row.document();
      ArrayNode starred = document.withArrayProperty("starred");
      boolean removed = false;
      for (int i = starred.size() - 1; i >= 0; i--) {
        if (user.id().equals(Json.text(starred.get(i), "_id"))) {
          starred.remove(i);
          removed = true;
        }
      }
      if (!removed) {
        starred.addObject().put("_id", user.id());
      }
      document.put("_updatedAt", Json.iso(state.stamp()));
      state.messages.put(document);
    }
  }

  /**
   * Changes a message's document in any way the server might (a translation, a link preview) and
   * stamps it.
   *
   * @param id which
   * @param change gets the document to modify; its {@code _id} and {@code rid} must stay
   */
  public void change(String id, Consumer<ObjectNode> change) {
    synchronized (state) {
      MessageRow row = state.messages.require(id);
      ObjectNode document = row.document();
      change.accept(document);
      write(row, document, state.stamp());
    }
  }

  /**
   * Moves a message to another room, as a transferred livechat conversation's are: its {@code rid}
   * and its stamp change, and the room it was in is told nothing.
   *
   * @param rid the room it is in from now on
   */
  public void move(String id, String rid) {
    synchronized (state) {
      state.room(rid);
      ObjectNode document = state.messages.require(id).document();
      document.put("rid", rid).put("_updatedAt", Json.iso(state.stamp()));
      state.messages.put(document);
    }
  }

  private void write(MessageRow row, ObjectNode document, long stamp) {
    document.put("_updatedAt", Json.iso(stamp));
    state.messages.put(document);
    ledger.changed(row, document, stamp);
  }

  /** Inserts a hidden copy of a message as it is now. */
  static void keepHistory(WorkspaceState state, MessageRow row, FakeUser by, long stamp) {
    ObjectNode copy = row.document();
    copy.put("_id", state.newId());
    copy.put("_hidden", true).put("parent", row.id()).put("editedAt", Json.iso(stamp));
    copy.set("editedBy", editor(by));
    copy.put("_updatedAt", Json.iso(stamp));
    state.messages.put(copy);
  }

  static ObjectNode document(
      String id, String rid, FakeUser author, String text, long ts, long updatedAt) {
    ObjectNode document = Json.object();
    document.put("_id", id).put("rid", rid);
    document.set("u", author(author));
    document.put("msg", text).put("ts", Json.iso(ts)).put("_updatedAt", Json.iso(updatedAt));
    return document;
  }

  static ObjectNode author(FakeUser user) {
    return Json.object()
        .put("_id", user.id())
        .put("username", user.username())
        .put("name", user.name());
  }

  static ObjectNode editor(FakeUser user) {
    return Json.object().put("_id", user.id()).put("username", user.username());
  }

  private static boolean removeText(ArrayNode texts, String text) {
    for (int i = 0; i < texts.size(); i++) {
      if (text.equals(texts.get(i).textValue())) {
        texts.remove(i);
        return true;
      }
    }
    return false;
  }
}
