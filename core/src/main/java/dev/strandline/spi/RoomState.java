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
 * @param anchor the server time at which both feeds were begun; everything later that the feeds
 *     show has been followed since
 * @param updated the UPDATED feed's position
 * @param deleted the DELETED feed's position
 * @param history how far down history has been read: a position, not yet a claim
 * @param claim what is known to be complete; null before both feeds were first read to their end
 * @param stale why the rows are not to be trusted although the feeds were followed; null where they
 *     are
 * @param reconciling the whole reading of the room that is under way, null where none is
 */
public record RoomState(
    RoomId room,
    ServerTime anchor,
    FeedPosition updated,
    FeedPosition deleted,
    Reach history,
    @Nullable Claim claim,
    Coverage.@Nullable Stale stale,
    @Nullable Reconciling reconciling) {

  /**
   * What is known to be complete. It follows {@link RoomState#history} only when the feeds have
   * been read to their end after it: a message edited while history was being read has left the
   * place where it would have been read, and only the UPDATED feed still shows it (R9).
   *
   * @param asOf a server time not later than the start of the readings that reached the feeds' ends
   * @param history how far down the claim goes
   * @param told when the server last told the room's deletions to their end
   */
  public record Claim(ServerTime asOf, Reach history, Told told) {}

  /**
   * A whole reading of the room, from the newest change downwards.
   *
   * @param startedAt the server time of its first request, as far as it is known: a date that
   *     nothing confirms may be hours off
   * @param from where the UPDATED feed is to be followed from when it has come down, as its first
   *     answer told; null before the rows of that answer are all stored
   * @param floor how far down it has come, as {@link Reach#floor()}
   * @param blind whether the server hid deletions at some time since it began (R11): what it has
   *     shown may be gone again, and no feed says so
   */
  public record Reconciling(
      ServerTime startedAt, @Nullable ServerTime from, ServerTime floor, boolean blind) {

    /** A reading of which nothing is stored yet. */
    public static Reconciling begunAt(ServerTime startedAt) {
      return new Reconciling(startedAt, null, ServerTime.MAX, false);
    }

    /** The same reading, having come down to {@code newFloor}. */
    public Reconciling downTo(ServerTime newFloor, ServerTime newFrom) {
      return new Reconciling(startedAt, newFrom, newFloor, blind);
    }

    /** The same reading, of a server that hides deletions. */
    public Reconciling blinded() {
      return new Reconciling(startedAt, from, floor, true);
    }
  }

  /** A room whose feeds start at {@code anchor} and of whose history nothing has been read. */
  public static RoomState anchoredAt(RoomId room, ServerTime anchor) {
    FeedPosition start = FeedPosition.anchoredAt(anchor);
    return new RoomState(room, anchor, start, start, Reach.NOTHING, null, null, null);
  }

  /** The latest stamp that either feed has shown. */
  public ServerTime seen() {
    return ServerTime.max(updated.seen(), deleted.seen());
  }

  public RoomState withUpdated(FeedPosition position) {
    return new RoomState(room, anchor, position, deleted, history, claim, stale, reconciling);
  }

  public RoomState withDeleted(FeedPosition position) {
    return new RoomState(room, anchor, updated, position, history, claim, stale, reconciling);
  }

  public RoomState withHistory(Reach reach) {
    return new RoomState(room, anchor, updated, deleted, reach, claim, stale, reconciling);
  }

  /**
   * Claims completeness of what has been read, as of {@code asOf}.
   *
   * @param told when the server told the deletions
   */
  public RoomState claimed(ServerTime asOf, Told told) {
    Claim whole = new Claim(asOf, history, told);
    return new RoomState(room, anchor, updated, deleted, history, whole, stale, reconciling);
  }

  /** Claims nothing any more. */
  public RoomState withoutClaim() {
    return new RoomState(room, anchor, updated, deleted, history, null, stale, reconciling);
  }

  /**
   * What the room's rows are worth as a whole (R9).
   *
   * @param inQuestion how many of its messages are in question, at least 0
   */
  public Coverage coverage(int inQuestion) {
    if (reconciling != null) {
      return new Coverage.Stale(lastWhole(), Coverage.Cause.RECONCILING);
    }
    if (stale != null) {
      return stale;
    }
    if (claim == null) {
      return new Coverage.Incomplete(null, null, inQuestion);
    }
    Reach reach = claim.history();
    return reach.toBeginning()
        ? new Coverage.Complete(claim.asOf(), inQuestion)
        : new Coverage.Incomplete(reach.floor(), claim.asOf(), inQuestion);
  }

  /**
   * The last moment for which all of the room's rows were known to equal the server's; null where
   * that was never known, as of a room of which only a part is kept.
   */
  public @Nullable ServerTime lastWhole() {
    if (stale != null) {
      return stale.since();
    }
    // Claimed by a whole reading that has not yet removed what it did not show.
    boolean unfinished = reconciling != null && anchor.equals(reconciling.startedAt());
    return claim != null && claim.history().toBeginning() && !unfinished ? claim.asOf() : null;
  }

  /** This room with its rows no longer trusted because of {@code cause}. */
  public RoomState distrusted(Coverage.Cause cause) {
    return withStale(new Coverage.Stale(lastWhole(), cause));
  }

  public RoomState withStale(Coverage.@Nullable Stale reason) {
    return new RoomState(room, anchor, updated, deleted, history, claim, reason, reconciling);
  }

  public RoomState withReconciling(@Nullable Reconciling reading) {
    return new RoomState(room, anchor, updated, deleted, history, claim, stale, reading);
  }
}
