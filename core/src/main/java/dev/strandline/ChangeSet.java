package dev.strandline;

import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import java.util.List;

/**
 * What one commit changed in one room.
 *
 * @param room the room
 * @param added messages that were not there before
 * @param changed messages that are there in another content
 * @param removed messages that were there before
 */
public record ChangeSet(
    RoomId room, List<MessageId> added, List<MessageId> changed, List<MessageId> removed) {
  public ChangeSet {
    added = List.copyOf(added);
    changed = List.copyOf(changed);
    removed = List.copyOf(removed);
  }

  public boolean isEmpty() {
    return added.isEmpty() && changed.isEmpty() && removed.isEmpty();
  }
}
