package dev.strandline.testkit.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * The collections as they are: documents put and removed as given, nothing stamped, no room or
 * thread touched. For recorded states, for clocks that disagree, and for documents that no client
 * should ever have to see. Thread-safe.
 */
public final class RawDocuments {
  private final WorkspaceState state;

  RawDocuments(WorkspaceState state) {
    this.state = state;
  }

  /**
   * Puts a message document, in place of the live one with its {@code _id} if there is one. It is
   * found by its own {@code ts} and {@code _updatedAt}; one that is missing or no date lies in no
   * range, so that no feed ever has the row.
   */
  public void putMessage(ObjectNode document) {
    synchronized (state) {
      state.messages.put(document.deepCopy());
    }
  }

  /**
   * Puts a message document that is found by the given stamps, whatever it says itself: one without
   * {@code _id} or with a bad date then appears in a page.
   */
  public void putMessage(ObjectNode document, Instant ts, Instant updatedAt) {
    synchronized (state) {
      state.messages.put(document.deepCopy(), ts.toEpochMilli(), updatedAt.toEpochMilli());
    }
  }

  /** Removes a live message, leaving no tombstone. */
  public void removeMessage(String id) {
    synchronized (state) {
      state.messages.remove(state.messages.require(id));
    }
  }

  /**
   * Puts a document into the trash of messages; its {@code _id} and {@code _deletedAt} are
   * required.
   */
  public void putTrash(ObjectNode document) {
    String id = Json.text(document, "_id");
    long deletedAt = Json.millis(document, "_deletedAt");
    if (id == null || deletedAt == 0) {
      throw new IllegalArgumentException("A tombstone needs an _id and a _deletedAt");
    }
    synchronized (state) {
      state.messageTrash.put(id, document, deletedAt);
    }
  }

  /**
   * Puts an entry into the {@code deleted} list of a room's answers that is as given, with or
   * without an {@code _id} and a {@code _deletedAt}; the live message that it may mean is left
   * alone.
   *
   * @param rid the room
   * @param entry what the answers show
   * @param updatedAt what the cursor's answers sort it by
   * @param deletedAt what it is found by
   */
  public void putDeletion(String rid, ObjectNode entry, Instant updatedAt, Instant deletedAt) {
    synchronized (state) {
      ObjectNode document = Json.object().put("rid", rid);
      document.put("_updatedAt", Json.iso(updatedAt.toEpochMilli()));
      // Its own key: the trash may hold a readable row for the same id.
      String key = "as-given-" + entry + "-" + deletedAt.toEpochMilli();
      state.messageTrash.put(key, document, deletedAt.toEpochMilli(), entry.deepCopy());
    }
  }

  /**
   * Changes a live message without moving any of its stamps, as a server's new release or a
   * replicated counter does: no feed tells of it.
   *
   * @param change gets the document to modify; its {@code _id} must stay
   */
  public void change(String id, Consumer<ObjectNode> change) {
    synchronized (state) {
      MessageRow row = state.messages.require(id);
      ObjectNode document = row.document();
      change.accept(document);
      state.messages.put(document, row.ts(), row.updatedAt());
    }
  }

  /**
   * Lets a message arrive from another site of the workspace: it keeps the stamps that it got
   * there, which may be hours old, and its room counts it without being stamped.
   */
  public void arrive(ObjectNode document) {
    synchronized (state) {
      ObjectNode room = state.room(String.valueOf(Json.text(document, "rid")));
      if (state.messages.find(String.valueOf(Json.text(document, "_id"))) == null) {
        room.put("msgs", room.path("msgs").asInt(0) + 1);
      }
      state.messages.put(document.deepCopy());
    }
  }

  /** Removes a tombstone before its time. */
  public void removeTrash(String id) {
    synchronized (state) {
      state.messageTrash.remove(id);
    }
  }
}
