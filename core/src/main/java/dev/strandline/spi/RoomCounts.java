package dev.strandline.spi;

/**
 * How much of a room is stored.
 *
 * @param messages live messages, replies included
 * @param threads roots with at least one stored live reply
 * @param tombstones tombstones kept
 * @param quarantined entries in quarantine
 * @param inQuestion messages in question
 */
public record RoomCounts(
    long messages, long threads, long tombstones, long quarantined, long inQuestion) {

  /** Nothing at all. */
  public static final RoomCounts NONE = new RoomCounts(0, 0, 0, 0, 0);
}
