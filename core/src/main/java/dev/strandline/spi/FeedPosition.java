package dev.strandline.spi;

import dev.strandline.model.ServerTime;

/**
 * How far one feed has been read.
 *
 * @param settled the watermark: everything up to here that was visible when it was read is stored,
 *     so the next pass starts {@code lookback} behind it (R2, R5)
 * @param seen the latest stamp that any answer of this feed has shown; at or after {@code settled}
 *     where a pass was clipped (R6), and what the next pass is clipped to where answers have no
 *     date
 */
public record FeedPosition(ServerTime settled, ServerTime seen) {

  public FeedPosition {
    if (settled.isAfter(seen)) {
      throw new IllegalArgumentException("settled at " + settled + ", but only saw " + seen);
    }
  }

  /** A feed that starts at {@code anchor} (R8). */
  public static FeedPosition anchoredAt(ServerTime anchor) {
    return new FeedPosition(anchor, anchor);
  }
}
