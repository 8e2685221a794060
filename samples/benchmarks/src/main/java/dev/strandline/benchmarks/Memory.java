package dev.strandline.benchmarks;

import dev.strandline.SyncOptions;
import dev.strandline.benchmarks.baseline.StrandlineSync;
import dev.strandline.benchmarks.data.Shape;
import dev.strandline.benchmarks.report.Jvm;
import dev.strandline.benchmarks.report.Report;
import dev.strandline.benchmarks.report.Series;
import dev.strandline.benchmarks.report.Verdict;
import dev.strandline.benchmarks.server.ServerProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Whether a small heap is enough, whatever the server holds. */
final class Memory implements Benchmark {
  private static final String HEAP = "-Xmx32m";
  private static final int UNCUT = 50_000;
  private static final int AT_ONCE = 8;

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public void run(Setup setup, Report report) throws Exception {
    int large = setup.largeShape().messages();
    long seed = setup.shape().seed();
    report.table("Memory: a sync with " + HEAP, "what", "ends well");
    first(setup, report, "one room of " + Benchmark.number(large), Shape.of(large, 1, seed));
    first(
        setup,
        report,
        AT_ONCE + " rooms of " + Benchmark.number(setup.shape().messages()) + " in all, at once",
        Shape.of(setup.shape().messages(), AT_ONCE, seed));
    uncut(setup, report, new Shape(Math.min(large, UNCUT), 1, seed, Duration.ofHours(20)));
  }

  private static void first(Setup setup, Report report, String what, Shape shape) throws Exception {
    try (Scratch scratch = setup.scratch();
        ServerProcess server = ServerProcess.filled(shape)) {
      print(report, what, sync(scratch.file("memory.db"), server, Duration.ofMinutes(2)));
    }
  }

  /** Lookback reaches over everything, so one answer shows it all. */
  private static void uncut(Setup setup, Report report, Shape shape) throws Exception {
    try (Scratch scratch = setup.scratch();
        ServerProcess server = ServerProcess.filled(shape)) {
      Path file = scratch.file("memory.db");
      sync(file, server, Duration.ofDays(1));
      print(
          report,
          "an uncut answer of " + Benchmark.number(shape.messages()),
          sync(file, server, Duration.ofDays(1)));
    }
  }

  private static boolean sync(Path file, ServerProcess server, Duration lookback) throws Exception {
    return Jvm.command(
                List.of(HEAP),
                InSmallHeap.class,
                List.of(server.address().toString(), file.toString(), lookback.toString()))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  private static void print(Report report, String what, boolean endsWell) {
    report.row(what, endsWell ? "yes" : "**no**");
    Series ends = new Series();
    ends.add(endsWell ? 1 : 0);
    report.verdict(Verdict.atLeast(1, HEAP + ": " + what, "ending well", ends));
  }

  /** The process with the small heap. */
  static final class InSmallHeap {
    private InSmallHeap() {}

    public static void main(String[] args) {
      SyncOptions options = SyncOptions.builder().lookback(Duration.parse(args[2])).build();
      new StrandlineSync(URI.create(args[0]), options).run(Path.of(args[1]));
    }
  }
}
