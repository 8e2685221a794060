package dev.strandline.cli;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.strandline.History;
import dev.strandline.LocalCopy;
import dev.strandline.RoomOverview;
import dev.strandline.error.StoreException;
import dev.strandline.model.Membership;
import dev.strandline.model.RoomId;
import org.jspecify.annotations.Nullable;

/**
 * How many messages a run is about to read, as far as the rooms' own counts tell. They are the
 * server's and about right: for people, never for a decision.
 */
final class Expected {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LocalCopy local;
  private final long mostOfARoom;
  private final boolean isOfAllRooms;
  private final boolean isWhole;

  private Expected(LocalCopy local, long mostOfARoom, boolean isOfAllRooms, boolean isWhole) {
    this.local = local;
    this.mostOfARoom = mostOfARoom;
    this.isOfAllRooms = isOfAllRooms;
    this.isWhole = isWhole;
  }

  /**
   * Of a run that reads what is not stored yet.
   *
   * @param history how much of each room it reads
   * @param isOfAllRooms whether it works on every room
   */
  static Expected missing(LocalCopy local, History history, boolean isOfAllRooms) {
    return new Expected(local, history.messages(), isOfAllRooms, false);
  }

  /** Of a run that reads rooms from the newest message to the oldest. */
  static Expected whole(LocalCopy local) {
    return new Expected(local, Long.MAX_VALUE, false, true);
  }

  /** What is known at the start. */
  long atTheStart() {
    return isOfAllRooms ? sum() : 0;
  }

  /** What comes on top as the work on a room begins. */
  long in(RoomId room) {
    try {
      return isOfAllRooms ? 0 : local.room(room).map(this::of).orElse(0L);
    } catch (StoreException e) {
      // Of a store that fails the run itself tells.
      return 0;
    }
  }

  private long sum() {
    try {
      return local.rooms().stream()
          .filter(room -> room.room().membership() == Membership.MEMBER)
          .mapToLong(this::of)
          .sum();
    } catch (StoreException e) {
      return 0;
    }
  }

  private long of(RoomOverview room) {
    long stored = isWhole ? 0 : room.counts().messages();
    return Math.min(mostOfARoom, Math.max(0, count(room.room().roomJson()) - stored));
  }

  private static long count(@Nullable String json) {
    try {
      return json == null ? 0 : JSON.readTree(json).path("msgs").asLong(0);
    } catch (JacksonException e) {
      return 0;
    }
  }
}
