package dev.strandline.cli;

import dev.strandline.cli.inspect.InspectServer;
import dev.strandline.store.sqlite.SqliteStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code strandline inspect}. */
@Command(
    name = "inspect",
    header = "Shows the database in a browser.",
    description = {
      "Serves a page to look into the database: rooms with what their rows are worth "
          + "on a time line, messages with edits and deletions, threads, the last runs, "
          + "quarantine.",
      "",
      "Listens on this machine only, prints a link that is good for one browser, and "
          + "runs until it is stopped (Ctrl-C). Reads only, asks no server, and follows a "
          + "sync that is running.",
      "",
      "Examples:",
      "  strandline inspect --db chat.db",
      "  strandline inspect --db chat.db --open --port 4040"
    })
final class InspectCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** A person is waiting: better to hear soon that somebody holds the file. */
  private static final Duration BUSY = Duration.ofSeconds(2);

  @ParentCommand
  @SuppressWarnings("NullAway.Init") // set by picocli
  private StrandlineCommand root;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Mixin private Database database = new Database();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "0",
      description = "Where to listen on 127.0.0.1; 0 takes a free port. Default: ${DEFAULT-VALUE}.")
  private int port;

  @Option(
      names = "--open",
      description = {
        "Open the page in this desktop's browser. The link is passed on as an argument, which other",
        "accounts of this machine could read: where there are any, open the printed one yourself."
      })
  private boolean open;

  @Override
  public Integer call() throws InterruptedException {
    if (port < 0 || port > 65_535) {
      throw Problem.usage(
          "--port must be 0 to 65535, not " + port + ".", "See: strandline inspect --help");
    }
    database.requireExisting();
    try (Ending ending = new Ending(PATIENCE, "the page was still being read.", () -> {});
        SqliteStore store = database.open(SqliteStore.builder().busyTimeout(BUSY));
        InspectServer server = start(store)) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(server.link());
      out.flush();
      root.notes().println("Open this link in a browser. Stop with Ctrl-C.");
      if (open) {
        openBrowser(server.link());
      }
      ending.await();
    }
    return ExitState.DONE;
  }

  private InspectServer start(SqliteStore store) {
    try {
      return InspectServer.start(store, database.file(), port, root.surroundings().clock());
    } catch (IOException e) {
      throw Problem.usage(
          "cannot listen on port " + port + ": " + e.getMessage(),
          "Choose another port; --port 0 takes a free one.");
    }
  }

  private void openBrowser(String link) {
    for (List<String> opener : openers()) {
      try {
        new ProcessBuilder(with(opener, link))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
        return;
      } catch (IOException e) {
        // Not on this machine: perhaps the next one is.
      }
    }
    spec.commandLine().getErr().println("No program was found that opens a browser here.");
  }

  private static List<List<String>> openers() {
    String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    if (system.contains("win")) {
      return List.of(List.of("rundll32", "url.dll,FileProtocolHandler"));
    }
    return system.contains("mac")
        ? List.of(List.of("open"))
        : List.of(List.of("xdg-open"), List.of("gio", "open"), List.of("wslview"));
  }

  private static List<String> with(List<String> command, String last) {
    return Stream.concat(command.stream(), Stream.of(last)).toList();
  }
}
