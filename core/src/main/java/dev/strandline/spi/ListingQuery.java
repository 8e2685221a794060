package dev.strandline.spi;

import dev.strandline.model.RoomId;
import dev.strandline.model.RoomType;

/**
 * A question about a room's messages by their row numbers in a total order (facts 3.4): {@code
 * channels.messages}, {@code groups.messages} or {@code im.messages}.
 *
 * @param room the room
 * @param type which of the three routes is asked; only {@link RoomType#CHANNEL}, {@link
 *     RoomType#PRIVATE} and {@link RoomType#DIRECT} have one
 * @param order the order in which rows are numbered
 * @param offset the number of the first row wanted, from 0
 * @param count how many rows are wanted, at least 1; the server has a maximum, 100 as a rule
 */
public record ListingQuery(RoomId room, RoomType type, Order order, long offset, int count) {

  /** Orders without ties. In each of them hidden messages come first, where they are listed. */
  public enum Order {
    /** Newest change first, ties by id upwards. */
    NEWEST_CHANGE_FIRST,
    /** By reading order: oldest first, ties by id upwards. */
    OLDEST_FIRST
  }

  public ListingQuery {
    if (offset < 0 || count < 1) {
      throw new IllegalArgumentException("offset " + offset + " and count " + count);
    }
  }
}
