package dev.strandline.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What one quantity came to in each round. */
public final class Series {
  private final List<Double> values = new ArrayList<>();

  public void add(double value) {
    values.add(value);
  }

  public int size() {
    return values.size();
  }

  public double median() {
    List<Double> sorted = sorted();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  public double least() {
    return sorted().get(0);
  }

  public double most() {
    return sorted().get(values.size() - 1);
  }

  /** In each round, this series over {@code other}: what both had to share is left out. */
  public Series over(Series other) {
    Series ratios = new Series();
    for (int i = 0; i < values.size(); i++) {
      ratios.add(values.get(i) / other.values.get(i));
    }
    return ratios;
  }

  /** The median, and from where to where the rounds went. */
  public String text(String format) {
    String all = format + (values.size() > 1 ? " (" + format + "–" + format + ")" : "");
    return values.size() > 1
        ? String.format(Locale.ROOT, all, median(), least(), most())
        : String.format(Locale.ROOT, all, median());
  }

  private List<Double> sorted() {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted;
  }
}
