package dev.strandline;

import dev.strandline.model.Coverage;
import dev.strandline.model.Message;
import dev.strandline.model.Tombstone;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one message.
 *
 * @param message the message; null where it is not stored as live
 * @param tombstone its tombstone; null where there is none. With a live message beside it, the
 *     server deleted the message once and had it again later
 * @param coverage what the answer is worth: that of the message's room, or nothing where neither is
 *     known
 */
public record MessageLookup(
    @Nullable Message message, @Nullable Tombstone tombstone, Coverage coverage) {}
