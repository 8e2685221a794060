package dev.strandline.cli;

import dev.strandline.LocalCopy;
import dev.strandline.RoomOverview;
import dev.strandline.cli.text.Harmless;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the room that somebody means: by its id, or by a name that only one stored room has. */
final class RoomChoice {
  private static final int SUGGESTIONS = 5;
  private static final int LONGEST_ID = 512;

  private RoomChoice() {}

  /**
   * The stored room.
   *
   * @throws Problem where there is none, or several have that name
   */
  static RoomId stored(LocalCopy local, String given) {
    return find(local, given).orElseThrow(() -> unknown(local, given));
  }

  /** The stored room, or else {@code given} as an id that only the server knows. */
  static RoomId orNew(LocalCopy local, String given) {
    return find(local, given).orElseGet(() -> new RoomId(checked(given)));
  }

  private static Optional<RoomId> find(LocalCopy local, String given) {
    RoomId id = new RoomId(checked(given));
    if (local.room(id).isPresent()) {
      return Optional.of(id);
    }
    String name = given.startsWith("#") ? given.substring(1) : given;
    List<Room> named =
        local.rooms().stream()
            .map(RoomOverview::room)
            .filter(room -> name.equals(room.name()))
            .toList();
    if (named.size() > 1) {
      throw Problem.usage(
          named.size() + " rooms are called " + name + ".",
          "Give the id of the one that you mean: " + described(named));
    }
    return named.stream().map(Room::id).findFirst();
  }

  private static String checked(String given) {
    if (given.isEmpty() || given.length() > LONGEST_ID) {
      throw Problem.usage(
          "a room's id or name has 1 to " + LONGEST_ID + " characters.",
          "See: strandline rooms --db FILE");
    }
    return given;
  }

  private static Problem unknown(LocalCopy local, String given) {
    List<Room> rooms = local.rooms().stream().map(RoomOverview::room).toList();
    List<Room> near = rooms.stream().filter(room -> isNear(room, given)).toList();
    String advice;
    if (rooms.isEmpty()) {
      advice = "It holds no room yet: run strandline sync first.";
    } else if (near.isEmpty()) {
      advice = "See which rooms it holds: strandline rooms --db FILE";
    } else {
      advice = "Did you mean " + described(near) + "?";
    }
    return Problem.usage("the database has no room with the id or name " + given + ".", advice);
  }

  private static String described(List<Room> rooms) {
    return String.join(
        ", ",
        rooms.stream()
            .limit(SUGGESTIONS)
            .map(room -> room.id() + " (" + Harmless.line(String.valueOf(room.name())) + ")")
            .toList());
  }

  private static boolean isNear(Room room, String given) {
    String wanted = given.toLowerCase(Locale.ROOT);
    return isNear(room.id().value().toLowerCase(Locale.ROOT), wanted)
        || (room.name() != null && isNear(room.name().toLowerCase(Locale.ROOT), wanted));
  }

  private static boolean isNear(String text, String wanted) {
    return text.contains(wanted)
        || (text.length() > 2 && wanted.contains(text))
        || Arrays.stream(text.split("\\s+", -1))
            .anyMatch(word -> edits(word, wanted) <= Math.min(2, wanted.length() / 3));
  }

  /** How many letters have to be added, dropped or exchanged to get from one to the other. */
  private static int edits(String from, String to) {
    if (Math.abs(from.length() - to.length()) > 2) {
      return Integer.MAX_VALUE;
    }
    int[] before = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      before[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int[] now = new int[to.length() + 1];
      now[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int exchanged = before[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        now[j] = Math.min(exchanged, 1 + Math.min(before[j], now[j - 1]));
      }
      before = now;
    }
    return before[to.length()];
  }
}
