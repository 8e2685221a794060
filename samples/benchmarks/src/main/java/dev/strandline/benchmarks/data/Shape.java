package dev.strandline.benchmarks.data;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a workspace looks like. Two of the same shape are equal to the byte, in whatever process.
 *
 * @param messages how many messages it has in all, in rooms of very different sizes
 * @param rooms how many rooms
 * @param seed of everything that is left to chance
 * @param updatedWithin how far back from {@link #END} the stamps of the feeds go; when messages
 *     were sent is spread over {@link #SPAN} in any case
 */
public record Shape(int messages, int rooms, long seed, Duration updatedWithin) {
  /** The workspace's present: no message is later. */
  public static final Instant END = Instant.parse("2026-06-01T12:00:00Z");

  /** How long people have been writing. */
  public static final Duration SPAN = Duration.ofDays(400);

  public Shape {
    if (messages < rooms || rooms < 1) {
      throw new IllegalArgumentException("at least one room, and one message a room");
    }
  }

  public static Shape of(int messages, int rooms, long seed) {
    return new Shape(messages, rooms, seed, SPAN);
  }

  /** How many messages a room has: one in twenty are in the largest, few in most. */
  public int messagesIn(int room) {
    return boundary(room + 1) - boundary(room);
  }

  /** How many messages the rooms before {@code room} have, by weights of 1 / (room + 3). */
  private int boundary(int room) {
    double share = Math.log((room + 2.5) / 2.5) / Math.log((rooms + 2.5) / 2.5);
    return room + (int) Math.round(share * (messages - rooms));
  }

  /** The {@code index}th of {@code among} rooms in which something changes: none of the largest. */
  public int changingRoom(int index, int among) {
    return rooms / 4 + index * rooms / (among * 2);
  }

  public String roomId(int room) {
    return Ids.of(seed, -1, room);
  }

  /** What the command line of another process says to make the same. */
  public List<String> arguments() {
    return List.of(
        Integer.toString(messages),
        Integer.toString(rooms),
        Long.toString(seed),
        Long.toString(updatedWithin.toMillis()));
  }

  /** The shape that {@link #arguments} describes. */
  public static Shape of(List<String> arguments) {
    return new Shape(
        Integer.parseInt(arguments.get(0)),
        Integer.parseInt(arguments.get(1)),
        Long.parseLong(arguments.get(2)),
        Duration.ofMillis(Long.parseLong(arguments.get(3))));
  }
}
