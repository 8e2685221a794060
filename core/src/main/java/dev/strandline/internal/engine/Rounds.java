package dev.strandline.internal.engine;

import dev.strandline.model.RoomId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an engine remembers between runs of the rooms that it asked about (R15). It only saves
 * requests and shares them out: what is lost with the process costs some of them again. Safe for
 * several threads.
 */
final class Rounds {
  private final Set<RoomId> answered = new HashSet<>();
  private final Map<RoomId, Long> turns = new HashMap<>();
  private long turn;

  /** The directory shows something new of these rooms. */
  synchronized void news(Collection<RoomId> rooms) {
    answered.removeAll(rooms);
  }

  /** A room was read to its present, after all that the directory has shown of it. */
  synchronized void answered(RoomId room) {
    answered.add(room);
  }

  /**
   * Whether the room was read since the directory last showed anything new of it. A room's document
   * is written after the message that it tells of (facts 3.7), so there is nothing to ask again.
   */
  synchronized boolean isAnswered(RoomId room) {
    return answered.contains(room);
  }

  /**
   * Picks rooms for one run: the first ones, and for every fourth place those whose last turn was
   * longest ago, so that none starves however much happens in others, or fails.
   *
   * @param due rooms, the most important first
   */
  synchronized List<RoomId> pick(List<RoomId> due, int places) {
    List<RoomId> picked = new ArrayList<>(due);
    if (due.size() > places) {
      int first = places - (places + 3) / 4;
      List<RoomId> rest = new ArrayList<>(due.subList(first, due.size()));
      rest.sort(Comparator.comparing(room -> turns.getOrDefault(room, 0L)));
      picked = new ArrayList<>(due.subList(0, first));
      picked.addAll(rest.subList(0, places - first));
    }
    turn++;
    picked.forEach(room -> turns.put(room, turn));
    return picked;
  }
}
