package dev.strandline.spi;

import dev.strandline.model.Message;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Unreadable;

/**
 * Takes the changes of one answer while it is being read, so that an uncut answer need not be in
 * memory at once. Called on the thread that asked, in the order of the answer.
 *
 * <p>What has been taken is worth nothing until the transport returns normally: an answer can break
 * off in the middle.
 */
public interface ChangeSink {

  /** A live message. Never one marked hidden: the transport turns those into tombstones (R13). */
  void upsert(Message message);

  /** A message that is gone. */
  void tombstone(Tombstone tombstone);

  /** An entry of what is there that cannot be understood (R14). */
  void unreadable(Unreadable entry);

  /**
   * An entry of what is gone that cannot be understood (R14): no sign that its message is there.
   */
  default void unreadableDeletion(Unreadable entry) {
    unreadable(entry);
  }
}
