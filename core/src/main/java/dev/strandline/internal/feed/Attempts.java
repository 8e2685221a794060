package dev.strandline.internal.feed;

import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * When each room was last tried to be counted by itself, while the engine lives. Safe for several
 * threads.
 */
public final class Attempts {
  private final Map<RoomId, ServerTime> last = new ConcurrentHashMap<>();

  /** Whether {@code room} was not tried for so long; takes note that it is now. */
  boolean begin(RoomId room, ServerTime now, Duration every) {
    ServerTime before = last.get(room);
    // A clock that went back is no reason to wait for it.
    boolean early =
        before != null && !now.isBefore(before) && now.since(before).compareTo(every) < 0;
    if (early) {
      return false;
    }
    last.put(room, now);
    return true;
  }
}
