package dev.strandline.benchmarks;

import dev.strandline.benchmarks.report.Machine;
import dev.strandline.benchmarks.report.Report;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs the benchmarks that are named, or all of them, and prints Markdown. */
@Command(
    name = "strandline-benchmarks",
    mixinStandardHelpOptions = true,
    description = "Measures Strandline against programs that do the same work by hand.")
public final class Main implements Callable<Integer> {
  private static final List<Benchmark> ALL =
      List.of(
          new FirstSync(),
          new SlowNetwork(),
          new IndexedSync(),
          new Unchanged(),
          new CatchUp(),
          new Reads(),
          new Memory(),
          new Start(),
          new Disk(),
          new Migration());

  private final PrintStream out;
  private final PrintStream err;

  @Mixin private Setup setup = new Setup();

  @Parameters(
      paramLabel = "BENCHMARK",
      description =
          "first-sync, slow-network, search-index, unchanged, catch-up, reads, memory, start, disk,"
              + " migration. Default: all.")
  private List<String> names = List.of();

  Main(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Runs them and ends the process. */
  public static void main(String[] args) {
    PrintStream out =
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    System.exit(new CommandLine(new Main(out, err)).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    List<Benchmark> chosen =
        ALL.stream().filter(each -> names.isEmpty() || names.contains(each.name())).toList();
    if (chosen.size() < names.size()) {
      err.println(
          "There is no such benchmark. There are: " + ALL.stream().map(Benchmark::name).toList());
      return CommandLine.ExitCode.USAGE;
    }
    Files.createDirectories(setup.folder());
    Report report = new Report(out, err);
    Machine.describe(report, setup.folder());
    for (Benchmark benchmark : chosen) {
      report.doing("== " + benchmark.name());
      benchmark.run(setup, report);
    }
    report.end();
    return CommandLine.ExitCode.OK;
  }
}
