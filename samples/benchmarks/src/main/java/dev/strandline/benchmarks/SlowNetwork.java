package dev.strandline.benchmarks;

import dev.strandline.SyncOptions;
import dev.strandline.benchmarks.baseline.Contender;
import dev.strandline.benchmarks.baseline.Floor;
import dev.strandline.benchmarks.baseline.StrandlineSync;
import dev.strandline.benchmarks.data.Shape;
import dev.strandline.benchmarks.report.Report;
import dev.strandline.benchmarks.report.Verdict;
import dev.strandline.benchmarks.server.ServerProcess;
import java.util.List;

/** The first sync again, with every answer 10 ms late. */
final class SlowNetwork implements Benchmark {
  private static final int DELAY_MILLIS = 10;

  @Override
  public String name() {
    return "slow-network";
  }

  @Override
  public void run(Setup setup, Report report) throws Exception {
    Shape shape = setup.shape();
    try (ServerProcess server = ServerProcess.filled(shape);
        Scratch scratch = setup.scratch()) {
      server.delay(DELAY_MILLIS);
      Contender floor = Floor.inserting(Setup.rows(shape));
      Contender strandline = new StrandlineSync(server.address(), SyncOptions.defaults());
      Rates rates =
          setup
              .rounds(report)
              .run(List.of(floor, strandline), () -> scratch.empty("slow.db"), shape.messages());
      String row =
          "first sync of "
              + Benchmark.number(shape.messages())
              + ", every answer "
              + DELAY_MILLIS
              + " ms late";
      rates.print(report, row, floor);
      report.verdict(Verdict.atLeast(0.8, row, "floor", rates.over(strandline, floor)));
    }
  }
}
