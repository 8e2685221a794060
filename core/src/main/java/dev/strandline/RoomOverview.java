package dev.strandline;

import dev.strandline.model.Coverage;
import dev.strandline.model.Room;
import dev.strandline.spi.RoomCounts;

/**
 * A room with what is stored of it.
 *
 * @param coverage what the room's rows are worth as a whole
 */
public record RoomOverview(Room room, RoomCounts counts, Coverage coverage) {}
