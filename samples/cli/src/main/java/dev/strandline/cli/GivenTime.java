package dev.strandline.cli;

import dev.strandline.model.ServerTime;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A moment as people write it: the way the command shows them, by how long ago, or an instant. */
final class GivenTime {
  /** For the help of options that take one. */
  static final String EXAMPLES = "yesterday, 2h, 7d, 2026-11-22 or \"2026-11-22 08:30\"";

  private static final int DAY = "2026-11-22".length();
  private static final Pattern AGO = Pattern.compile("((?:[0-9]{1,9}(?:ms|s|m|h|d|w))+)( ?ago)?");
  private static final Pattern NAMED =
      Pattern.compile("(today|yesterday)(?:[ t]([0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?))?");

  private GivenTime() {}

  /**
   * The moment meant by {@code given}: a day (its beginning), a day and a time, or a time of today,
   * all in {@code zone}; {@code today}, {@code yesterday}, {@code now}; a duration before {@code
   * now}; or an instant with {@code Z} or an offset of its own.
   *
   * @param option where it was given, for the complaint
   */
  static ServerTime of(String option, String given, ZoneId zone, Instant now) {
    try {
      return new ServerTime(instant(given.strip(), zone, now).toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      throw Problem.usage(
          option + " is no time: '" + given + "'.",
          "Give " + EXAMPLES + ", or an instant: 2026-11-22T08:30:00Z.");
    }
  }

  private static Instant instant(String given, ZoneId zone, Instant now) {
    String lower = given.toLowerCase(Locale.ROOT);
    if (lower.equals("now")) {
      return now;
    }
    Matcher ago = AGO.matcher(lower);
    if (ago.matches()) {
      return now.minus(duration(ago.group(1)));
    }
    LocalDate today = now.atZone(zone).toLocalDate();
    Matcher named = NAMED.matcher(lower);
    if (named.matches()) {
      LocalDate day = named.group(1).equals("today") ? today : today.minusDays(1);
      return named.group(2) == null
          ? day.atStartOfDay(zone).toInstant()
          : day.atTime(time(named.group(2))).atZone(zone).toInstant();
    }
    if (given.indexOf('-') < 0) {
      return today.atTime(time(given)).atZone(zone).toInstant();
    }
    return written(given.replace(' ', 'T'), zone);
  }

  private static Duration duration(String given) {
    Duration sum = Duration.ZERO;
    for (String part : given.split("(?<=[a-z])(?=[0-9])", -1)) {
      sum =
          part.endsWith("w")
              ? sum.plus(Duration.ofDays(7 * Long.parseLong(part.substring(0, part.length() - 1))))
              : sum.plus(new Durations().convert(part));
    }
    return sum;
  }

  private static LocalTime time(String given) {
    return LocalTime.parse(given.indexOf(':') == 1 ? "0" + given : given);
  }

  private static Instant written(String given, ZoneId zone) {
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
