package dev.strandline.benchmarks;

import dev.strandline.benchmarks.report.Report;
import java.util.Locale;

/** One thing that is measured. */
interface Benchmark {
  /** What it is called on the command line. */
  String name();

  void run(Setup setup, Report report) throws Exception;

  static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
