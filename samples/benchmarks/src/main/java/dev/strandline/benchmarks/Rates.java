package dev.strandline.benchmarks;

import dev.strandline.benchmarks.baseline.Contender;
import dev.strandline.benchmarks.report.Report;
import dev.strandline.benchmarks.report.Series;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** How many messages a second each contender came to, by round. */
final class Rates {
  private final Map<Contender, Series> rates = new LinkedHashMap<>();
  private final Map<Contender, Double> first = new HashMap<>();

  Rates(List<Contender> contenders) {
    contenders.forEach(contender -> rates.put(contender, new Series()));
  }

  /** What a contender came to in a fresh process, before Java had compiled. */
  void first(Contender contender, double rate) {
    first.put(contender, rate);
  }

  void add(Contender contender, double rate) {
    of(contender).add(rate);
  }

  Series of(Contender contender) {
    return Objects.requireNonNull(rates.get(contender), "not a contender");
  }

  private double inFirst(Contender contender) {
    return Objects.requireNonNull(first.get(contender), "not a contender");
  }

  /** How many times as fast as another a contender was. */
  Series over(Contender contender, Contender other) {
    return of(contender).over(of(other));
  }

  /** Prints what each came to, and its share of {@code reference}. */
  void print(Report report, String title, Contender reference) {
    report.table(
        title, "program", "messages a second", "× " + reference.name(), "× it, in the first round");
    for (Contender contender : rates.keySet()) {
      report.row(
          contender.name(),
          of(contender).text("%,.0f"),
          over(contender, reference).text("%.2f"),
          String.format(Locale.ROOT, "%.2f", inFirst(contender) / inFirst(reference)));
    }
  }
}
