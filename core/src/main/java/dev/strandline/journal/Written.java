package dev.strandline.journal;

import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;

/**
 * A live message, or one that was removed, with the pages that did so. A message can have been
 * removed and be live again: then there are two of these.
 *
 * @param id the message
 * @param room its room
 * @param added the page that stored it where it was not; 0 for none
 * @param written for a live message the page that last stored another content; else 0
 * @param removed for a message that was removed the page that did; else 0
 */
public record Written(MessageId id, RoomId room, long added, long written, long removed) {

  /** Whether this is about the live message. */
  public boolean isLive() {
    return removed == 0;
  }
}
