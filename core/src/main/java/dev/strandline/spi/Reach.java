package dev.strandline.spi;

import dev.strandline.model.ServerTime;
import org.jspecify.annotations.Nullable;

/**
 * How far down a room's history has been read, newest change first.
 *
 * @param floor every message last written at or after it has been read; null while nothing has
 * @param toBeginning whether there is nothing further down
 */
public record Reach(@Nullable ServerTime floor, boolean toBeginning) {

  /** Nothing has been read. */
  public static final Reach NOTHING = new Reach(null, false);

  /** There is nothing further down than {@code floor}. */
  public static Reach beginning(@Nullable ServerTime floor) {
    return new Reach(floor, true);
  }

  /** Read down to {@code floor}, and there is more. */
  public static Reach downTo(ServerTime floor) {
    return new Reach(floor, false);
  }

  /** Whether what was last written at {@code stamp} has been read. */
  public boolean covers(ServerTime stamp) {
    return toBeginning || (floor != null && !stamp.isBefore(floor));
  }
}
