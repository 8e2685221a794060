package dev.strandline.benchmarks;

import dev.strandline.benchmarks.data.Shape;
import dev.strandline.benchmarks.report.Jvm;
import dev.strandline.benchmarks.report.Report;
import dev.strandline.benchmarks.report.Series;
import dev.strandline.benchmarks.report.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** The time from nothing to the answer of {@code status}, a process each time. */
final class Start implements Benchmark {
  /** With what the command starts its JVM too. */
  private static final List<String> FAST_START =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  @Override
  public String name() {
    return "start";
  }

  @Override
  public void run(Setup setup, Report report) throws Exception {
    if (!Files.exists(setup.cli())) {
      report.doing("start is left out: there is no " + setup.cli() + "; name it with --cli");
      return;
    }
    Shape shape = setup.shape();
    try (Scratch scratch = setup.scratch()) {
      Path file = scratch.file("start.db");
      Filled.make(file, shape);
      ProcessBuilder status =
          new ProcessBuilder(setup.cli().toString(), "status", "--db", file.toString());
      status.environment().put("JAVA_HOME", System.getProperty("java.home"));
      ProcessBuilder bare = Jvm.command(FAST_START, Bare.class, List.of(file.toString()));
      Series ours = new Series();
      Series theirs = new Series();
      for (int round = 0; round <= 2 * setup.rounds(); round++) {
        double a = millis(status);
        double b = millis(bare);
        if (round > 0) {
          ours.add(a);
          theirs.add(b);
        }
      }
      String title = "Start: status on " + Benchmark.number(shape.rooms()) + " rooms";
      report.table(title, "program", "ms");
      report.row("strandline status", ours.text("%.0f"));
      report.row("a bare program that opens the file and reads as much", theirs.text("%.0f"));
      report.verdict(Verdict.atMost(1.3, title, "a bare program", ours.over(theirs)));
    }
  }

  private static double millis(ProcessBuilder command) throws Exception {
    long begun = System.nanoTime();
    int state =
        command
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start()
            .waitFor();
    if (state != 0) {
      throw new IllegalStateException(command.command() + " ended with " + state);
    }
    return (System.nanoTime() - begun) / 1e6;
  }

  /** Reads what {@code status} shows, and prints it. */
  static final class Bare {
    private static final String QUESTION =
        "SELECT r.room_id, s.updated_settled, s.deleted_settled, s.claim_as_of, u.outcome,"
            + " (SELECT count(*) FROM messages m WHERE m.room_key = r.room_key),"
            + " (SELECT count(*) FROM threads t WHERE t.room_key = r.room_key AND t.replies > 0),"
            + " (SELECT count(*) FROM tombstones t WHERE t.room_key = r.room_key),"
            + " (SELECT count(*) FROM quarantine q WHERE q.room_key = r.room_key)"
            + " FROM rooms r JOIN room_state s USING (room_key)"
            + " LEFT JOIN scope_runs u ON u.scope = 'room:' || r.room_id ORDER BY r.room_id";

    private Bare() {}

    public static void main(String[] args) throws SQLException {
      try (var connection = DriverManager.getConnection("jdbc:sqlite:" + args[0]);
          var statement = connection.createStatement();
          var rows = statement.executeQuery(QUESTION)) {
        StringBuilder out = new StringBuilder();
        while (rows.next()) {
          for (int column = 1; column <= 9; column++) {
            out.append(rows.getString(column)).append(' ');
          }
          out.append('\n');
        }
        System.out.print(out);
      }
    }
  }
}
