package dev.strandline.cli;

import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What the library logs, on standard error: warnings, and everything with {@code --debug}. */
final class Logs {
  private Logs() {}

  /** Loads the logging classes only where somebody wants more than warnings. */
  static void configure(List<String> args) {
    System.setProperty("java.util.logging.SimpleFormatter.format", "%4$s: %5$s%6$s%n");
    if (args.contains("--debug")) {
      Logger.getLogger("dev.strandline").setLevel(Level.FINE);
      for (Handler handler : Logger.getLogger("").getHandlers()) {
        handler.setLevel(Level.FINE);
      }
    }
  }
}
