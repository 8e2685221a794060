package dev.strandline.internal.directory;

import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;

/**
 * What is known of one of the caller's rooms.
 *
 * @param failed whether the last run over it gained nothing
 * @param hasNews whether something happened in it, as far as the directory tells, or work on it is
 *     unfinished
 * @param unread whether there is something that the caller has not read
 * @param asOf up to when it is claimed
 */
record Candidate(
    RoomId id,
    boolean failed,
    boolean hasNews,
    boolean unread,
    ServerTime lastMessageAt,
    ServerTime asOf) {

  /** The same room, with work left. */
  Candidate open() {
    return new Candidate(id, failed, true, unread, lastMessageAt, asOf);
  }
}
