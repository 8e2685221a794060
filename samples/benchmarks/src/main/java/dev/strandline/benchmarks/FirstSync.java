package dev.strandline.benchmarks;

import dev.strandline.SyncOptions;
import dev.strandline.benchmarks.baseline.Contender;
import dev.strandline.benchmarks.baseline.Floor;
import dev.strandline.benchmarks.baseline.Naive;
import dev.strandline.benchmarks.baseline.Sequential;
import dev.strandline.benchmarks.baseline.StrandlineSync;
import dev.strandline.benchmarks.data.Shape;
import dev.strandline.benchmarks.report.Report;
import dev.strandline.benchmarks.report.Verdict;
import dev.strandline.benchmarks.server.ServerProcess;
import java.util.List;

/** From no file to everything, over loopback. */
final class FirstSync implements Benchmark {
  @Override
  public String name() {
    return "first-sync";
  }

  @Override
  public void run(Setup setup, Report report) throws Exception {
    Shape shape = setup.shape();
    try (ServerProcess server = ServerProcess.filled(shape);
        Scratch scratch = setup.scratch()) {
      Contender floor = Floor.inserting(Setup.rows(shape));
      Contender strandline = new StrandlineSync(server.address(), SyncOptions.defaults());
      Contender sequential = new Sequential(server.address());
      Contender batch = Naive.batch(server.address());
      Contender perRow = Naive.perRow(server.address());
      Rates rates =
          setup
              .rounds(report)
              .run(
                  List.of(floor, strandline, sequential, batch, perRow),
                  () -> scratch.empty("first.db"),
                  shape.messages());
      String row = "first sync of " + Benchmark.number(shape.messages());
      rates.print(report, row + " messages over loopback", floor);
      report.verdict(Verdict.atLeast(0.9, row, "floor", rates.over(strandline, floor)));
      report.verdict(Verdict.atLeast(5.5, row, "naive per row", rates.over(strandline, perRow)));
      report.verdict(Verdict.atLeast(3.5, row, "naive batch", rates.over(strandline, batch)));
      report.verdict(Verdict.atLeast(2.8, row, "sequential", rates.over(strandline, sequential)));
    }
  }
}
