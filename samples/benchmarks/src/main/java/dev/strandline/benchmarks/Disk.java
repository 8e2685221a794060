package dev.strandline.benchmarks;

import dev.strandline.SyncOptions;
import dev.strandline.benchmarks.baseline.StrandlineSync;
import dev.strandline.benchmarks.data.Row;
import dev.strandline.benchmarks.data.Shape;
import dev.strandline.benchmarks.data.Workspace;
import dev.strandline.benchmarks.report.Report;
import dev.strandline.benchmarks.report.Series;
import dev.strandline.benchmarks.report.Verdict;
import dev.strandline.benchmarks.server.ServerProcess;
import dev.strandline.store.sqlite.SqliteStore;
import dev.strandline.store.sqlite.SqliteStore.Documents;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** How large a file is, after a first sync, for what is in it: with plain documents and compact. */
final class Disk implements Benchmark {
  @Override
  public String name() {
    return "disk";
  }

  @Override
  public void run(Setup setup, Report report) throws Exception {
    Shape shape = setup.shape();
    long json = bytesOfJson(shape);
    report.table(
        "Disk, " + Benchmark.number(shape.messages()) + " messages in " + shape.rooms() + " rooms",
        "documents",
        "bytes of JSON",
        "bytes of the file",
        "ratio");
    try (ServerProcess server = ServerProcess.filled(shape);
        Scratch scratch = setup.scratch()) {
      var sync = new StrandlineSync(server.address(), SyncOptions.defaults());
      Series compact = new Series();
      for (Documents documents : List.of(Documents.PLAIN, Documents.COMPACT)) {
        Path file = scratch.empty("disk.db");
        sync.with("", SqliteStore.builder().documents(documents)).run(file);
        double ratio = (double) Files.size(file) / json;
        report.row(
            documents.name().toLowerCase(Locale.ROOT),
            Benchmark.number(json),
            Benchmark.number(Files.size(file)),
            String.format(Locale.ROOT, "%.2f", ratio));
        if (documents == Documents.COMPACT) {
          compact.add(ratio);
        }
      }
      report.verdict(Verdict.atMost(0.9, "bytes on disk, compact", "bytes of JSON", compact));
    }
  }

  private static long bytesOfJson(Shape shape) {
    long bytes = 0;
    Workspace workspace = new Workspace(shape);
    for (int room = 0; room < shape.rooms(); room++) {
      for (Row row : workspace.room(room)) {
        bytes += row.json().getBytes(StandardCharsets.UTF_8).length;
      }
    }
    return bytes;
  }
}
