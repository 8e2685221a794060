package dev.strandline.cli.text;

import dev.strandline.model.ServerTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Times and durations for people, in the viewer's time zone. Immutable. */
public final class Moments {
  private static final String NO_DATE = "no date known";

  /** Before there was such a server. */
  private static final ServerTime FIRST_DATE =
      ServerTime.ofEpochMilli(Instant.parse("1971-01-01T00:00:00Z").toEpochMilli());

  private final DateTimeFormatter minutes;
  private final DateTimeFormatter seconds;

  /** For viewers in {@code zone}. */
  public Moments(ZoneId zone) {
    minutes = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(zone);
    seconds = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(zone);
  }

  /** To the minute; {@code -} for none. */
  public String minute(@Nullable ServerTime time) {
    return time == null ? "-" : minutes.format(time.toInstant());
  }

  /** To the second; {@code -} for none. */
  public String second(@Nullable ServerTime time) {
    return time == null ? "-" : second(time.toInstant());
  }

  /** To the second. */
  public String second(Instant time) {
    return seconds.format(time);
  }

  /** The two largest units: {@code 850 ms}, {@code 12 s}, {@code 3 min 5 s}, {@code 2 d 4 h}. */
  public static String duration(Duration duration) {
    if (duration.isNegative()) {
      return "-" + duration(duration.negated());
    }
    if (duration.toSeconds() < 1) {
      return duration.toMillis() + " ms";
    }
    if (duration.toMinutes() < 1) {
      return duration.toSeconds() + " s";
    }
    if (duration.toHours() < 1) {
      return two(duration.toMinutes(), "min", duration.toSecondsPart(), "s");
    }
    if (duration.toDays() < 1) {
      return two(duration.toHours(), "h", duration.toMinutesPart(), "min");
    }
    return two(duration.toDays(), "d", duration.toHoursPart(), "h");
  }

  /**
   * The moment of a position or a claim, to the second. One at or near 1970 stands for a server
   * that told no date, or for a room in which nothing was ever written.
   */
  public String known(@Nullable ServerTime time) {
    return time == null || !isDate(time) ? NO_DATE : second(time);
  }

  /** How long before {@code now} a position or a claim is, such as {@code 12 s ago}. */
  public static String age(@Nullable ServerTime time, Instant now) {
    if (time == null || !isDate(time)) {
      return NO_DATE;
    }
    Duration age = Duration.between(time.toInstant(), now);
    // The clocks of server and device need not agree.
    return age.isNegative() ? "now" : duration(age) + " ago";
  }

  /** Whether a position or a claim has a date at all. */
  public static boolean isDate(ServerTime time) {
    return !time.isBefore(FIRST_DATE);
  }

  /** With a comma at each thousand. */
  public static String number(long number) {
    // Hundreds of times for a table, in a process that has just begun: a Formatter is slow then.
    StringBuilder digits = new StringBuilder(Long.toString(number));
    for (int at = digits.length() - 3; at > (number < 0 ? 1 : 0); at -= 3) {
      digits.insert(at, ',');
    }
    return digits.toString();
  }

  private static String two(long large, String largeUnit, int small, String smallUnit) {
    return large + " " + largeUnit + (small == 0 ? "" : " " + small + " " + smallUnit);
  }
}
