package dev.strandline.benchmarks.report;

import java.util.Locale;

/**
 * A row of the table of goals: what was wanted of a ratio, and what it was.
 *
 * @param most whether the goal is a bound from above
 */
public record Verdict(String row, String against, double goal, boolean most, Series ratio) {
  /** At least {@code goal} times something. */
  public static Verdict atLeast(double goal, String row, String against, Series ratio) {
    return new Verdict(row, against, goal, false, ratio);
  }

  /** At most {@code goal} times something. */
  public static Verdict atMost(double goal, String row, String against, Series ratio) {
    return new Verdict(row, against, goal, true, ratio);
  }

  boolean isMet() {
    return most ? ratio.median() <= goal : ratio.median() >= goal;
  }

  String line() {
    return String.format(
        Locale.ROOT,
        "| %s | %s %.2f × %s | %s | %s |",
        row,
        most ? "≤" : "≥",
        goal,
        against,
        ratio.text("%.2f"),
        isMet() ? "yes" : "**no**");
  }
}
