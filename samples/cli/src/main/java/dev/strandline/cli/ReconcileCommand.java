package dev.strandline.cli;

import dev.strandline.Failure;
import dev.strandline.LocalCopy;
import dev.strandline.Outcome;
import dev.strandline.ReconcileReport;
import dev.strandline.ReconcileReport.Unchecked;
import dev.strandline.ReconcileReport.Way;
import dev.strandline.ReconcileRequest;
import dev.strandline.Strandline;
import dev.strandline.SyncOptions;
import dev.strandline.WhyWhole;
import dev.strandline.cli.text.Harmless;
import dev.strandline.cli.text.JsonObject;
import dev.strandline.cli.text.Moments;
import dev.strandline.model.MessageId;
import dev.strandline.model.Scope;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code strandline reconcile}. */
@Command(
    name = "reconcile",
    header = "Compares a room or a thread with the server and repairs what differs.",
    description = {
      "For what no ordinary run can bring: deletions that the server has forgotten "
          + "after 30 days or never told of, and messages that an administrator brought "
          + "back. Nothing is wiped. A room costs about one request for each 1000 messages, "
          + "a thread one. With --quick a room is counted where that can tell, for a handful "
          + "of requests; that finds what is gone, and neither content that differs nor "
          + "messages brought back while as many others went.",
      "",
      "Example:",
      "  strandline reconcile --db chat.db --room general --dry-run"
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

  @ArgGroup(multiplicity = "1")
  @SuppressWarnings("NullAway.Init") // required
  private What what;

  private static final class What {
    @Option(
        names = "--room",
        required = true,
        paramLabel = "ROOM",
        description = "The room, by its name (with or without # or @) or its id.")
    private @Nullable String room;

    @Option(
        names = "--thread",
        required = true,
        paramLabel = "ID",
        description = "The thread, by the id of its first message.")
    private @Nullable String thread;

    ReconcileRequest request(LocalCopy local) {
      return thread != null
          ? ReconcileRequest.thread(
              GivenId.message(thread, "Give --thread the id of a thread's root."))
          : ReconcileRequest.room(RoomChoice.stored(local, String.valueOf(room)));
    }
  }

  @Option(names = "--quick", description = "Count where that can tell, instead of reading it all.")
  private boolean quick;

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
        Opened opened = Engines.open(server, database.file(), options, root)) {
      Strandline strandline = opened.strandline();
      ReconcileRequest request = what.request(strandline.local());
      request = quick ? request.quickly() : request;
      request = dryRun ? request.withoutRepair() : request;
      ReconcileReport report;
      LocalCopy local = strandline.local();
      try (Watching watching = Watching.of(root, new Labels(local), Expected.whole(local), err)) {
        strandline.onProgress(watching);
        report = strandline.reconcile(request, interruption.cancellation());
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
      server.sayRecorded(root.notes());
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
        "%s: %s %s messages in %d requests.%n",
        report.outcome().word(),
        report.way() == Way.WHOLE ? "compared" : "counted",
        Moments.number(report.compared()),
        report.requests());
    WhyWhole why = report.whyWhole();
    if (why != null && why != WhyWhole.ASKED_FOR) {
      out.println("Every message was read, since " + why.text() + ".");
    }
    String done = report.repaired() ? "repaired" : "not repaired";
    line(out, "missing here", done, report.missing());
    line(out, "different here", done, report.different());
    line(out, "gone from the server", done, report.surplus());
    if (report.outcome() == Outcome.COMPLETE && !report.foundDifferences()) {
      out.println(
          report.way() == Way.WHOLE
              ? "The rows equal the server's."
              : "As many are stored as the server shows.");
    }
    if (!report.unchecked().isEmpty()) {
      out.println("Not checked: " + String.join("; ", unchecked(report, ReconcileCommand::text)));
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

  private static List<String> unchecked(
      ReconcileReport report, Function<Unchecked, String> inWords) {
    return report.unchecked().stream().sorted().map(inWords).toList();
  }

  private static String text(Unchecked what) {
    return switch (what) {
      case CONTENT -> "content that was changed without a new stamp";
      case RESTORED -> "messages brought back while as many others were removed";
      case OLDER_HISTORY -> "what is older than the history that is stored";
    };
  }

  private static JsonObject json(ReconcileReport report) {
    WhyWhole why = report.whyWhole();
    JsonObject object = new JsonObject();
    if (report.scope() instanceof Scope.OfRoom room) {
      object.put("room", room.room().value());
    } else {
      object.put("thread", ((Scope.OfThread) report.scope()).root().value());
    }
    return object
        .put("outcome", report.outcome().word())
        .put("repaired", report.repaired())
        .put("way", report.way().word())
        .put("whyWhole", why == null ? null : why.word())
        .putTexts("unchecked", unchecked(report, Unchecked::word))
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
