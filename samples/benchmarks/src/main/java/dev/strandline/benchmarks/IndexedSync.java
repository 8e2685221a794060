package dev.strandline.benchmarks;

import dev.strandline.SyncOptions;
import dev.strandline.benchmarks.baseline.StrandlineSync;
import dev.strandline.benchmarks.data.Shape;
import dev.strandline.benchmarks.report.Report;
import dev.strandline.benchmarks.report.Verdict;
import dev.strandline.benchmarks.server.ServerProcess;
import dev.strandline.store.sqlite.SqliteStore;
import dev.strandline.store.sqlite.SqliteStore.SearchIndexing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What it costs to keep the full-text index up: the same first sync without it and with it. */
final class IndexedSync implements Benchmark {
  @Override
  public String name() {
    return "search-index";
  }

  @Override
  public void run(Setup setup, Report report) throws Exception {
    Shape shape = setup.shape();
    try (ServerProcess server = ServerProcess.filled(shape);
        Scratch scratch = setup.scratch()) {
      var without = new StrandlineSync(server.address(), SyncOptions.defaults());
      var with =
          without.with("index kept up", SqliteStore.builder().searchIndexing(SearchIndexing.ON));
      Rates rates =
          setup
              .rounds(report)
              .run(List.of(without, with), () -> scratch.empty("indexed.db"), shape.messages());
      String row = "first sync of " + Benchmark.number(shape.messages()) + ", index kept up";
      rates.print(report, row, without);
      sizes(scratch, report, without, with);
      report.verdict(Verdict.atLeast(0.6, row, "without", rates.over(with, without)));
    }
  }

  /** What it costs on disk, too, of one more run of each. */
  private static void sizes(
      Scratch scratch, Report report, StrandlineSync without, StrandlineSync with)
      throws Exception {
    report.table("Size of the file", "program", "bytes");
    for (StrandlineSync each : List.of(without, with)) {
      Path file = scratch.empty("size.db");
      each.run(file);
      report.row(each.name(), Benchmark.number(Files.size(file)));
    }
  }
}
