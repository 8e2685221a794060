package dev.strandline.cli;

import dev.strandline.OverallCoverage;
import dev.strandline.RoomOverview;
import dev.strandline.cli.text.Coverages;
import dev.strandline.cli.text.Harmless;
import dev.strandline.cli.text.JsonObject;
import dev.strandline.model.Message;
import dev.strandline.model.Room;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import java.io.PrintWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything, an object a line, with one field that says what it is. */
final class JsonLines implements ExportForm {
  /** Raised where a line changes its meaning; fields may be added to it. */
  private static final int VERSION = 1;

  private final PrintWriter out;
  private final Period.Range range;
  private final boolean isHarmless;

  /**
   * Lines on {@code out}.
   *
   * @param range of which time messages and tombstones are
   * @param isHarmless whether what a terminal obeys is escaped; documents are otherwise not touched
   */
  JsonLines(PrintWriter out, Period.Range range, boolean isHarmless) {
    this.out = out;
    this.range = range;
    this.isHarmless = isHarmless;
  }

  @Override
  public Set<Part> parts() {
    return EnumSet.allOf(Part.class);
  }

  @Override
  public void begin(List<RoomOverview> rooms, OverallCoverage coverage) {
    JsonObject head =
        new JsonObject()
            .put("version", VERSION)
            .put("rooms", rooms.size())
            .put("coverage", Coverages.json(coverage));
    put(head, "since", range.since());
    put(head, "until", range.until());
    line("export", head);
  }

  private static void put(JsonObject object, String name, @Nullable ServerTime time) {
    if (time != null) {
      object.put(name, time.toString());
    }
  }

  @Override
  public void room(RoomOverview room) {
    line("room", RoomsCommand.json(room));
  }

  @Override
  public void message(Room room, Message message) {
    String json = isHarmless ? Harmless.json(message.json()) : message.json();
    print(new JsonObject().putJson("message", json));
  }

  @Override
  public void tombstone(Room room, Tombstone tombstone) {
    line(
        "tombstone",
        new JsonObject()
            .put("id", tombstone.id().value())
            .put("room", room.id().value())
            .put("at", tombstone.at().toString())
            .put("reason", word(tombstone.reason())));
  }

  @Override
  public void end(Sum sum) {
    line(
        "end",
        new JsonObject()
            .put("rooms", sum.rooms())
            .put("messages", sum.messages())
            .put("tombstones", sum.tombstones())
            .put("complete", sum.isComplete()));
  }

  private void line(String kind, JsonObject content) {
    print(new JsonObject().put(kind, content));
  }

  private void print(JsonObject line) {
    out.print(line);
    out.print('\n');
  }

  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
