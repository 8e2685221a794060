package dev.strandline.internal.directory;

import dev.strandline.internal.call.Heard;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which rooms it is time to ask about, where only changes are wanted (R15). Decides with server
 * time alone (R1); leaving a room out changes nothing that is claimed of it (R9).
 *
 * @param now the server's time; null where answers tell none, and then it is time for every room
 * @param sweepWithin how long a room is left alone at most of which the directory tells nothing
 */
record Due(@Nullable ServerTime now, Duration sweepWithin) {
  private static final int PLACES = 1_000;

  boolean includes(Candidate room) {
    return now == null || room.hasNews() || isDueForSweep(room, now);
  }

  private boolean isDueForSweep(Candidate room, ServerTime at) {
    Duration age = at.since(room.asOf());
    // Where the server's clock has gone back, a room's pass finds out what that means.
    return age.compareTo(turn(room.id())) >= 0 || age.plus(Heard.DATE_TOLERANCE).isNegative();
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
