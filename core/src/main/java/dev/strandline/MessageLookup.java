package dev.strandline;

import dev.strandline.model.Coverage;
import dev.strandline.model.Message;
import dev.strandline.model.Tombstone;
import dev.strandline.spi.InQuestion;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one message.
 *
 * @param message the message; null where it is not stored as live
 * @param tombstone its tombstone; null where there is none. With a live message beside it, the
 *     server deleted the message once and had it again later
 * @param inQuestion what makes it doubtful whether the server still has it; null where nothing does
 * @param coverage what the answer is worth: that of the message's room, or unknown where nothing
 *     tells which room that is
 */
public record MessageLookup(
    @Nullable Message message,
    @Nullable Tombstone tombstone,
    @Nullable InQuestion inQuestion,
    Coverage coverage) {}
