package dev.strandline.cli;

import static dev.strandline.cli.text.Table.numbers;
import static dev.strandline.cli.text.Table.text;
import static dev.strandline.cli.text.Table.words;

import dev.strandline.LocalCopy;
import dev.strandline.RoomOverview;
import dev.strandline.ThreadList;
import dev.strandline.cli.text.Coverages;
import dev.strandline.cli.text.Harmless;
import dev.strandline.cli.text.JsonObject;
import dev.strandline.cli.text.Table;
import dev.strandline.model.Message;
import dev.strandline.model.RoomId;
import dev.strandline.model.ThreadSummary;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code strandline threads}. */
@Command(
    name = "threads",
    header = "Lists stored threads.",
    description = {
      "Room by room, the latest reply first. --since and --until are about the latest reply.",
      "",
      "Example:",
      "  strandline threads --db chat.db --room general --limit 10"
    })
final class ThreadsCommand extends ReadingCommand {
  private static final int MOST = 10_000;

  @Option(
      names = "--room",
      paramLabel = "ID",
      description = "Only this room's; a name does where only one room has it.")
  private @Nullable String room;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "At most so many of a room, up to 10,000. Default: ${DEFAULT-VALUE}.")
  private int limit;

  @Mixin private Period period = new Period();

  @Override
  public Integer call() {
    if (limit < 1 || limit > MOST) {
      throw Problem.usage(
          "--limit must be 1 to 10000, not " + limit + ".", "Give a smaller number.");
    }
    Period.Range range = period.range(surroundings());
    Table table =
        Table.of(
            text("ROOM"),
            numbers("REPLIES"),
            words("LAST REPLY"),
            text("STARTED BY"),
            text("WITH"),
            words("ID"));
    database()
        .read(
            local -> {
              for (RoomId id : rooms(local)) {
                // With a time the latest are not always among those that are wanted.
                ThreadList threads = local.threads(id, range.isAll() ? limit : MOST);
                String name =
                    local.room(id).map(found -> Labels.of(found.room())).orElse(id.value());
                for (ThreadSummary thread : within(range, threads)) {
                  if (json()) {
                    out().println(json(thread));
                  } else {
                    table.row(cells(name, thread));
                  }
                }
                if (room != null) {
                  sayCoverage(threads);
                }
              }
              return local;
            });
    if (!json()) {
      table.print(out(), surroundings().cells());
    }
    out().flush();
    return ExitState.DONE;
  }

  private List<ThreadSummary> within(Period.Range range, ThreadList threads) {
    return threads.threads().stream()
        .filter(thread -> range.has(thread.lastReplyAt()))
        .limit(limit)
        .toList();
  }

  private List<RoomId> rooms(LocalCopy local) {
    return room != null
        ? List.of(RoomChoice.stored(local, room))
        : local.rooms().stream().map(RoomOverview::room).map(found -> found.id()).toList();
  }

  private void sayCoverage(ThreadList threads) {
    notes().println("The room is " + Coverages.words(threads.coverage(), moments()) + ".");
  }

  private String[] cells(String room, ThreadSummary thread) {
    Message message = thread.rootMessage();
    String author = message == null ? null : message.authorName();
    return new String[] {
      room,
      Integer.toString(thread.replies()),
      moments().minute(thread.lastReplyAt()),
      author == null ? "" : author,
      message == null ? "(not stored)" : MessageLine.shown(message),
      thread.root().value()
    };
  }

  private static JsonObject json(ThreadSummary thread) {
    Message message = thread.rootMessage();
    return new JsonObject()
        .put("root", thread.root().value())
        .put("room", thread.room().value())
        .put("replies", thread.replies())
        .put("lastReplyAt", thread.lastReplyAt() == null ? null : thread.lastReplyAt().toString())
        .putJson("rootMessage", message == null ? null : Harmless.json(message.json()));
  }
}
