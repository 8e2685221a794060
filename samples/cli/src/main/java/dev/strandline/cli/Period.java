package dev.strandline.cli;

import dev.strandline.model.ServerTime;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say of which time something is to be shown. */
final class Period {
  @Option(
      names = {"--since", "--from"},
      paramLabel = "TIME",
      description =
          "Only what is of then or later: "
              + GivenTime.EXAMPLES
              + ". Without an offset it is your time, as everywhere here.")
  private @Nullable String since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "Only what is of before then, written likewise.")
  private @Nullable String until;

  /**
   * A part of time.
   *
   * @param since its beginning; null for none
   * @param until its end, exclusive; null for none
   */
  record Range(@Nullable ServerTime since, @Nullable ServerTime until) {
    boolean isAll() {
      return since == null && until == null;
    }

    boolean isBefore(ServerTime time) {
      return since != null && time.isBefore(since);
    }

    boolean has(@Nullable ServerTime time) {
      return isAll()
          || (time != null && !isBefore(time) && (until == null || time.isBefore(until)));
    }

    boolean has(Instant time) {
      return has(new ServerTime(time.toEpochMilli()));
    }
  }

  boolean isGiven() {
    return since != null || until != null;
  }

  /**
   * What is meant.
   *
   * @throws Problem where it is no time, or nothing is in it
   */
  Range range(Surroundings surroundings) {
    ServerTime from = time("--since", since, surroundings);
    ServerTime to = time("--until", until, surroundings);
    if (from != null && to != null && !from.isBefore(to)) {
      throw Problem.usage(
          "--since " + since + " is not before --until " + until + ".",
          "A day stands for its beginning: to have a day whole, give the one after it to --until.");
    }
    return new Range(from, to);
  }

  private static @Nullable ServerTime time(
      String option, @Nullable String given, Surroundings surroundings) {
    ZoneId zone = surroundings.zone();
    return given == null ? null : GivenTime.of(option, given, zone, surroundings.clock().instant());
  }
}
