package dev.strandline.cli;

import dev.strandline.cli.text.Moments;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * What a command knows of where it runs.
 *
 * @param environment the environment variables
 * @param cells how many cells a line of standard output has; 0 where nobody watches it
 * @param watched whether a person watches standard error
 * @param zone the viewer's time zone
 * @param clock the device's clock
 */
public record Surroundings(
    Map<String, String> environment, int cells, boolean watched, ZoneId zone, InstantSource clock) {

  /**
   * Which of the streams a person watches: {@code STRANDLINE_TERMINAL}, which the launcher sets to
   * the terminal's width and the names of the streams, such as {@code "120 out err"}. A JVM cannot
   * find out by itself.
   */
  private static final String TERMINAL = "STRANDLINE_TERMINAL";

  private static final int USUAL_WIDTH = 80;

  /** Below that picocli has no room for a description beside an option. */
  private static final int NARROWEST = 55;

  private static final int WIDEST = 100;

  static Surroundings ofProcess() {
    Map<String, String> environment = System.getenv();
    List<String> terminal = List.of(environment.getOrDefault(TERMINAL, "").split(" ", -1));
    return new Surroundings(
        environment,
        terminal.contains("out") ? width(terminal) : 0,
        terminal.contains("err"),
        ZoneId.systemDefault(),
        InstantSource.system());
  }

  private static int width(List<String> terminal) {
    return terminal.stream()
        .filter(word -> word.matches("[1-9][0-9]{1,4}"))
        .mapToInt(Integer::parseInt)
        .findFirst()
        .orElse(USUAL_WIDTH);
  }

  /** How long a line of help is: as the terminal has it, within what can be read. */
  int helpWidth() {
    return cells == 0 ? USUAL_WIDTH : Math.max(NARROWEST, Math.min(WIDEST, cells));
  }

  /** Whether colours may be printed: a person watches, who did not say no. */
  boolean colours() {
    return cells > 0
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }

  /** Times as the viewer reads them. */
  public Moments moments() {
    return new Moments(zone);
  }
}
