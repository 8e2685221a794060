package dev.strandline.benchmarks.report;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Prints what is measured as Markdown, to be pasted into the documentation. */
public final class Report {
  private final PrintStream out;
  private final PrintStream progress;
  private final List<Verdict> verdicts = new ArrayList<>();

  /**
   * @param progress for whoever waits
   */
  public Report(PrintStream out, PrintStream progress) {
    this.out = out;
    this.progress = progress;
  }

  /** Tells a person who waits what is being done. */
  public void doing(String what) {
    progress.println(what);
  }

  /** Starts a table. */
  public void table(String title, String... columns) {
    out.println();
    out.println("### " + title);
    out.println();
    row(columns);
    out.println("|" + " --- |".repeat(columns.length));
  }

  public void row(String... cells) {
    out.println("| " + String.join(" | ", cells) + " |");
  }

  /** Adds a row to the table of goals, which ends the report. */
  public void verdict(Verdict verdict) {
    verdicts.add(verdict);
    progress.println(verdict.line());
  }

  /** Prints the table of goals. */
  public void end() {
    table("Goals", "row", "goal", "measured", "met");
    verdicts.forEach(verdict -> out.println(verdict.line()));
    out.flush();
  }

  public void line(String text) {
    out.println(text);
  }
}
