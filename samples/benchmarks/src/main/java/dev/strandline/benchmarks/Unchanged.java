package dev.strandline.benchmarks;

import dev.strandline.SyncOptions;
import dev.strandline.benchmarks.baseline.Contender;
import dev.strandline.benchmarks.baseline.Floor;
import dev.strandline.benchmarks.baseline.Sequential;
import dev.strandline.benchmarks.baseline.StrandlineSync;
import dev.strandline.benchmarks.data.Shape;
import dev.strandline.benchmarks.report.Report;
import dev.strandline.benchmarks.report.Verdict;
import dev.strandline.benchmarks.server.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The same answers again: every message was written within the lookback, so a second sync is shown
 * all of them once more and finds that none has changed.
 */
final class Unchanged implements Benchmark {
  private static final Duration LOOKBACK = Duration.ofDays(1);

  @Override
  public String name() {
    return "unchanged";
  }

  @Override
  public void run(Setup setup, Report report) throws Exception {
    Shape all = setup.shape();
    Shape shape =
        new Shape(all.messages(), all.rooms(), all.seed(), LOOKBACK.minus(Duration.ofHours(4)));
    SyncOptions options = SyncOptions.builder().lookback(LOOKBACK).build();
    try (ServerProcess server = ServerProcess.filled(shape);
        Scratch scratch = setup.scratch()) {
      Contender upsert = Floor.upserting(Setup.rows(shape));
      // Asks and parses as Strandline does, and writes without looking as the other does.
      Contender sequential = new Sequential(server.address());
      Contender strandline = new StrandlineSync(server.address(), options);
      Path synced = scratch.empty("synced.db");
      strandline.run(synced);
      Path again = scratch.file("again.db");
      Rates rates =
          setup
              .rounds(report)
              .run(
                  List.of(upsert, strandline, sequential),
                  () -> {
                    scratch.copy(synced, again);
                    return again;
                  },
                  shape.messages());
      String row = "the same " + Benchmark.number(shape.messages()) + " messages again";
      rates.print(report, row, upsert);
      report.verdict(
          Verdict.atLeast(2, row, "upsert of rows in memory", rates.over(strandline, upsert)));
      report.verdict(
          Verdict.atLeast(
              2, row, "upsert of the same answers", rates.over(strandline, sequential)));
    }
  }
}
