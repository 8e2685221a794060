package dev.strandline.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code strandline help exit-codes}: the one place that tells them. */
@Command(
    name = "exit-codes",
    header = "Tells what commands end with.",
    description = "The exit code of every command, for scripts.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:a bug of Strandline's",
      "2:the command line makes no sense",
      "3:not authorised: credentials are missing, or the server refuses them",
      "4:the server cannot be reached",
      "5:some rooms or threads failed",
      "6:the database cannot be used, or a file cannot be written",
      "7:differences or findings (reconcile --dry-run, doctor)",
      "130:stopped with Ctrl-C (SIGINT); what was done stays",
      "143:stopped with SIGTERM; what was done stays"
    })
final class ExitCodesCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getOut());
    return ExitState.DONE;
  }
}
