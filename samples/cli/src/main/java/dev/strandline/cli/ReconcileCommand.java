package dev.strandline.cli;

import dev.strandline.Failure;
import dev.strandline.Outcome;
import dev.strandline.ReconcileReport;
import dev.strandline.Strandline;
import dev.strandline.SyncOptions;
import dev.strandline.cli.text.Harmless;
import dev.strandline.cli.text.JsonObject;
import dev.strandline.cli.text.Moments;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code strandline reconcile}. */
@Command(
    name = "reconcile",
    header = "Compares a whole room with the server and repairs what differs.",
    description = {
      "For what no ordinary run can bring: deletions that the server has forgotten after 30 days or",
      "never told of, and messages that an administrator brought back. Nothing is wiped. Costs about",
      "one request for each 1000 messages of the room.",
      "",
      "Example:",
      "  strandline reconcile --server https://chat.example.org --db chat.db --room general"
          + " --dry-run"
    })
final class ReconcileCommand implements Callable<Integer> {
  private static final int SHOWN = 10;

  @ParentCommand
  @SuppressWarnings("NullAway.Init") // set by picocli
  private StrandlineCommand root;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Mixin private Server server = new Server();

  @Mixin private Database database = new Database();

  @Option(
      names = "--room",
      required = true,
      paramLabel = "ID",
      description = "The room; a name does where only one stored room has it.")
  @SuppressWarnings("NullAway.Init") // required
  private String room;

  @Option(
      names = "--dry-run",
      description = "Only look; ends with 7 where something differs that a sync would not bring.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print one JSON object, with all the ids.")
  private boolean json;

  @Override
  public Integer call() {
    database.requireExisting();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    SyncOptions options = SyncOptions.builder().retry(server.retryPolicy()).build();
    try (Interruption interruption = new Interruption();
        Strandline strandline =
            Engines.open(server, database.file(), options, root.surroundings())) {
      RoomId id = RoomChoice.stored(strandline.local(), room);
      ReconcileReport report;
      try (Watching watching = Watching.of(root, new Labels(strandline.local()), err)) {
        strandline.onProgress(watching);
        report =
            dryRun
                ? strandline.compare(id, interruption.cancellation())
                : strandline.reconcile(id, interruption.cancellation());
      }
      if (json) {
        out.println(json(report));
      } else {
        print(report, out);
      }
      out.flush();
      Failure failure = report.failure();
      if (failure != null) {
        err.println("strandline: " + Harmless.line(failure.message()));
      }
      server.sayRecorded(err);
      return exitState(report);
    }
  }

  private int exitState(ReconcileReport report) {
    Failure failure = report.failure();
    if (failure != null) {
      return ExitState.of(failure.kind());
    }
    if (report.outcome() != Outcome.COMPLETE) {
      return ExitState.SCOPES_FAILED;
    }
    return dryRun && report.foundDifferences() ? ExitState.DIFFERENCES : ExitState.DONE;
  }

  private static void print(ReconcileReport report, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s: compared %s messages in %d requests.%n",
        report.outcome().word(),
        Moments.number(report.compared()),
        report.requests());
    String done = report.repaired() ? "repaired" : "not repaired";
    line(out, "missing here", done, report.missing());
    line(out, "different here", done, report.different());
    line(out, "gone from the server", done, report.surplus());
    if (report.outcome() == Outcome.COMPLETE && !report.foundDifferences()) {
      out.println("The rows equal the server's.");
    }
    if (report.pending() > 0) {
      out.println(
          Moments.number(report.pending()) + " more are new, and the next sync brings them.");
    }
  }

  private static void line(PrintWriter out, String what, String done, List<MessageId> ids) {
    if (!ids.isEmpty()) {
      String some = String.join(" ", ids.stream().limit(SHOWN).map(MessageId::value).toList());
      out.println(
          Moments.number(ids.size())
              + " "
              + what
              + ", "
              + done
              + ": "
              + Harmless.line(some)
              + (ids.size() > SHOWN ? " …" : ""));
    }
  }

  private static JsonObject json(ReconcileReport report) {
    return new JsonObject()
        .put("room", report.room().value())
        .put("outcome", report.outcome().word())
        .put("repaired", report.repaired())
        .put("requests", report.requests())
        .put("compared", report.compared())
        .putTexts("missing", texts(report.missing()))
        .putTexts("different", texts(report.different()))
        .putTexts("surplus", texts(report.surplus()))
        .put("pending", report.pending())
        .put("error", SyncReports.json(report.failure()));
  }

  private static List<String> texts(List<MessageId> ids) {
    return ids.stream().map(MessageId::value).toList();
  }
}
