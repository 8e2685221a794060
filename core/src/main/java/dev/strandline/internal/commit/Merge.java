package dev.strandline.internal.commit;

import dev.strandline.model.Message;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Tombstone.Reason;
import dev.strandline.spi.Origin;
import dev.strandline.spi.StoredVersion;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a reading does to what is stored (R7).
 *
 * <p>The server's live row is the truth at the moment it is read. Since what concerns one room is
 * asked for and applied in order, a later reading replaces an earlier one whatever their stamps
 * say: app servers' clocks disagree, and two edits can share a millisecond. A deletion and a
 * showing of one message are ordered in the same way, by when the server was asked; stamps decide
 * only within the time that a deletion can take.
 */
public final class Merge {

  /**
   * The longest way from a tombstone to the removal of its message: a prune writes all its
   * tombstones first (facts 4).
   */
  public static final Duration PRUNE_ALLOWANCE = Duration.ofMinutes(15);

  /** What becomes of a live message that was read. */
  public enum Effect {
    /** It was not stored, and is now. */
    ADD,
    /** It replaces what was stored. */
    REPLACE,
    /** It is what is stored, and the room's from now on: no thread's copy of it is better (R13). */
    CONFIRM,
    /** What is stored stays: it is the same, or the better copy of the same version. */
    KEEP
  }

  /** Where a message stands that the server has shown, and has also said to be deleted. */
  public enum Standing {
    /** It was shown when every deletion told so far had been carried out: it lives. */
    LIVES,
    /** It is an old row that is about to be removed. */
    DYING,
    /** It may have been sent again, or be about to be removed. */
    IN_QUESTION
  }

  private final Duration lookback;

  /** Decides with stamps of which the clocks may disagree by {@code lookback}. */
  public Merge(Duration lookback) {
    this.lookback = lookback;
  }

  /** What becomes of {@code read}, where {@code stored} is what is known of it so far. */
  public Effect effect(Message read, Origin origin, @Nullable StoredVersion stored) {
    if (stored == null) {
      return Effect.ADD;
    }
    boolean sameRoom = stored.room().equals(read.room());
    // Rooms are read side by side: where a message was moved, no order of asking tells which of
    // two answers is the later one. Moving stamps it.
    if (!sameRoom && stored.updatedAt().isAfter(read.updatedAt())) {
      return Effect.KEEP;
    }
    // R13: a thread's documents are not prepared for the caller, so at equal stamps
    // the room's stays.
    boolean poorerCopy =
        origin == Origin.THREAD
            && stored.origin() == Origin.ROOM
            && stored.updatedAt().equals(read.updatedAt());
    // R7: "unchanged" means the same content, not the same stamp.
    boolean same = sameRoom && stored.json().equals(read.json());
    if (same && origin == Origin.ROOM && stored.origin() == Origin.THREAD) {
      return Effect.CONFIRM;
    }
    return poorerCopy || same ? Effect.KEEP : Effect.REPLACE;
  }

  /** Whether stamps do not tell which of the rooms of {@code read} and {@code stored} is right. */
  boolean mayBeElsewhere(Message read, @Nullable StoredVersion stored) {
    return stored != null
        && !stored.room().equals(read.room())
        && read.updatedAt().since(stored.updatedAt()).abs().compareTo(lookback) <= 0;
  }

  /**
   * Where a message stands that bears {@code stamp} and was shown in the {@code manner} said.
   *
   * @param grave what is known of its end; null for nothing
   */
  public Standing standing(ServerTime stamp, @Nullable Tombstone grave, Applier.Manner manner) {
    if (grave == null || grave.reason() != Reason.DELETED) {
      return Standing.LIVES;
    }
    ServerTime carriedOut = grave.at().plus(PRUNE_ALLOWANCE);
    if (manner.isSurelyAfter(carriedOut)) {
      return Standing.LIVES;
    }
    boolean writtenSince = stamp.isAfter(grave.at().minus(lookback));
    return writtenSince || manner.isLikelyAfter(carriedOut) ? Standing.IN_QUESTION : Standing.DYING;
  }

  /** The tombstone to keep of two about the same message: the server's word, the later of two. */
  public static Tombstone deeper(Tombstone gone, @Nullable Tombstone grave) {
    if (grave == null || grave.reason() != Reason.DELETED) {
      return gone;
    }
    return gone.reason() == Reason.DELETED && gone.at().isAfter(grave.at()) ? gone : grave;
  }

  /**
   * R14: the latest stamp of an entry in quarantine that {@code gone} says is gone too, as far as
   * clocks agree.
   */
  ServerTime deadUpTo(Tombstone gone) {
    return gone.reason() == Reason.DELETED ? gone.at().plus(lookback) : gone.at();
  }
}
