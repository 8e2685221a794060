package dev.strandline.spi;

import dev.strandline.model.Coverage;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import org.jspecify.annotations.Nullable;

/**
 * Where the synchronisation of a room stands. A room has one from the moment it is anchored, in the
 * same transaction as its first rows (R8), and it changes only in the transaction of the rows that
 * justify the change (R2).
 *
 * @param room the room
 * @param updated the UPDATED feed's position
 * @param deleted the DELETED feed's position
 * @param floor how far down history has been read: every live message last written at or after it is
 *     stored; null while none of it has been read
 * @param reachesBeginning whether history has been read to its beginning
 * @param asOf the server time at which both feeds were last read to their end; null before that
 * @param stale why the rows are not to be trusted although the feeds were followed; null where they
 *     are
 * @param reconciling the whole reading of the room that is under way, null where none is
 */
public record RoomState(
    RoomId room,
    FeedPosition updated,
    FeedPosition deleted,
    @Nullable ServerTime floor,
    boolean reachesBeginning,
    @Nullable ServerTime asOf,
    Coverage.@Nullable Stale stale,
    @Nullable Reconciling reconciling) {

  /**
   * A whole reading of the room, from the newest change downwards.
   *
   * @param startedAt a server time not later than its first request
   * @param floor how far down it has come
   */
  public record Reconciling(ServerTime startedAt, ServerTime floor) {}

  /** A room whose feeds start at {@code anchor} and of whose history nothing has been read. */
  public static RoomState anchoredAt(RoomId room, ServerTime anchor) {
    FeedPosition start = FeedPosition.anchoredAt(anchor);
    return new RoomState(room, start, start, null, false, null, null, null);
  }

  public RoomState withUpdated(FeedPosition position) {
    return new RoomState(
        room, position, deleted, floor, reachesBeginning, asOf, stale, reconciling);
  }

  public RoomState withDeleted(FeedPosition position) {
    return new RoomState(
        room, updated, position, floor, reachesBeginning, asOf, stale, reconciling);
  }

  public RoomState withHistory(@Nullable ServerTime newFloor, boolean toTheBeginning) {
    return new RoomState(
        room, updated, deleted, newFloor, toTheBeginning, asOf, stale, reconciling);
  }

  public RoomState withAsOf(@Nullable ServerTime moment) {
    return new RoomState(
        room, updated, deleted, floor, reachesBeginning, moment, stale, reconciling);
  }

  public RoomState withStale(Coverage.@Nullable Stale reason) {
    return new RoomState(
        room, updated, deleted, floor, reachesBeginning, asOf, reason, reconciling);
  }

  public RoomState withReconciling(@Nullable Reconciling reading) {
    return new RoomState(
        room, updated, deleted, floor, reachesBeginning, asOf, stale, reading);
  }
}
