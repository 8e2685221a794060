package dev.strandline.samples.backend;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens, and writes it down in the text format that Prometheus reads. */
final class Metrics {
  private static final String PREFIX = "strandline_backend_";

  private final Map<String, LongAdder> answers = new ConcurrentSkipListMap<>();
  private final Map<String, LongAdder> syncs = new ConcurrentSkipListMap<>();

  void answered(int status) {
    add(answers, status / 100 + "xx");
  }

  /**
   * A run has ended.
   *
   * @param outcome {@code complete}, {@code partial}, {@code failed} or {@code broken}
   */
  void synchronised(String outcome) {
    add(syncs, outcome);
  }

  private static void add(Map<String, LongAdder> counts, String label) {
    counts.computeIfAbsent(label, first -> new LongAdder()).increment();
  }

  /** What was counted here. */
  Page page() {
    Page page = new Page();
    page.counters("http_answers_total", "Answers given, by status.", "status", answers);
    page.counters("syncs_total", "Runs that have ended, by outcome.", "outcome", syncs);
    return page;
  }

  /** One scrape. */
  static final class Page {
    private final StringBuilder text = new StringBuilder();

    Page gauge(String name, String help, Number value) {
      head(name, help, "gauge");
      text.append(PREFIX).append(name).append(' ').append(value).append('\n');
      return this;
    }

    Page gauges(String name, String help, String label, Map<String, ? extends Number> values) {
      head(name, help, "gauge");
      values.forEach((key, value) -> labelled(name, label, key, value));
      return this;
    }

    Page counter(String name, String help, long value) {
      head(name, help, "counter");
      text.append(PREFIX).append(name).append(' ').append(value).append('\n');
      return this;
    }

    private void counters(String name, String help, String label, Map<String, LongAdder> values) {
      head(name, help, "counter");
      values.forEach((key, value) -> labelled(name, label, key, value.sum()));
    }

    private void head(String name, String help, String type) {
      text.append("# HELP ").append(PREFIX).append(name).append(' ').append(help).append('\n');
      text.append("# TYPE ").append(PREFIX).append(name).append(' ').append(type).append('\n');
    }

    private void labelled(String name, String label, String key, Number value) {
      text.append(PREFIX).append(name);
      text.append('{').append(label).append("=\"").append(key).append("\"} ");
      text.append(value).append('\n');
    }

    String text() {
      return text.toString();
    }
  }
}
