package dev.strandline;

import dev.strandline.model.Room;
import java.util.List;
import java.util.Optional;

/**
 * Which room is meant by a name or an id that a person has written.
 *
 * @param given what was written
 * @param rooms the rooms that it names: one where it is clear, several where it is ambiguous, none
 *     where it is unknown
 * @param near where it is unknown, up to five rooms with a similar name or id, the most similar
 *     first
 */
public record RoomMatch(String given, List<Room> rooms, List<Room> near) {
  public RoomMatch {
    rooms = List.copyOf(rooms);
    near = List.copyOf(near);
  }

  /** The room, where exactly one is meant. */
  public Optional<Room> room() {
    return rooms.size() == 1 ? Optional.of(rooms.get(0)) : Optional.empty();
  }

  /** Whether several rooms are named so: their ids tell them apart. */
  public boolean isAmbiguous() {
    return rooms.size() > 1;
  }

  /** Whether no room is named so. */
  public boolean isUnknown() {
    return rooms.isEmpty();
  }
}
