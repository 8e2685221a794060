package dev.strandline.cli;

import static dev.strandline.cli.text.Table.note;
import static dev.strandline.cli.text.Table.numbers;
import static dev.strandline.cli.text.Table.text;
import static dev.strandline.cli.text.Table.words;

import dev.strandline.LocalCopy;
import dev.strandline.RoomOverview;
import dev.strandline.cli.text.Coverages;
import dev.strandline.cli.text.JsonObject;
import dev.strandline.cli.text.Moments;
import dev.strandline.cli.text.Table;
import dev.strandline.model.Room;
import dev.strandline.model.ServerTime;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

/** {@code strandline rooms}. */
@Command(
    name = "rooms",
    header = "Lists the stored rooms.",
    description = {
      "The latest talk first, each with what its rows are worth.",
      "",
      "Example:",
      "  strandline rooms --db chat.db"
    })
final class RoomsCommand extends ReadingCommand {
  @Override
  public Integer call() {
    return database().readAtOneMoment(this::list);
  }

  private int list(LocalCopy local) {
    List<RoomOverview> rooms = local.rooms();
    if (json()) {
      rooms.forEach(room -> out().println(json(room)));
    } else {
      print(rooms);
      if (rooms.isEmpty()) {
        notes().println("No room is stored yet: run strandline sync.");
      }
      out().flush();
      notes().println(Directories.words(local.coverage(), surroundings()));
    }
    out().flush();
    return ExitState.DONE;
  }

  private void print(List<RoomOverview> rooms) {
    Table table =
        Table.of(
            text("ROOM"),
            words("TYPE"),
            numbers("MESSAGES"),
            numbers("THREADS"),
            words("LAST MESSAGE"),
            words("ID"),
            note("COVERAGE"));
    rooms.stream()
        .sorted(Comparator.comparing(RoomsCommand::lastMessage).reversed())
        .forEach(
            room ->
                table.row(
                    Labels.of(room.room()),
                    word(room.room().type()),
                    Moments.number(room.counts().messages()),
                    Moments.number(room.counts().threads()),
                    moments().minute(room.room().lastMessageAt()),
                    room.room().id().value(),
                    Coverages.words(room.coverage(), moments())));
    table.print(out(), surroundings().cells());
  }

  private static ServerTime lastMessage(RoomOverview room) {
    ServerTime last = room.room().lastMessageAt();
    return last == null ? ServerTime.EPOCH : last;
  }

  /** What is known of a room, as every command prints it. */
  static JsonObject json(RoomOverview overview) {
    Room room = overview.room();
    ServerTime last = room.lastMessageAt();
    return new JsonObject()
        .put("id", room.id().value())
        .put("name", room.name())
        .put("type", word(room.type()))
        .put("membership", word(room.membership()))
        .put("messages", overview.counts().messages())
        .put("threads", overview.counts().threads())
        .put("tombstones", overview.counts().tombstones())
        .put("quarantined", overview.counts().quarantined())
        .put("inQuestion", overview.counts().inQuestion())
        .put("unread", room.unread())
        .put("lastMessageAt", last == null ? null : last.toString())
        .put("coverage", Coverages.json(overview.coverage()));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
