package dev.strandline.internal.commit;

import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Unreadable;

/** One entry of an answer, waiting to be applied. */
public sealed interface Change {

  /** A message that the server shows. */
  record Shown(Message message) implements Change {}

  /** A message that the server says is gone. */
  record Gone(Tombstone tombstone) implements Change {}

  /** A message that nothing vouches for any more; it is removed without being called dead. */
  record LetGo(MessageId id) implements Change {}

  /**
   * An entry that cannot be understood.
   *
   * @param isThere whether it was among what is there, and not among what is gone
   */
  record Odd(Unreadable entry, boolean isThere) implements Change {}
}
