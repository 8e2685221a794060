package dev.strandline.testkit.simulation;

import dev.strandline.Outcome;
import dev.strandline.SyncReport;
import dev.strandline.model.RoomId;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.Store;
import dev.strandline.testkit.simulation.Event.Task;
import java.util.HashSet;
import java.util.Set;

/**
 * Which rooms' positions a run could notice to be ahead of the server's clock, since that was set
 * back and a confirmed date tells. Once such a run is complete, nothing that was written before it
 * began is exempt for the clock's sake.
 */
final class Noticing {
  private final World world;
  private final long begun;
  private final Set<String> rooms = new HashSet<>();

  /** A run begins. */
  Noticing(World world, Store store) {
    this.world = world;
    begun = world.trueNow();
    for (String room : world.records.keySet()) {
      store
          .read(reader -> reader.roomState(new RoomId(room)))
          .filter(this::isAhead)
          .ifPresent(state -> rooms.add(room));
    }
  }

  private boolean isAhead(RoomState state) {
    return world.isBehind(state.updated().settled()) && world.isBehind(state.deleted().settled());
  }

  /** The run has ended with a report. */
  void ended(Event.Again asked, Object report) {
    if (report instanceof SyncReport synced && synced.outcome() == Outcome.COMPLETE) {
      for (String room : rooms) {
        boolean everything = asked.task() == Task.EVERYTHING;
        boolean wasMember = world.isMember(room);
        if (wasMember
            && (everything || (asked.task() == Task.ROOM && asked.scope().equals(room)))) {
          world.record(room).endExemptionsByClock(begun);
        }
      }
    }
  }
}
