package dev.strandline.testkit.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The trash of one collection: one row for each id, forgotten after 30 days. Guarded by the
 * workspace.
 *
 * <p>The real server's expiry runs once a minute; here a row is gone the moment it is 30 days old
 * by the workspace's clock.
 */
final class Trash {
  static final Duration TTL = Duration.ofDays(30);

  private final String collection;
  private final Map<String, TrashRow> byId = new HashMap<>();
  private final NavigableSet<TrashRow> byDeletion = new TreeSet<>(TrashRow.BY_DELETION);
  private final Map<String, NavigableSet<TrashRow>> byRoom = new HashMap<>();
  private long nextPosition;

  Trash(String collection) {
    this.collection = collection;
  }

  /**
   * Writes or overwrites the row for an id: deleting a re-created message moves its one tombstone.
   */
  void put(String key, ObjectNode document, long deletedAt) {
    remove(key);
    link(TrashRow.of(collection, key, document, deletedAt, nextPosition++));
  }

  /** As {@link #put(String, ObjectNode, long)}, but a sync answer shows {@code entry} of it. */
  void put(String key, ObjectNode document, long deletedAt, ObjectNode entry) {
    remove(key);
    link(TrashRow.of(collection, key, document, deletedAt, nextPosition++).showing(entry));
  }

  private void link(TrashRow row) {
    byId.put(row.id(), row);
    byDeletion.add(row);
    if (row.rid() != null) {
      byRoom.computeIfAbsent(row.rid(), r -> new TreeSet<>(TrashRow.BY_DELETION)).add(row);
    }
  }

  /** All rows, earliest deletion first. */
  List<TrashRow> all() {
    return List.copyOf(byDeletion);
  }

  void replaceAll(List<TrashRow> rows) {
    byId.clear();
    byDeletion.clear();
    byRoom.clear();
    rows.forEach(this::link);
  }

  @Nullable TrashRow find(String id) {
    return byId.get(id);
  }

  @Nullable TrashRow remove(String id) {
    TrashRow row = byId.remove(id);
    if (row != null) {
      byDeletion.remove(row);
      if (row.rid() != null) {
        ofRoom(row.rid()).remove(row);
      }
    }
    return row;
  }

  /** All rows deleted after the stamp, earliest deletion first. */
  NavigableSet<TrashRow> deletedAfter(long after) {
    return byDeletion.tailSet(TrashRow.endOf(after), false);
  }

  /** The rows of one room deleted after the stamp, earliest deletion first. */
  NavigableSet<TrashRow> deletedAfter(String rid, long after) {
    return ofRoom(rid).tailSet(TrashRow.endOf(after), false);
  }

  /** The rows of one room deleted before the stamp, earliest deletion first. */
  NavigableSet<TrashRow> deletedBefore(String rid, long before) {
    return ofRoom(rid).headSet(TrashRow.startOf(before), false);
  }

  private NavigableSet<TrashRow> ofRoom(String rid) {
    return byRoom.getOrDefault(rid, new TreeSet<>(TrashRow.BY_DELETION));
  }

  void expire(long now) {
    long limit = now - TTL.toMillis();
    while (!byDeletion.isEmpty() && byDeletion.first().deletedAt() <= limit) {
      remove(byDeletion.first().id());
    }
  }
}
