package dev.strandline.cli;

import dev.strandline.cli.text.Moments;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** What the commands share that read a database and ask no server. */
abstract class ReadingCommand implements Callable<Integer> {
  @ParentCommand
  @SuppressWarnings("NullAway.Init") // set by picocli
  private StrandlineCommand root;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Mixin private Database database = new Database();

  @Option(names = "--json", description = "Print JSON instead, an object a line.")
  private boolean json;

  final Database database() {
    return database;
  }

  final boolean json() {
    return json;
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** Where to say what is no failure. */
  final PrintWriter notes() {
    return root.notes();
  }

  final Surroundings surroundings() {
    return root.surroundings();
  }

  /** Whether more is to be told than most people ask for. */
  final boolean verbose() {
    return root.verbose();
  }

  final Moments moments() {
    return surroundings().moments();
  }

  final CommandSpec spec() {
    return spec;
  }
}
