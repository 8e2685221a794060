package dev.strandline.cli;

import dev.strandline.OverallCoverage;
import dev.strandline.RoomOverview;
import dev.strandline.model.Message;
import dev.strandline.model.Room;
import dev.strandline.model.Tombstone;
import java.util.List;
import java.util.Set;

/** How an export is written. Only the parts that it has are brought to it, room by room. */
interface ExportForm {
  /** What an export can have. */
  enum Part {
    ROOMS,
    MESSAGES,
    TOMBSTONES
  }

  /** What was written, and whether all of it is complete. */
  record Sum(int rooms, long messages, long tombstones, boolean isComplete) {}

  /** The parts that this form has. */
  Set<Part> parts();

  /** Begins with the rooms that come, and what they are worth together. */
  void begin(List<RoomOverview> rooms, OverallCoverage coverage);

  void room(RoomOverview room);

  void message(Room room, Message message);

  void tombstone(Room room, Tombstone tombstone);

  void end(Sum sum);
}
