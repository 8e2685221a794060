package dev.strandline.cli;

import dev.strandline.model.ServerTime;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;

/** A moment as people write it: the way the command shows them, or as an instant. */
final class GivenTime {
  private static final int DAY = "2026-11-22".length();

  private GivenTime() {}

  /**
   * The moment meant by {@code given}: a day (its beginning), a day and a time, both in {@code
   * zone}, or an instant with {@code Z} or an offset of its own.
   *
   * @param option where it was given, for the complaint
   */
  static ServerTime of(String option, String given, ZoneId zone) {
    try {
      return new ServerTime(instant(given.strip().replace(' ', 'T'), zone).toEpochMilli());
    } catch (DateTimeParseException | ArithmeticException e) {
      throw Problem.usage(
          option + " is no time: '" + given + "'.",
          "Give a day (2026-11-22), a time (\"2026-11-22 08:30\") or an instant"
              + " (2026-11-22T08:30:00Z).");
    }
  }

  private static Instant instant(String given, ZoneId zone) {
    if (given.length() <= DAY) {
      return LocalDate.parse(given).atStartOfDay(zone).toInstant();
    }
    TemporalAccessor time =
        DateTimeFormatter.ISO_DATE_TIME.parseBest(given, ZonedDateTime::from, LocalDateTime::from);
    return time instanceof ZonedDateTime zoned
        ? zoned.toInstant()
        : LocalDateTime.from(time).atZone(zone).toInstant();
  }
}
