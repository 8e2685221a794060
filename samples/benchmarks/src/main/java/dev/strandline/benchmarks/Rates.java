package dev.strandline.benchmarks;

import dev.strandline.benchmarks.baseline.Contender;
import dev.strandline.benchmarks.report.Report;
import dev.strandline.benchmarks.report.Series;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How many messages a second each contender came to, by round. */
final class Rates {
  private final Map<Contender, Series> rates = new LinkedHashMap<>();

  Rates(List<Contender> contenders) {
    contenders.forEach(contender -> rates.put(contender, new Series()));
  }

  void add(Contender contender, double rate) {
    of(contender).add(rate);
  }

  Series of(Contender contender) {
    return Objects.requireNonNull(rates.get(contender), "not a contender");
  }

  /** How many times as fast as another a contender was. */
  Series over(Contender contender, Contender other) {
    return of(contender).over(of(other));
  }

  /** Prints what each came to, and its share of {@code reference}. */
  void print(Report report, String title, Contender reference) {
    report.table(title, "program", "messages a second", "× " + reference.name());
    for (Contender contender : rates.keySet()) {
      report.row(
          contender.name(), of(contender).text("%,.0f"), over(contender, reference).text("%.2f"));
    }
  }
}
