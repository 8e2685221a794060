package dev.strandline.benchmarks;

import dev.strandline.LocalCopy;
import dev.strandline.benchmarks.baseline.HandWrittenReads;
import dev.strandline.benchmarks.data.Row;
import dev.strandline.benchmarks.data.Shape;
import dev.strandline.benchmarks.data.Workspace;
import dev.strandline.benchmarks.report.Report;
import dev.strandline.benchmarks.report.Series;
import dev.strandline.benchmarks.report.Verdict;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** What an application asks most often, next to JDBC written for the one question. */
final class Reads implements Benchmark {
  private static final int PAGE = 50;
  private static final int TIMES = 2_000;

  @Override
  public String name() {
    return "reads";
  }

  private interface Question {
    long ask(int time) throws Exception;
  }

  @Override
  public void run(Setup setup, Report report) throws Exception {
    Shape shape = setup.largeShape();
    try (Scratch scratch = setup.scratch()) {
      Path file = scratch.file("reads.db");
      report.doing("filling a store with " + shape.messages() + " messages");
      Filled.make(file, shape);
      List<Row> room = new Workspace(shape).room(shape.rooms() / 2);
      List<String> roots =
          room.stream().map(Row::thread).filter(Objects::nonNull).distinct().limit(100).toList();
      try (SqliteStore store = SqliteStore.openReadOnly(file);
          HandWrittenReads byHand = new HandWrittenReads(file)) {
        LocalCopy local = LocalCopy.of(store);
        report.table(
            "Reads in " + Benchmark.number(shape.messages()) + " messages",
            "question",
            "Strandline, µs",
            "JDBC by hand, µs");
        compare(
            setup,
            report,
            "the latest 50 of a room",
            time -> local.messages(room(shape, time), null, PAGE).messages().size(),
            time -> byHand.latest(room(shape, time).value(), PAGE).size());
        compare(
            setup,
            report,
            "a page of a thread",
            time -> local.replies(root(roots, time), null, PAGE).messages().size(),
            time -> byHand.replies(root(roots, time).value(), PAGE).size());
        compare(
            setup,
            report,
            "a room's unread count",
            time -> local.unread(room(shape, time)).orElseThrow(),
            time -> byHand.unread(room(shape, time).value()));
      }
    }
  }

  private static RoomId room(Shape shape, int time) {
    return new RoomId(shape.roomId(time * 7 % shape.rooms()));
  }

  private static MessageId root(List<String> roots, int time) {
    return new MessageId(roots.get(time % roots.size()));
  }

  private static void compare(
      Setup setup, Report report, String what, Question ours, Question byHand) throws Exception {
    Series oursMicros = new Series();
    Series byHandMicros = new Series();
    // What comes first lets Java compile: a program that shows messages has asked for many.
    for (int round = -5; round < setup.rounds(); round++) {
      double a = micros(ours);
      double b = micros(byHand);
      if (round >= 0) {
        oursMicros.add(a);
        byHandMicros.add(b);
      }
    }
    report.row(what, oursMicros.text("%.0f"), byHandMicros.text("%.0f"));
    report.verdict(Verdict.atMost(1.3, what, "JDBC by hand", oursMicros.over(byHandMicros)));
  }

  private static double micros(Question question) throws Exception {
    long found = 0;
    long begun = System.nanoTime();
    for (int time = 0; time < TIMES; time++) {
      found += question.ask(time);
    }
    double micros = (System.nanoTime() - begun) / 1e3 / TIMES;
    if (found < 0) {
      throw new IllegalStateException("less than nothing was found");
    }
    return micros;
  }
}
