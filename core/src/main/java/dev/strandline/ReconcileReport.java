package dev.strandline;

import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What comparing a whole room with the server found (R10, R11).
 *
 * @param room the room
 * @param outcome {@link Outcome#COMPLETE} where the whole room was compared
 * @param repaired whether what differed was repaired, or only looked at
 * @param requests requests that left for the server
 * @param compared messages that the server showed
 * @param missing messages that the server shows and that were not stored
 * @param different messages that were stored in another content
 * @param surplus messages that were stored and that the server no longer shows
 * @param pending how many further differences are younger than the watermarks, so that an ordinary
 *     run brings them; always 0 for a repair
 * @param failure what went wrong; null where nothing did
 */
public record ReconcileReport(
    RoomId room,
    Outcome outcome,
    boolean repaired,
    int requests,
    long compared,
    List<MessageId> missing,
    List<MessageId> different,
    List<MessageId> surplus,
    long pending,
    @Nullable Failure failure) {
  public ReconcileReport {
    missing = List.copyOf(missing);
    different = List.copyOf(different);
    surplus = List.copyOf(surplus);
  }

  /** One that says that nothing could be compared. For the engine. */
  public static ReconcileReport failed(
      RoomId room, boolean repairing, int requests, @Nullable Failure failure) {
    return new ReconcileReport(
        room, Outcome.FAILED, repairing, requests, 0, List.of(), List.of(), List.of(), 0, failure);
  }

  /** Whether anything differed that an ordinary run would not have brought. */
  public boolean foundDifferences() {
    return !missing.isEmpty() || !different.isEmpty() || !surplus.isEmpty();
  }
}
