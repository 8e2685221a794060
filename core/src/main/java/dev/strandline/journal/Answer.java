package dev.strandline.journal;

import dev.strandline.model.ServerTime;
import org.jspecify.annotations.Nullable;

/**
 * What a page's answer was like.
 *
 * @param entries how many messages, tombstones and other entries were in it
 * @param bytes the size of its body after decompression; null where that was not told
 * @param date a server time not later than the question, as the answer tells it; null where it
 *     tells none
 * @param continuation the key at which it was cut off; null where it was not
 */
public record Answer(
    long entries,
    @Nullable Long bytes,
    @Nullable ServerTime date,
    @Nullable ServerTime continuation) {}
