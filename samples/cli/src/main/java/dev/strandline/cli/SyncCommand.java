package dev.strandline.cli;

import dev.strandline.Failure;
import dev.strandline.Following;
import dev.strandline.Outcome;
import dev.strandline.ScopeReport;
import dev.strandline.Strandline;
import dev.strandline.SyncReport;
import dev.strandline.SyncRequest;
import dev.strandline.cli.text.Harmless;
import dev.strandline.cli.text.RoomListWords;
import dev.strandline.error.StoreException;
import dev.strandline.error.StrandlineException;
import dev.strandline.store.sqlite.SqliteStore.Documents;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code strandline sync}. */
@Command(
    name = "sync",
    header = "Brings rooms and threads to the present.",
    description = {
      "What was read stays whatever happens; run it again to go on. The database is "
          + "created where it is missing.",
      "",
      "Examples:",
      "  strandline sync --server https://chat.example.org --db chat.db --all",
      "  strandline sync --db chat.db --room general --room @ada --history 5000",
      "  strandline sync --db chat.db --follow",
      "  strandline sync --server https://chat.example.org --db new.db \\",
      "      --room general --record rec --scrub share"
    })
final class SyncCommand implements Callable<Integer> {
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
      paramLabel = "ROOM",
      description = "A room, by its name (with or without # or @) or its id. Repeatable.")
  private List<String> rooms = List.of();

  @Option(
      names = "--thread",
      paramLabel = "ID",
      description = "A thread, by the id of its first message. Repeatable.")
  private List<String> threads = List.of();

  @Option(names = "--all", description = "Every room of the account's.")
  private boolean all;

  @Option(
      names = "--changes",
      description =
          "Every room of the account's in which something happened, as far as two requests tell, and"
              + " those not asked about for long: cheap enough for every minute.")
  private boolean changes;

  @Option(
      names = "--follow",
      description =
          "Go on until stopped, by Ctrl-C or SIGTERM: --changes again and again, every 15 seconds"
              + " while something happens, every 2 minutes while nothing does, and later after"
              + " failures. A line for every run that brought something; with --json one for every"
              + " run. With --room, that room is asked about first.")
  private boolean follow;

  @Mixin private Tuning tuning = new Tuning();

  @Option(
      names = "--documents",
      paramLabel = "plain|compact",
      description =
          "How the file keeps messages: compact takes about half the room; text, author and dates"
              + " stay readable for other tools, the rest of a message for strandline. A file stays"
              + " as it is until told otherwise; then it is converted first. New ones: plain.")
  private Documents documents = Documents.AS_THEY_ARE;

  @Option(names = "--json", description = "Print one JSON object instead of a table.")
  private boolean json;

  @Override
  public Integer call() {
    if (follow && (all || !threads.isEmpty())) {
      throw new ParameterException(
          spec.commandLine(),
          "--follow goes with --room and --changes, not with --all or --thread");
    }
    if (!follow && !all && !changes && rooms.isEmpty() && threads.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "Nothing to synchronise: name --room or --thread, or ask for --all, --changes or --follow");
    }
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (Interruption interruption = new Interruption();
        Opened opened =
            Engines.open(
                server, database.file(), documents, tuning.options(server.retryPolicy()), root)) {
      Strandline strandline = opened.strandline();
      Labels labels = new Labels(strandline.local());
      if (follow) {
        return follow(strandline, interruption, out, err);
      }
      SyncReport report = run(strandline, labels, interruption, err);
      if (json) {
        out.println(SyncReports.json(report));
      } else if (!root.quiet()) {
        SyncReports.table(report, labels).print(out, root.surroundings().cells());
      }
      out.flush();
      complain(report, labels, err);
      server.sayRecorded(root.notes());
      return exitState(report);
    }
  }

  private int follow(
      Strandline strandline, Interruption interruption, PrintWriter out, PrintWriter err) {
    PrintWriter lines = root.quiet() && !json ? new PrintWriter(Writer.nullWriter()) : out;
    FollowOutput output =
        new FollowOutput(root.surroundings(), json, root.verbose(), lines, err, root.notes());
    AtomicReference<Following> self = new AtomicReference<>();
    Following following =
        strandline.follow(
            report -> {
              if (!output.after(report)) {
                // Whoever was reading has gone.
                Objects.requireNonNull(self.get()).stop();
              }
            });
    self.set(following);
    RoomChoice.onServer(strandline, rooms, interruption.cancellation()).forEach(following::hint);
    interruption.besides(following::stop);
    if (interruption.cancellation().isCancelled()) {
      following.stop();
    }
    following.run();
    output.atTheEnd(following.state(), strandline);
    server.sayRecorded(root.notes());
    Failure endedBy = following.state().endedBy();
    return endedBy == null ? ExitState.DONE : exitState(endedBy);
  }

  private SyncReport run(
      Strandline strandline, Labels labels, Interruption interruption, PrintWriter err) {
    Expected expected = Expected.missing(strandline.local(), tuning.history(), all);
    try (Watching watching = Watching.of(root, labels, expected, err)) {
      strandline.onProgress(watching);
      SyncRequest request;
      try {
        request = request(strandline, interruption);
      } catch (StoreException e) {
        throw e;
      } catch (StrandlineException e) {
        // The server could not be asked about a name: a report like that of any run that failed.
        return SyncReport.failed(Failure.of(e));
      }
      return strandline.sync(request, interruption.cancellation());
    }
  }

  private SyncRequest request(Strandline strandline, Interruption interruption) {
    SyncRequest.Builder request = SyncRequest.builder();
    if (all) {
      request.everything();
    }
    if (changes) {
      request.changes();
    }
    // What makes no sense is refused before anything is asked.
    for (String thread : threads) {
      request.thread(GivenId.message(thread, "Give --thread the id of a thread's root."));
    }
    RoomChoice.onServer(strandline, rooms, interruption.cancellation()).forEach(request::room);
    return request.build();
  }

  private void complain(SyncReport report, Labels labels, PrintWriter err) {
    Failure stoppedBy = report.stoppedBy();
    if (stoppedBy != null) {
      err.println("strandline: " + Harmless.line(stoppedBy.message()));
    }
    for (ScopeReport scope : report.scopes()) {
      Failure failure = scope.failure();
      // Those that were not tried repeat what stopped the run.
      if (failure != null && !failure.equals(stoppedBy)) {
        err.println(labels.of(scope.scope()) + ": " + Harmless.line(failure.message()));
      }
    }
    if (report.unreadable() > 0) {
      err.println(RoomListWords.unreadable(report.unreadable()));
    }
    if (report.scopes().stream().anyMatch(scope -> scope.quarantined() > 0)) {
      root.notes()
          .println(
              "Some messages could not be parsed; they are kept verbatim in the quarantine table.");
    }
    if (report.scopes().isEmpty() && stoppedBy == null && !changes && report.unreadable() == 0) {
      root.notes().println("The account has no rooms.");
    }
  }

  private static int exitState(Failure failure) {
    return failure.cause() instanceof StoreException
        ? ExitState.DATABASE
        : ExitState.of(failure.kind());
  }

  private static int exitState(SyncReport report) {
    Failure stoppedBy = report.stoppedBy();
    if (stoppedBy != null) {
      return exitState(stoppedBy);
    }
    return report.outcome() == Outcome.COMPLETE ? ExitState.DONE : ExitState.SCOPES_FAILED;
  }
}
