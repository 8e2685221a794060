package dev.strandline.cli;

import dev.strandline.OverallCoverage;
import dev.strandline.cli.text.Moments;
import dev.strandline.model.ServerTime;

/** Whether and when the server was asked which rooms there are. */
final class Directories {
  private Directories() {}

  static String words(OverallCoverage all, Surroundings surroundings) {
    ServerTime read = all.directoryReadAt();
    return read == null
        ? "The list of rooms was never read, so there may be others: run strandline sync --all."
        : "The list of rooms was read "
            + (Moments.isDate(read)
                ? Moments.age(read, surroundings.clock().instant()) + "."
                : "at no known date.");
  }
}
