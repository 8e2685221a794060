package dev.strandline.testkit.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The message collection with its indexes: by id, by room, by thread. Guarded by the workspace. */
final class MessageStore {
  private final Map<String, MessageRow> byId = new HashMap<>();
  private final Map<String, RoomIndex> byRoom = new HashMap<>();
  private final Map<String, NavigableSet<MessageRow>> byThread = new HashMap<>();
  private long nextPosition;

  @Nullable MessageRow find(String id) {
    return byId.get(id);
  }

  MessageRow require(String id) {
    MessageRow row = byId.get(id);
    if (row == null) {
      throw new IllegalArgumentException("There is no live message " + id);
    }
    return row;
  }

  RoomIndex room(String rid) {
    return byRoom.computeIfAbsent(rid, r -> new RoomIndex());
  }

  /** The rows whose {@code tmid} is the given id, oldest change first; hidden ones included. */
  NavigableSet<MessageRow> thread(String tmid) {
    return byThread.getOrDefault(tmid, new TreeSet<>(MessageRow.BY_UPDATE));
  }

  int size() {
    return byId.size();
  }

  List<MessageRow> all() {
    return inOrderOfInsertion(byId.values());
  }

  void replaceAll(List<MessageRow> rows) {
    byId.clear();
    byRoom.clear();
    byThread.clear();
    rows.forEach(row -> link(row.id(), row));
  }

  /**
   * Inserts a document, or puts it in place of the live one with its id, indexed by its own stamps.
   */
  MessageRow put(ObjectNode document) {
    return put(document, stamp(document, "ts"), stamp(document, "_updatedAt"));
  }

  private static long stamp(ObjectNode document, String field) {
    String text = Json.text(document, field);
    return text == null ? MessageRow.NO_DATE : IsoDates.parse(text).orElse(MessageRow.NO_DATE);
  }

  /** As {@link #put(ObjectNode)}, but found by the given stamps, whatever the document says. */
  MessageRow put(ObjectNode document, long ts, long updatedAt) {
    String id = Json.text(document, "_id");
    String key = id == null ? "without-id-" + nextPosition : id;
    MessageRow before = byId.get(key);
    if (before != null) {
      unlink(before);
    }
    long position = before == null ? nextPosition++ : before.position();
    MessageRow row = MessageRow.of(key, document, ts, updatedAt, position);
    link(key, row);
    return row;
  }

  private void link(String key, MessageRow row) {
    byId.put(key, row);
    room(row.rid()).add(row);
    if (row.tmid() != null) {
      byThread.computeIfAbsent(row.tmid(), t -> new TreeSet<>(MessageRow.BY_UPDATE)).add(row);
    }
  }

  void remove(MessageRow row) {
    byId.remove(row.id());
    unlink(row);
  }

  private void unlink(MessageRow row) {
    room(row.rid()).remove(row);
    if (row.tmid() != null) {
      NavigableSet<MessageRow> thread = byThread.get(row.tmid());
      if (thread != null && thread.remove(row) && thread.isEmpty()) {
        byThread.remove(row.tmid());
      }
    }
  }

  /** Every message of a user in all rooms, in the order of insertion. */
  List<MessageRow> ofUser(String userId) {
    return inOrderOfInsertion(
        byId.values().stream().filter(row -> row.userId().equals(userId)).toList());
  }

  List<MessageRow> ofRoom(String rid) {
    return new ArrayList<>(room(rid).byTime());
  }

  private static List<MessageRow> inOrderOfInsertion(Collection<MessageRow> rows) {
    return rows.stream().sorted((a, b) -> Long.compare(a.position(), b.position())).toList();
  }
}
