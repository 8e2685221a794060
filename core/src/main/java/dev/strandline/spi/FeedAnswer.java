package dev.strandline.spi;

import dev.strandline.model.ServerTime;
import org.jspecify.annotations.Nullable;

/**
 * What an answer says besides its changes, known once it has been read to its end.
 *
 * @param askedAt a moment of server time that is not later than the one at which the request was
 *     sent, from the HTTP {@code Date} header less the time the answer took; null where the answer
 *     has no usable date. A pass settles nothing later than this (R6).
 * @param answeredAt what the {@code Date} header itself says: however wrong it is, it goes on as
 *     time does from answer to answer; null where {@code askedAt} is
 * @param confirmed whether {@code askedAt} holds by the clock that stamps messages, since the
 *     answer shows that clock too, and not only by a {@code Date} header that a proxy may have
 *     written; a date that nothing confirms never moves a position by itself
 * @param continuation for a {@link FeedQuery.Forward} that was cut off: the key of the last entry
 *     returned, the server's {@code cursor.next}; for a {@link FeedQuery.Backward} that was cut
 *     off, the same from {@code cursor.previous}; null where nothing was cut off
 * @param bytes how many bytes the body had after decompression
 */
public record FeedAnswer(
    @Nullable ServerTime askedAt,
    @Nullable ServerTime answeredAt,
    boolean confirmed,
    @Nullable ServerTime continuation,
    long bytes) {

  /** Whether the server had more than it returned. */
  public boolean isCut() {
    return continuation != null;
  }
}
