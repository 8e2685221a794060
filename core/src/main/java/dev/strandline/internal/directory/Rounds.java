package dev.strandline.internal.directory;

import dev.strandline.model.RoomId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whose turn it was in earlier runs, where a run has not places for all. For several threads. */
public final class Rounds {
  private final Map<RoomId, Long> turns = new HashMap<>();
  private long turn;

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
