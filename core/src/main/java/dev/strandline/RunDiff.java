package dev.strandline;

import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import java.util.List;

/**
 * What is stored otherwise at the end of one run than at the end of another, by id.
 *
 * <p>It is told from the rows as they are now, of which each knows the page that first and the one
 * that last wrote it. What came and went between the two runs is no difference. A message that was
 * removed, brought back by a whole reading, and so lost its tombstone, counts as added.
 *
 * @param from the earlier run
 * @param to the later run
 * @param added messages that were not stored then, and are at the end of the later run
 * @param changed messages that are stored in another content
 * @param removed messages that were stored then, and are gone
 * @param unsure messages that were stored at the end of both and have been written again or removed
 *     since: whether they also changed in between is not known any more. Empty where the later run
 *     is the newest
 * @param letGo messages that were removed without a trace, of which no more than the number is
 *     known, as far as the journal has the runs
 * @param runsMissing how many of the runs from the one to the other the journal does not have any
 *     more: their share of {@code letGo} is not known
 */
public record RunDiff(
    long from,
    long to,
    List<Changed> added,
    List<Changed> changed,
    List<Changed> removed,
    List<Changed> unsure,
    long letGo,
    long runsMissing) {

  public RunDiff {
    added = List.copyOf(added);
    changed = List.copyOf(changed);
    removed = List.copyOf(removed);
    unsure = List.copyOf(unsure);
  }

  /**
   * A message that is otherwise.
   *
   * @param room the room that it is or was in
   */
  public record Changed(MessageId id, RoomId room) {}
}
