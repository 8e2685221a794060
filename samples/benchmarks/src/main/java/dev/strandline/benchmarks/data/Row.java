package dev.strandline.benchmarks.data;

import org.jspecify.annotations.Nullable;

/**
 * A message as the table of messages holds it.
 *
 * @param lastReplyAt null unless there are replies
 */
public record Row(
    String id,
    String room,
    long sentAt,
    long updatedAt,
    @Nullable String thread,
    int replies,
    @Nullable Long lastReplyAt,
    String json) {}
