package dev.strandline.cli;

import static dev.strandline.cli.text.Table.text;
import static dev.strandline.cli.text.Table.words;

import dev.strandline.LocalCopy;
import dev.strandline.RunDiff;
import dev.strandline.RunDiff.Changed;
import dev.strandline.cli.text.JsonObject;
import dev.strandline.cli.text.Table;
import dev.strandline.model.Message;
import dev.strandline.model.Scope;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code strandline diff}. */
@Command(
    name = "diff",
    header = "Lists what changed from one run to another.",
    description = {
      "Messages that were added, changed or removed between the ends of two runs. What "
          + "came and went in between is no difference. 'unsure' are messages that have been "
          + "written again or removed since: whether they also changed in between is not "
          + "known any more. Reads every message.",
      "",
      "Examples:",
      "  strandline diff --db chat.db 3        what changed after run 3",
      "  strandline diff --db chat.db 3 7      what runs 4 to 7 changed"
    })
final class DiffCommand extends ReadingCommand {
  @Parameters(
      index = "0",
      paramLabel = "RUN",
      description = "The earlier run; 0 for the time before the first.")
  private long from;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "RUN",
      description = "The later run. Default: the newest.")
  private @Nullable Long to;

  @Override
  public Integer call() {
    return database()
        .read(
            local -> {
              RunDiff diff = diff(local);
              Sheet sheet = new Sheet(local);
              diff.added().forEach(each -> sheet.add("added", each));
              diff.changed().forEach(each -> sheet.add("changed", each));
              diff.removed().forEach(each -> sheet.add("removed", each));
              diff.unsure().forEach(each -> sheet.add("unsure", each));
              sheet.print();
              say(diff);
              return ExitState.DONE;
            });
  }

  private RunDiff diff(LocalCopy local) {
    long later = to == null ? local.journal().reach().lastRun() : to;
    if (from < 0 || later <= from) {
      throw Problem.usage(
          "run " + later + " is not later than run " + from + ".", HistoryCommand.reach(local));
    }
    return local
        .journal()
        .diff(from, later)
        .orElseThrow(
            () ->
                Problem.usage(
                    "the journal cannot tell runs " + from + " and " + later + " apart any more.",
                    HistoryCommand.reach(local)));
  }

  /** What is not in the list. */
  private void say(RunDiff diff) {
    if (diff.letGo() > 0) {
      notes().println(diff.letGo() + " more were let go of; their ids are not known any more.");
    }
    if (diff.runsMissing() > 0) {
      notes()
          .println(
              diff.runsMissing()
                  + " of the runs are not in the journal any more: what they let go of, or purged,"
                  + " is not counted.");
    }
  }

  /** Where the differences go: straight out as JSON, or into a table. */
  private final class Sheet {
    private final LocalCopy local;
    private final Labels labels;
    private final Table table =
        Table.of(words("WHAT"), text("ROOM"), words("SENT"), text("MESSAGE"), words("ID"));

    Sheet(LocalCopy local) {
      this.local = local;
      labels = new Labels(local);
    }

    void add(String what, Changed each) {
      if (json()) {
        out()
            .println(
                new JsonObject()
                    .put("change", what)
                    .put("room", each.room().value())
                    .put("id", each.id().value()));
        return;
      }
      Message message = local.message(each.id()).message();
      table.row(
          what,
          labels.of(Scope.room(each.room())),
          message == null ? "-" : moments().minute(message.sentAt()),
          message == null ? "" : MessageLine.shown(message),
          each.id().value());
    }

    void print() {
      if (!json() && table.isEmpty()) {
        notes().println("Nothing changed.");
      } else if (!json()) {
        table.print(out(), surroundings().cells());
      }
      out().flush();
    }
  }
}
