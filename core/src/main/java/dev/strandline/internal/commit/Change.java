package dev.strandline.internal.commit;

import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Unreadable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One entry of an answer, or what follows from one, waiting to be applied. */
public sealed interface Change {

  /** A message that the server shows. */
  record Shown(Message message) implements Change {}

  /**
   * A message that the server says is gone.
   *
   * @param presence whether the same reading has shown it all the same
   */
  record Gone(Tombstone tombstone, ReadPass.Presence presence) implements Change {

    /** A conclusion from a reading that did not show it. */
    public Gone(Tombstone tombstone) {
      this(tombstone, ReadPass.Presence.ABSENT);
    }
  }

  /** A message that nothing vouches for any more; it is removed without being called dead. */
  record LetGo(MessageId id) implements Change {}

  /**
   * An entry that cannot be understood.
   *
   * @param isThere whether it was among what is there, and not among what is gone
   */
  record Odd(Unreadable entry, boolean isThere) implements Change {}

  /**
   * The end of a reading: what is in question and was not shown, although it would have been, is
   * gone.
   *
   * @param absent whether the reading has not shown a message
   */
  record Ended(Predicate<MessageId> absent) implements Change {}

  /**
   * What the server answered when it was asked for one message that is in question.
   *
   * @param isThere whether the server has it
   * @param message the message; null where it is gone or cannot be understood
   * @param settles whether it is in question no more: one that is there may still be about to be
   *     removed
   */
  record Answered(MessageId id, boolean isThere, @Nullable Message message, boolean settles)
      implements Change {
    public static Answered there(MessageId id, @Nullable Message message, boolean settles) {
      return new Answered(id, true, message, settles);
    }

    public static Answered gone(MessageId id) {
      return new Answered(id, false, null, true);
    }
  }
}
