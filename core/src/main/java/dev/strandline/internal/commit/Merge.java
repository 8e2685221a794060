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
 * say: app servers' clocks disagree, and two edits can share a millisecond.
 */
public final class Merge {

  /** What becomes of a live message that was read. */
  public enum Reading {
    /** It was not stored, and is now. */
    ADD,
    /** It replaces what was stored. */
    REPLACE,
    /** It is what is stored, and the room's from now on: no thread's copy of it is better (R13). */
    CONFIRM,
    /** What is stored stays: it is the same, or the better copy of the same version. */
    KEEP,
    /** It is dead: the server listed it as deleted at or after this version. */
    BURIED
  }

  /** What becomes of a message that was read as gone. */
  public enum Burial {
    /** It is removed, and the tombstone kept. */
    REMOVE,
    /** There was nothing to remove; the tombstone is kept, so that nothing brings it back. */
    NOTE,
    /** Nothing new: the tombstone is known, or the message was written after it. */
    KNOWN
  }

  private final Duration lookback;

  /** Decides with stamps of which the clocks may disagree by {@code lookback}. */
  public Merge(Duration lookback) {
    this.lookback = lookback;
  }

  /** What becomes of {@code read}, of which {@code stored} and {@code grave} are known so far. */
  public Reading reading(
      Message read, Origin origin, @Nullable StoredVersion stored, @Nullable Tombstone grave) {
    if (buries(grave, read.updatedAt())) {
      return Reading.BURIED;
    }
    if (stored == null) {
      return Reading.ADD;
    }
    // R13: a thread's documents are not prepared for the caller, so at equal stamps
    // the room's stays.
    boolean poorerCopy =
        origin == Origin.THREAD
            && stored.origin() == Origin.ROOM
            && stored.updatedAt().equals(read.updatedAt());
    // R7: "unchanged" means the same content, not the same stamp.
    boolean same = stored.json().equals(read.json()) && stored.room().equals(read.room());
    if (same && origin == Origin.ROOM && stored.origin() == Origin.THREAD) {
      return Reading.CONFIRM;
    }
    return poorerCopy || same ? Reading.KEEP : Reading.REPLACE;
  }

  /** What becomes of a message that {@code gone} says is gone. */
  public Burial burial(Tombstone gone, @Nullable StoredVersion stored, @Nullable Tombstone grave) {
    if (gone.reason() != Reason.DELETED) {
      // A conclusion from a reading removes what is stored; it keeps nothing out (Tombstone).
      return stored == null ? Burial.KNOWN : Burial.REMOVE;
    }
    Tombstone deepest = deeper(gone, grave);
    if (stored != null && buries(deepest, stored.updatedAt())) {
      return Burial.REMOVE;
    }
    return deepest.equals(grave) ? Burial.KNOWN : Burial.NOTE;
  }

  /** The tombstone to keep of two about the same message: the server's word, the later of two. */
  public static Tombstone deeper(Tombstone gone, @Nullable Tombstone grave) {
    if (grave == null || grave.reason() != Reason.DELETED) {
      return gone;
    }
    return gone.reason() == Reason.DELETED && gone.at().isAfter(grave.at()) ? gone : grave;
  }

  /**
   * The latest stamp that {@code gone} says is dead (R7): against the server's word a message is
   * live only if its stamp is later by more than the lookback.
   */
  ServerTime deadUpTo(Tombstone gone) {
    return gone.reason() == Reason.DELETED ? gone.at().plus(lookback) : gone.at();
  }

  private boolean buries(@Nullable Tombstone grave, ServerTime stamp) {
    return grave != null && grave.reason() == Reason.DELETED && !stamp.isAfter(deadUpTo(grave));
  }
}
