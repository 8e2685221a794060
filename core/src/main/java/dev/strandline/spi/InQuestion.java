package dev.strandline.spi;

import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;

/**
 * A message of which it is not known whether the server still has it. The message itself may be
 * stored or not. A coverage counts such messages until the server has been asked (R9).
 *
 * @param id the message
 * @param room the room that it belongs to, as far as is known
 * @param since the server time from which on it is not known
 * @param why what made it doubtful
 */
public record InQuestion(MessageId id, RoomId room, ServerTime since, Why why) {

  /** Why it is not known whether the server still has a message. */
  public enum Why {
    /**
     * The server listed it as deleted and showed it live within the time for which it may do both,
     * with a stamp later than the deletion. {@link InQuestion#since} is the time of the deletion.
     */
    DELETED_AND_SHOWN,
    /** Its deletion arrived in a form that could not be understood. */
    UNREADABLE_DELETION,
    /** It is a reply that was kept below a root that is gone. */
    LOST_ROOT,
    /** The server showed it in another room than the one it was stored in. */
    MOVED
  }
}
