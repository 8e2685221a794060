package dev.strandline.model;

import org.jspecify.annotations.Nullable;

/**
 * A thread as the local rows show it.
 *
 * @param root the id of the message that it hangs on
 * @param room the room that it is in
 * @param rootMessage the root itself; null where it is not stored (R13: a root can be gone)
 * @param replies how many live replies are stored
 * @param lastReplyAt when the newest stored reply was sent; null where none is stored
 */
public record ThreadSummary(
    MessageId root,
    RoomId room,
    @Nullable Message rootMessage,
    int replies,
    @Nullable ServerTime lastReplyAt) {}
