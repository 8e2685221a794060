package dev.strandline.internal.directory;

import dev.strandline.internal.call.RunClock;
import dev.strandline.model.RoomId;
import dev.strandline.spi.Told;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which rooms it is time to ask about, where only changes are wanted (R15). Leaving a room out
 * changes nothing that is claimed of it (R9), so dates that nothing confirms will do.
 *
 * @param now what time it is at the server; null where answers tell none, and then it is time for
 *     every room
 * @param sweepWithin how long a room is left alone at most of which the directory tells nothing
 */
record Due(@Nullable Told now, Duration sweepWithin) {
  private static final int PLACES = 1_000;

  boolean includes(Candidate room) {
    return now == null || room.hasNews() || isDueForSweep(room, now);
  }

  private boolean isDueForSweep(Candidate room, Told at) {
    Told then = room.told();
    if (then == null) {
      return true;
    }
    Duration age = at.since(then);
    // Where the server's clock has gone back, a room's pass finds out what that means.
    return age.compareTo(turn(room.id())) >= 0 || age.plus(RunClock.DATE_TOLERANCE).isNegative();
  }

  /**
   * Rooms that were read together, as by a first sync, need not be swept together: each has its
   * place in the second half of the time.
   */
  private Duration turn(RoomId room) {
    int place = Math.floorMod(room.value().hashCode() * 0x9E3779B9, PLACES);
    return sweepWithin.dividedBy(2).plus(sweepWithin.dividedBy(2L * PLACES).multipliedBy(place));
  }
}
