package dev.strandline.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import picocli.CommandLine;

/** Starts the command. */
public final class Main {
  /** What this process prints to, under the name that Unix has for it. */
  private static final Path STANDARD_OUTPUT = Path.of("/dev/stdout");

  /** Longer ones have their description in the next line. */
  private static final int LONGEST_OPTION = 24;

  private Main() {}

  /** Runs the command in this process and ends it with the command's exit state. */
  public static void main(String[] args) {
    // As for results: in UTF-8 whatever the locale.
    System.setErr(
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    Logs.configure(Arrays.asList(args));
    Ending.waitForLastWords();
    Outgoing results = new Outgoing(new FileOutputStream(FileDescriptor.out));
    PrintWriter out = results.writer(false);
    PrintWriter err = new Outgoing(new FileOutputStream(FileDescriptor.err)).writer(true);
    int state =
        Arrays.stream(args).anyMatch(Main::isGarbled)
            ? Complaints.aboutLetters(err)
            : execute(commandLine(Surroundings.ofProcess(), out, err), args);
    out.flush();
    if (state == ExitState.DONE && isLost(results)) {
      state = Complaints.aboutResults(err, results.failure());
    }
    err.flush();
    Ending.said();
    System.exit(state);
  }

  private static int execute(CommandLine command, String[] args) {
    try {
      return command.execute(args);
    } catch (OutOfMemoryError e) {
      return Complaints.aboutMemory(command.getErr());
    }
  }

  /** Whether Java could not decode an argument, and put this character in place of its bytes. */
  private static boolean isGarbled(String argument) {
    return argument.indexOf('\ufffd') >= 0;
  }

  /**
   * Whether results are missing where somebody will look for them. A file that cannot grow is no
   * reader who has gone, as behind a pipe.
   */
  private static boolean isLost(Outgoing results) {
    return results.failure() != null && Files.isRegularFile(STANDARD_OUTPUT);
  }

  /** The command over the given streams. */
  static CommandLine commandLine(Surroundings surroundings, PrintWriter out, PrintWriter err) {
    StrandlineCommand root = new StrandlineCommand(surroundings);
    CommandLine command =
        new CommandLine(root)
            .setOut(out)
            .setErr(err)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpAutoWidth(false)
            .setUsageHelpWidth(surroundings.helpWidth())
            .setUsageHelpLongOptionsMaxWidth(LONGEST_OPTION)
            .setColorScheme(CommandLine.Help.defaultColorScheme(ansi(surroundings)))
            .setExecutionExceptionHandler(new Complaints(root))
            .setExecutionStrategy(root::run)
            .setParameterExceptionHandler(Complaints::aboutUsage);
    command.getCommandSpec().usageMessage().footer(StrandlineCommand.FOOTER);
    return command;
  }

  /** Only for a person who watches and wants colours: see no-color.org. */
  private static CommandLine.Help.Ansi ansi(Surroundings surroundings) {
    return surroundings.colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF;
  }
}
