package dev.strandline;

import dev.strandline.journal.MessageLinks;
import dev.strandline.journal.Trace;
import dev.strandline.model.Coverage;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.Tombstone;
import dev.strandline.spi.InQuestion;
import dev.strandline.spi.ThreadState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a message is here, or is not.
 *
 * @param id the message
 * @param verdict in one word
 * @param room the room that it is or was in, or that its replies are in; null where nothing tells
 * @param message the live message; null where it is not stored
 * @param tombstone its tombstone; null where there is none. With a live message beside it, the
 *     server deleted the message once and had it again later
 * @param added the page that stored the message where it was not; for one that is gone, the page
 *     that had done so. Null where it never was stored
 * @param written the page that last stored another content of the live message; null without one
 * @param removed the page that removed the message; null where none was stored when it was found to
 *     be gone
 * @param buried the page that last wrote the tombstone; null without one
 * @param quarantine what is in quarantine under its id, oldest first (R14)
 * @param inQuestion what makes it doubtful whether the server still has it, and since when; null
 *     where nothing does
 * @param thread where the thread stands of which it is the root; null where it has no state of its
 *     own (R13)
 * @param hasReplies whether replies to it are stored
 * @param places where it could be: each room, or the one that it is known to belong to, with what
 *     that room's rows are worth (R9); empty unless the verdict is {@link Verdict#NOT_STORED}
 */
public record Explanation(
    MessageId id,
    Verdict verdict,
    @Nullable RoomId room,
    @Nullable Message message,
    @Nullable Tombstone tombstone,
    @Nullable Trace added,
    @Nullable Trace written,
    @Nullable Trace removed,
    @Nullable Trace buried,
    List<InQuarantine> quarantine,
    @Nullable InQuestion inQuestion,
    @Nullable ThreadState thread,
    boolean hasReplies,
    List<Place> places) {

  public Explanation {
    quarantine = List.copyOf(quarantine);
    places = List.copyOf(places);
  }

  /** Why, in one word. */
  public enum Verdict {
    /** It is here. */
    LIVE,
    /** The server listed it as deleted. */
    DELETED,
    /** The server showed it as hidden (R13). */
    HIDDEN,
    /** A whole reading of its room, or of its thread, no longer showed it (R11). */
    NOT_FOUND,
    /** It arrived in a form that could not be understood (R14). */
    QUARANTINED,
    /** No answer that is stored has shown it, or nothing vouched for it any more. */
    NOT_STORED
  }

  /**
   * An entry in quarantine.
   *
   * @param entry what is wrong with it, and since when
   * @param by the page that it was in
   */
  public record InQuarantine(MessageLinks.InQuarantine entry, Trace by) {}

  /**
   * A room that a message could be in which is not stored. Where the coverage is complete, the
   * server did not show it there by then; where it is incomplete, it would have to be older than
   * its {@code from}, or newer than its {@code asOf}.
   *
   * @param room the room
   * @param coverage what the room's rows are worth
   * @param letGo how many messages were let go of in this room, by the runs that the journal has:
   *     it may have been among them
   */
  public record Place(Room room, Coverage coverage, long letGo) {}
}
