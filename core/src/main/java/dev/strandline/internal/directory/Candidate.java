package dev.strandline.internal.directory;

import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.Told;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one of the caller's rooms.
 *
 * @param failed whether the last run over it gained nothing
 * @param hasNews whether something happened in it, as far as the directory tells, or work on it is
 *     unfinished
 * @param unread whether there is something that the caller has not read
 * @param asOf up to when it is claimed
 * @param told when it was last read; null where it never was to the end of its feeds
 */
record Candidate(
    RoomId id,
    boolean failed,
    boolean hasNews,
    boolean unread,
    ServerTime lastMessageAt,
    ServerTime asOf,
    @Nullable Told told) {

  /** The same room, with work left. */
  Candidate open() {
    return new Candidate(id, failed, true, unread, lastMessageAt, asOf, told);
  }
}
