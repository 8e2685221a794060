package dev.strandline.internal.directory;

import dev.strandline.internal.call.Stopwatch;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.spi.DeviceClock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Rooms that the server does not let the caller read although it lists them as the caller's, while
 * the engine lives. Runs for changes leave such a room alone for an hour, or until its documents
 * change, so that it does not cost a request in each of them (R15). For several threads.
 */
public final class Refusals {
  private static final Duration LEFT_ALONE = Duration.ofHours(1);

  /** A room as the directory told of it when it was refused. */
  private record Refusal(Room room, Stopwatch since) {}

  private final DeviceClock clock;
  private final Map<RoomId, Refusal> refusals = new ConcurrentHashMap<>();

  public Refusals(DeviceClock clock) {
    this.clock = clock;
  }

  public void note(Room room) {
    refusals.put(room.id(), new Refusal(room, Stopwatch.start(clock)));
  }

  /** Whether it is too early to ask for {@code room} again. */
  boolean isLeftAlone(Room room) {
    Refusal refusal = refusals.get(room.id());
    return refusal != null
        && refusal.room().equals(room)
        && refusal.since().elapsed().compareTo(LEFT_ALONE) < 0;
  }
}
