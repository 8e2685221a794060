package dev.strandline.cli;

import dev.strandline.cli.text.Harmless;
import dev.strandline.error.StoreException;
import dev.strandline.error.StrandlineException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns failures into a line on what happened, a line on what to do, and an exit state. */
final class Complaints implements IExecutionExceptionHandler {
  private final StrandlineCommand root;

  Complaints(StrandlineCommand root) {
    this.root = root;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult result) {
    PrintWriter err = command.getErr();
    if (root.debug()) {
      e.printStackTrace(err);
    }
    if (e instanceof NobodyReads) {
      return ExitState.DONE;
    }
    if (e instanceof Problem problem) {
      say(err, problem.getMessage());
      err.println(Harmless.line(problem.advice()));
      return problem.exitState();
    }
    if (e instanceof StrandlineException known) {
      // The library's own messages end in what to do.
      say(err, known.getMessage());
      return known instanceof StoreException ? ExitState.DATABASE : ExitState.of(known.kind());
    }
    say(err, "this is a bug of Strandline's: " + e);
    err.println(
        root.debug()
            ? "Please report it with the trace above."
            : "Please report it with what the same command says with --debug.");
    return ExitState.BUG;
  }

  static int aboutUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    ParameterException unknown = ofHelp(e, args);
    say(err, inOurWords(unknown));
    UnmatchedArgumentException.printSuggestions(unknown, err);
    if (e instanceof MissingParameterException) {
      unknownOptions(command, args).forEach(option -> aboutUnknown(command, option, err));
    }
    err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitState.USAGE;
  }

  private static String inOurWords(ParameterException e) {
    boolean isCommand =
        e instanceof UnmatchedArgumentException unmatched
            && !unmatched.isUnknownOption()
            && e.getCommandLine().getParent() == null;
    return isCommand
        ? "there is no command '" + ((UnmatchedArgumentException) e).getUnmatched().get(0) + "'."
        : inWords(String.valueOf(e.getMessage()));
  }

  /** The parser of the command line speaks well, but for values that are not of a Java type. */
  private static String inWords(String message) {
    return message
        .replaceFirst(
            "'(.*)' is not an? (int|long|short)$", "'$1' is not a whole number of this size")
        .replaceFirst("(?s)cannot convert '(.*)' to .*", "'$1' cannot be used here");
  }

  /** Tells that the JVM's memory did not do. */
  static int aboutMemory(PrintWriter err) {
    say(err, "the memory that Java may use is too little. What was stored stays.");
    err.println("Allow more, as in: export STRANDLINE_JAVA_OPTS=-Xmx512m");
    return ExitState.BUG;
  }

  /** Tells that arguments came with letters that the locale has not. */
  static int aboutLetters(PrintWriter err) {
    say(
        err,
        "an argument holds letters that cannot be read in this locale (LC_ALL, LC_CTYPE, LANG).");
    err.println("Run it with LC_ALL=C.UTF-8, and give the argument in UTF-8.");
    return ExitState.USAGE;
  }

  private static void aboutUnknown(CommandLine command, String option, PrintWriter err) {
    UnmatchedArgumentException unknown = new UnmatchedArgumentException(command, List.of(option));
    say(err, unknown.getMessage());
    UnmatchedArgumentException.printSuggestions(unknown, err);
  }

  /** Where an option is missing, a mistyped one is often why; picocli tells of the first alone. */
  private static List<String> unknownOptions(CommandLine command, String[] args) {
    return Arrays.stream(args)
        .takeWhile(arg -> !arg.equals("--"))
        .filter(arg -> arg.startsWith("--"))
        .map(arg -> arg.replaceFirst("=.*", ""))
        .filter(name -> !command.getCommandSpec().optionsMap().containsKey(name))
        .filter(name -> !command.getCommandSpec().negatedOptionsMap().containsKey(name))
        .toList();
  }

  /** What is asked for help on is looked for among the commands, too. */
  private static ParameterException ofHelp(ParameterException e, String[] args) {
    boolean isHelp = args.length > 1 && args[0].equals("help");
    return isHelp && !(e instanceof UnmatchedArgumentException)
        ? new UnmatchedArgumentException(e.getCommandLine(), List.of(args[1]))
        : e;
  }

  /** Tells that what was printed did not all get to where standard output leads. */
  static int aboutResults(PrintWriter err, @Nullable IOException failure) {
    say(
        err,
        "the results could not all be written: " + (failure == null ? "" : failure.getMessage()));
    err.println("What standard output leads to is cut off. Make room and run the same again.");
    return ExitState.DATABASE;
  }

  private static void say(PrintWriter err, @Nullable String what) {
    err.println("strandline: " + Harmless.line(String.valueOf(what)));
  }
}
