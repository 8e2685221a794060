package dev.strandline.spi;

import dev.strandline.model.RoomId;
import dev.strandline.model.Unreadable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry in quarantine (R14): of a room's answer, or of one of the directory's lists. Exactly one
 * of {@code room} and {@code list} is there.
 *
 * @param room the room whose answer it was in; null for an entry of the directory
 * @param list the list that it was in; null for an entry of a room
 * @param entry the entry and what is wrong with it; without a message id where it is the
 *     directory's
 * @param firstSeen when it first arrived, by the device's clock
 */
public record Quarantined(
    @Nullable RoomId room, @Nullable DirectoryList list, Unreadable entry, Instant firstSeen) {

  /** An entry of a room's answer. */
  public Quarantined(RoomId room, Unreadable entry, Instant firstSeen) {
    this(room, null, entry, firstSeen);
  }

  /** An entry of one of the directory's lists. */
  public Quarantined(DirectoryList list, Unreadable entry, Instant firstSeen) {
    this(null, list, entry, firstSeen);
  }
}
