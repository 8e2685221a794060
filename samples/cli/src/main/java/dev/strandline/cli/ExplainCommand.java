package dev.strandline.cli;

import static dev.strandline.cli.text.Table.note;
import static dev.strandline.cli.text.Table.numbers;
import static dev.strandline.cli.text.Table.text;
import static dev.strandline.cli.text.Table.words;

import dev.strandline.Explanation;
import dev.strandline.Explanation.Place;
import dev.strandline.LocalCopy;
import dev.strandline.cli.text.Coverages;
import dev.strandline.cli.text.JournalWords;
import dev.strandline.cli.text.Table;
import dev.strandline.journal.Trace;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code strandline explain}. */
@Command(
    name = "explain",
    header = "Tells why a message is here, or is not.",
    description = {
      "Which page of which run stored, changed or removed it, as far as the journal "
          + "reaches; and for one that is not stored, where it could be: what is known to be "
          + "complete, and what is not.",
      "",
      "Examples:",
      "  strandline explain --db chat.db 4vqAhCxm3bTmPPvpr",
      "  strandline explain --db chat.db --json 4vqAhCxm3bTmPPvpr"
    })
final class ExplainCommand extends ReadingCommand {
  @Parameters(paramLabel = "ID", description = "The message.")
  @SuppressWarnings("NullAway.Init") // required
  private String id;

  @Option(
      names = "--room",
      paramLabel = "ROOM",
      description = "Where it is not stored: look at this room only.")
  private @Nullable String room;

  @Override
  public Integer call() {
    MessageId message = GivenId.message(id, "Give the id of a message.");
    return database()
        .read(
            local -> {
              Explanation explanation = local.explain(message);
              RoomId only = room == null ? null : RoomChoice.stored(local, room);
              if (json()) {
                out().println(ExplanationJson.of(explanation, only));
              } else {
                print(local, explanation, only);
              }
              out().flush();
              return ExitState.DONE;
            });
  }

  private void print(LocalCopy local, Explanation explanation, @Nullable RoomId only) {
    Labels labels = new Labels(local);
    new Verdicts(explanation, labels, moments()).sentences().forEach(out()::println);
    Table traces =
        Table.of(
            words("WHAT"),
            words("WHEN"),
            numbers("RUN"),
            text("OF"),
            text("OVER"),
            numbers("PAGE"),
            words("TO"),
            text("BY ASKING FOR"));
    add(traces, labels, "stored", explanation.added());
    if (explanation.written() != null && !explanation.written().equals(explanation.added())) {
      add(traces, labels, "changed", explanation.written());
    }
    add(traces, labels, "removed", explanation.removed());
    if (explanation.buried() != null && !explanation.buried().equals(explanation.removed())) {
      add(traces, labels, "buried", explanation.buried());
    }
    explanation.quarantine().forEach(odd -> add(traces, labels, "quarantined", odd.by()));
    if (!traces.isEmpty()) {
      out().println();
      traces.print(out(), surroundings().cells());
    }
    printPlaces(explanation, labels, only);
  }

  private void add(Table table, Labels labels, String what, @Nullable Trace trace) {
    if (trace == null) {
      return;
    }
    if (trace.page() == null) {
      String page = trace.number() == 0 ? "-" : Long.toString(trace.number());
      String why = trace.number() == 0 ? "outside of a run" : "no longer in the journal";
      table.row(what, "-", "-", "", "", page, why, "");
      return;
    }
    table.row(
        what,
        moments().second(trace.page().startedAt()),
        Long.toString(trace.page().run()),
        trace.run() == null ? "" : JournalWords.run(trace.run()),
        trace.pass() == null ? "" : labels.of(trace.pass().scope()),
        Long.toString(trace.number()),
        JournalWords.purpose(trace.page().purpose()),
        JournalWords.question(trace.page().question(), moments()));
  }

  private void printPlaces(Explanation explanation, Labels labels, @Nullable RoomId only) {
    Table table = Table.of(text("ROOM"), words("THE MESSAGE WOULD HAVE TO BE"), note("IT IS"));
    for (Place place : explanation.places()) {
      if (only == null || place.room().id().equals(only)) {
        table.row(
            labels.of(Scope.room(place.room().id())),
            Verdicts.wouldHaveToBe(place, moments()),
            Coverages.words(place.coverage(), moments()));
      }
    }
    if (!table.isEmpty()) {
      out().println();
      table.print(out(), surroundings().cells());
    }
  }
}
