package dev.strandline.benchmarks;

import dev.strandline.Outcome;
import dev.strandline.Strandline;
import dev.strandline.SyncOptions;
import dev.strandline.SyncReport;
import dev.strandline.SyncRequest;
import dev.strandline.benchmarks.baseline.StrandlineSync;
import dev.strandline.benchmarks.data.Shape;
import dev.strandline.benchmarks.report.Report;
import dev.strandline.benchmarks.report.Series;
import dev.strandline.benchmarks.report.Verdict;
import dev.strandline.benchmarks.server.ServerProcess;
import dev.strandline.model.RoomId;
import java.nio.file.Path;

/** A hundred changes in ten rooms, found in a small store and in a large one. */
final class CatchUp implements Benchmark {
  private static final int SMALL = 50_000;
  private static final int CHANGES = 100;
  private static final int ROOMS = 10;

  /** So short a sync is measured so often, and its median taken. */
  private static final int SHORT_ONES = 9;

  @Override
  public String name() {
    return "catch-up";
  }

  @Override
  public void run(Setup setup, Report report) throws Exception {
    Shape large = setup.largeShape();
    Shape small = Shape.of(Math.min(SMALL, large.messages()), large.rooms(), large.seed());
    try (Scratch scratch = setup.scratch();
        Client inSmall = new Client(report, scratch.file("small.db"), small);
        Client inLarge = new Client(report, scratch.file("large.db"), large)) {
      for (int round = 0; round <= 2 * setup.rounds(); round++) {
        inSmall.round(round > 0);
        inLarge.round(round > 0);
      }
      report.table(
          CHANGES + " changes in " + ROOMS + " rooms",
          "messages in the store",
          "ms for those rooms",
          "ms for all " + large.rooms() + " rooms");
      inSmall.print(report);
      inLarge.print(report);
      String where = "the same in " + Benchmark.number(small.messages());
      String row = "catch-up of 100 changes in " + Benchmark.number(large.messages());
      report.verdict(Verdict.atMost(1.2, row, where, inLarge.some.over(inSmall.some)));
      report.verdict(
          Verdict.atMost(1.2, row + ", all rooms asked", where, inLarge.every.over(inSmall.every)));
    }
  }

  /** One store with its server, at work all the time. */
  private static final class Client implements AutoCloseable {
    private final Shape shape;
    private final ServerProcess server;
    private final Strandline strandline;
    private final Series some = new Series();
    private final Series every = new Series();

    Client(Report report, Path file, Shape shape) throws Exception {
      this.shape = shape;
      report.doing("filling a store with " + shape.messages() + " messages");
      Filled.make(file, shape);
      server = ServerProcess.empty(shape);
      strandline = new StrandlineSync(server.address(), SyncOptions.defaults()).open(file);
      sync(SyncRequest.everything());
    }

    void round(boolean counts) {
      SyncRequest.Builder rooms = SyncRequest.builder();
      for (int i = 0; i < ROOMS; i++) {
        rooms.room(new RoomId(shape.roomId(shape.changingRoom(i, ROOMS))));
      }
      Series times = new Series();
      for (int i = 0; i < SHORT_ONES; i++) {
        server.change(ROOMS, CHANGES);
        times.add(sync(rooms.build()));
      }
      server.change(ROOMS, CHANGES);
      double ofAll = sync(SyncRequest.everything());
      if (counts) {
        some.add(times.median());
        every.add(ofAll);
      }
    }

    private double sync(SyncRequest request) {
      long begun = System.nanoTime();
      SyncReport report = strandline.sync(request);
      double millis = (System.nanoTime() - begun) / 1e6;
      if (report.outcome() != Outcome.COMPLETE) {
        throw new IllegalStateException("the catch-up did not complete: " + report);
      }
      return millis;
    }

    void print(Report report) {
      report.row(Benchmark.number(shape.messages()), some.text("%.1f"), every.text("%.0f"));
    }

    @Override
    public void close() {
      strandline.close();
      server.close();
    }
  }
}
