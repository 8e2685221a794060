package dev.strandline.benchmarks;

import dev.strandline.benchmarks.data.Row;
import dev.strandline.benchmarks.data.Shape;
import dev.strandline.benchmarks.data.Workspace;
import dev.strandline.benchmarks.report.Report;
import dev.strandline.benchmarks.report.Series;
import dev.strandline.benchmarks.report.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** How large the file is for what is in it. */
final class Disk implements Benchmark {
  @Override
  public String name() {
    return "disk";
  }

  @Override
  public void run(Setup setup, Report report) throws Exception {
    Shape shape = setup.shape();
    try (Scratch scratch = setup.scratch()) {
      Path file = scratch.file("disk.db");
      Filled.make(file, shape);
      long json = 0;
      Workspace workspace = new Workspace(shape);
      for (int room = 0; room < shape.rooms(); room++) {
        for (Row row : workspace.room(room)) {
          json += row.json().getBytes(StandardCharsets.UTF_8).length;
        }
      }
      report.table("Disk", "messages", "bytes of JSON", "bytes of the file");
      report.row(
          Benchmark.number(shape.messages()),
          Benchmark.number(json),
          Benchmark.number(Files.size(file)));
      Series ratio = new Series();
      ratio.add((double) Files.size(file) / json);
      report.verdict(Verdict.atMost(0.9, "bytes on disk", "bytes of JSON", ratio));
    }
  }
}
