package dev.strandline.cli.demo;

import dev.strandline.cli.SurroundingsOf;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code strandline demo}. */
@Command(
    name = "demo",
    header = "Shows in a few seconds what Strandline is for; needs no server.",
    description = {
      "On a fake server in this process: a first sync, a night offline in which much "
          + "changes, and the catching up; beside it a client that follows the server's own "
          + "cursors, and what that one loses. Leaves the database to look at.",
      "",
      "Needs no server, no account and no network."
    })
public final class DemoCommand implements Callable<Integer> {
  @ParentCommand
  @SuppressWarnings("NullAway.Init") // set by picocli
  private SurroundingsOf root;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = "--db",
      paramLabel = "FILE",
      defaultValue = "strandline-demo.db",
      description =
          "The database to leave. A former demo's is replaced, any other file refused. Default:"
              + " ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init") // has a default
  private Path file;

  @Override
  public Integer call() throws Exception {
    return new DemoStory(file, root.surroundings(), spec.commandLine().getOut()).tell();
  }
}
