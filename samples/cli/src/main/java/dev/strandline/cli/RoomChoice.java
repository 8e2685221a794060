package dev.strandline.cli;

import dev.strandline.Cancellation;
import dev.strandline.LocalCopy;
import dev.strandline.RoomMatch;
import dev.strandline.Strandline;
import dev.strandline.cli.text.Harmless;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Finds the room that somebody means, by its name or its id, or says which ones are like it. */
final class RoomChoice {
  private static final int LONGEST_ID = 512;
  private static final int SUGGESTIONS = 5;

  private RoomChoice() {}

  /**
   * The stored room.
   *
   * @throws Problem where there is none, or several have that name
   */
  static RoomId stored(LocalCopy local, String given) {
    RoomMatch match = local.findRoom(checked(given));
    String nothingNear =
        local.entries().isEmpty()
            ? "It holds no room yet: run strandline sync first."
            : "See which rooms it holds: strandline rooms --db FILE";
    return only(match, "the database has no room with the id or name " + given + ".", nothingNear);
  }

  /**
   * The rooms, as the database or else the server knows them.
   *
   * @throws Problem where one is unknown, or several have a name
   */
  static List<RoomId> onServer(
      Strandline strandline, List<String> given, Cancellation cancellation) {
    if (given.isEmpty()) {
      return List.of();
    }
    given.forEach(RoomChoice::checked);
    List<RoomId> rooms = new ArrayList<>();
    for (RoomMatch match : strandline.findRooms(given, cancellation)) {
      rooms.add(
          only(
              match,
              "the server shows this account no room with the name or id " + match.given() + ".",
              "See which rooms there are: strandline rooms --db FILE. A public room that the account"
                  + " has not joined is found by its id only: join it, or give the id."));
    }
    return rooms;
  }

  private static RoomId only(RoomMatch match, String unknown, String nothingNear) {
    if (match.isAmbiguous()) {
      throw Problem.usage(
          match.rooms().size() + " rooms are called " + match.given() + ".",
          "Give the id of the one that you mean: " + described(match.rooms(), RoomChoice::typed));
    }
    return match
        .room()
        .map(Room::id)
        .orElseThrow(
            () ->
                Problem.usage(
                    unknown,
                    match.near().isEmpty()
                        ? nothingNear
                        : "Did you mean " + described(match.near(), RoomChoice::named) + "?"));
  }

  private static String checked(String given) {
    if (given.isBlank() || given.length() > LONGEST_ID) {
      throw Problem.usage(
          "a room's id or name has 1 to " + LONGEST_ID + " characters.",
          "See: strandline rooms --db FILE");
    }
    return given;
  }

  private static String described(List<Room> rooms, Function<Room, String> inWords) {
    return String.join(
        ", ",
        rooms.stream()
            .limit(SUGGESTIONS)
            .map(room -> room.id() + " (" + Harmless.line(inWords.apply(room)) + ")")
            .toList());
  }

  private static String named(Room room) {
    return String.valueOf(room.name());
  }

  private static String typed(Room room) {
    return named(room) + ", " + room.type().name().toLowerCase(Locale.ROOT);
  }
}
