package dev.strandline.testkit.server;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * One room's live messages in the two orders that the API asks for, and the listings sorted on
 * demand. Guarded by the workspace.
 */
final class RoomIndex {
  private final NavigableSet<MessageRow> byUpdate = new TreeSet<>(MessageRow.BY_UPDATE);
  private final NavigableSet<MessageRow> byTime = new TreeSet<>(MessageRow.BY_TIME);
  // A listing is read in pages of at most 100: sorting a million rows anew for each would cost an
  // hour for one reading.
  private final Map<String, List<MessageRow>> listings = new HashMap<>();

  void add(MessageRow row) {
    byUpdate.add(row);
    byTime.add(row);
    listings.clear();
  }

  void remove(MessageRow row) {
    byUpdate.remove(row);
    byTime.remove(row);
    listings.clear();
  }

  /** Rows with {@code _updatedAt > after}, oldest change first. */
  NavigableSet<MessageRow> updatedAfter(long after) {
    return byUpdate.tailSet(MessageRow.endOf(after), false);
  }

  /** Rows with {@code _updatedAt < before}, newest change first. */
  NavigableSet<MessageRow> updatedBefore(long before) {
    long first = Math.min(before, MessageRow.NO_DATE + 1);
    return byUpdate
        .subSet(MessageRow.startOf(first), true, MessageRow.startOf(before), false)
        .descendingSet();
  }

  /** All rows by {@code ts}, oldest first. */
  NavigableSet<MessageRow> byTime() {
    return byTime;
  }

  int size() {
    return byTime.size();
  }

  /**
   * The rows that pass the filter in the given order, sorted once and kept until the room changes.
   *
   * @param key names order and filter together
   */
  List<MessageRow> listing(String key, Comparator<MessageRow> order, Predicate<MessageRow> filter) {
    return listings.computeIfAbsent(
        key, k -> byTime.stream().filter(filter).sorted(order).toList());
  }
}
