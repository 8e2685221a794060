package dev.strandline.internal.engine;

import dev.strandline.ChangeSet;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import java.util.List;

/**
 * What one commit did to a room's messages.
 *
 * @param tombstones messages newly known to be gone, stored or not
 * @param unchanged messages that were stored already, and those that stay dead
 * @param quarantined entries that are new in quarantine
 */
record Applied(
    RoomId room,
    List<MessageId> added,
    List<MessageId> changed,
    List<MessageId> removed,
    long tombstones,
    long unchanged,
    long quarantined) {

  ChangeSet changes() {
    return new ChangeSet(room, added, changed, removed);
  }
}
