package dev.strandline.testkit.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

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

  /** Removes a tombstone before its time. */
  public void removeTrash(String id) {
    synchronized (state) {
      state.messageTrash.remove(id);
    }
  }
}
