package dev.strandline.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import picocli.CommandLine;

/** Starts the command. */
public final class Main {
  private Main() {}

  /** Runs the command in this process and ends it with the command's exit state. */
  public static void main(String[] args) {
    Logs.configure(Arrays.asList(args));
    // UTF-8 whatever the locale: messages leave as the server sent them.
    PrintWriter out = writer(FileDescriptor.out, false);
    PrintWriter err = writer(FileDescriptor.err, true);
    int state = commandLine(Surroundings.ofProcess(), out, err).execute(args);
    out.flush();
    err.flush();
    System.exit(state);
  }

  /** The command over the given streams. */
  static CommandLine commandLine(Surroundings surroundings, PrintWriter out, PrintWriter err) {
    StrandlineCommand root = new StrandlineCommand(surroundings);
    return new CommandLine(root)
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(false)
        .setUsageHelpWidth(100)
        .setExecutionExceptionHandler(new Complaints(root))
        .setParameterExceptionHandler(Complaints::aboutUsage);
  }

  private static PrintWriter writer(FileDescriptor stream, boolean flushing) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(stream), StandardCharsets.UTF_8), flushing);
  }
}
