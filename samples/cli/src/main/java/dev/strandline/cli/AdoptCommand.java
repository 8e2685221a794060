package dev.strandline.cli;

import dev.strandline.AdoptRequest;
import dev.strandline.SyncOptions;
import dev.strandline.cli.text.Harmless;
import dev.strandline.spi.StoreOwner;
import dev.strandline.transport.http.HttpTransport;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code strandline adopt}. */
@Command(
    name = "adopt",
    header = "Binds the database to its server at a new URL.",
    description = {
      "For a workspace that has moved. The account's user id and the workspace's id have to "
          + "be those of the database, and the server has to accept the account's token; "
          + "otherwise nothing is changed. A change from http to https on the same host needs "
          + "no adoption.",
      "",
      "Example:",
      "  strandline adopt --db chat.db --server https://chat.example.com"
    })
final class AdoptCommand implements Callable<Integer> {
  @ParentCommand
  @SuppressWarnings("NullAway.Init") // set by picocli
  private StrandlineCommand root;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Mixin private Server server = new Server();

  @Mixin private Database database = new Database();

  @Option(
      names = "--from",
      paramLabel = "URL",
      description =
          "The former URL, where the database does not tell it: those of early versions did not"
              + " keep it in readable form.")
  private @Nullable String from;

  @Option(
      names = "--force",
      description =
          "Also where the workspace's id is not known here or not told there. Every room is compared"
              + " whole by the next sync.")
  private boolean force;

  @Option(names = "--json", description = "Print one JSON object instead.")
  private boolean json;

  @Override
  public Integer call() {
    if (server.url() == null) {
      throw Problem.usage("--server is missing.", "Give the server's new URL with --server URL.");
    }
    database.requireExisting();
    SyncOptions options = SyncOptions.builder().retry(server.retryPolicy()).build();
    try (Interruption interruption = new Interruption();
        Opened opened = Engines.open(server, database.file(), options, root)) {
      StoreOwner before = opened.strandline().local().owner().orElse(null);
      StoreOwner owner = opened.strandline().adopt(request(), interruption.cancellation());
      if (json) {
        spec.commandLine().getOut().println(Owners.json(owner));
      } else {
        spec.commandLine()
            .getOut()
            .println(
                database.file()
                    + (owner.equals(before) ? " belongs already to " : " belongs now to ")
                    + Harmless.line(owner.inWords())
                    + ".");
      }
      return ExitState.DONE;
    }
  }

  private AdoptRequest request() {
    AdoptRequest request = AdoptRequest.sameWorkspace();
    String former = from;
    if (former != null) {
      // Asked nothing: it only knows how an account at that URL is called.
      try (HttpTransport transport =
          Engines.transport(server, Server.url("--from", former), root.surroundings())) {
        request = request.from(transport.account());
      }
    }
    return force ? request.withoutWorkspaceId() : request;
  }
}
