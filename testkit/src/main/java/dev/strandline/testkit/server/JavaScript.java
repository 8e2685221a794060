package dev.strandline.testkit.server;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the server's language makes of the texts that clients send: several traps of the API are
 * nothing else.
 */
final class JavaScript {
  private static final Pattern INTEGER = Pattern.compile("\\s*([+-]?\\d+)", Pattern.DOTALL);
  private static final Pattern SMALL_NUMBER = Pattern.compile("\\d{1,2}");
  private static final Pattern ISO =
      Pattern.compile(
          "(\\d{4}|[+-]\\d{6})(?:-(\\d\\d)(?:-(\\d\\d))?)?"
              + "(?:[T ](\\d\\d):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d+))?)?(Z|[+-]\\d\\d:?\\d\\d)?)?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern ISO_DATE_TIME =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\d[T\\s]\\d\\d:\\d\\d:(\\d\\d)(?:\\.\\d+)?(?:Z|[+-]\\d\\d(?::?\\d\\d)?)?",
          Pattern.CASE_INSENSITIVE);
  private static final double LARGEST_DATE = 8.64e15;

  private JavaScript() {}

  /**
   * {@code parseInt(text, 10)} as a date: takes whatever integer the text begins with, so an ISO
   * date is its year.
   */
  static OptionalLong parseIntAsDate(String text) {
    Matcher integer = INTEGER.matcher(text);
    if (!integer.lookingAt()) {
      return OptionalLong.empty();
    }
    double value = Double.parseDouble(integer.group(1));
    return Math.abs(value) > LARGEST_DATE ? OptionalLong.empty() : OptionalLong.of((long) value);
  }

  /**
   * The number that a validator's coercion makes of a parameter: decimal, exponent, hex, octal and
   * binary pass.
   */
  static OptionalDouble coerceNumber(String text) {
    if (text.isEmpty()) {
      return OptionalDouble.empty();
    }
    String trimmed = text.strip();
    if (trimmed.isEmpty()) {
      return OptionalDouble.of(0);
    }
    String lower = trimmed.toLowerCase(Locale.ROOT);
    try {
      if (lower.startsWith("0x")) {
        return OptionalDouble.of((double) Long.parseLong(lower.substring(2), 16));
      } else if (lower.startsWith("0o")) {
        return OptionalDouble.of((double) Long.parseLong(lower.substring(2), 8));
      } else if (lower.startsWith("0b")) {
        return OptionalDouble.of((double) Long.parseLong(lower.substring(2), 2));
      }
      // Java alone would take "1d", "0x1p3" and "NaN".
      return lower.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)(e[+-]?\\d+)?")
          ? OptionalDouble.of(Double.parseDouble(lower))
          : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  /**
   * {@code Date.parse(text)}: ISO forms, the e-mail form, and the small numbers that it takes for
   * years and months ("0" is the year 2000). A text without a zone is read as UTC. Milliseconds
   * since 1970 are no date.
   */
  static OptionalLong parseDate(String text) {
    String trimmed = text.strip();
    if (SMALL_NUMBER.matcher(trimmed).matches()) {
      return smallNumber(Integer.parseInt(trimmed));
    }
    Matcher iso = ISO.matcher(trimmed);
    try {
      if (iso.matches()) {
        return OptionalLong.of(iso(iso).toEpochMilli());
      }
      return OptionalLong.of(
          OffsetDateTime.parse(trimmed, DateTimeFormatter.RFC_1123_DATE_TIME)
              .toInstant()
              .toEpochMilli());
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
  }

  /**
   * Whether a schema's {@code iso-date-time} takes the text: date and time, zone optional. It takes
   * leap seconds too, which {@link #parseDate} does not.
   */
  static boolean isIsoDateTime(String text) {
    Matcher shape = ISO_DATE_TIME.matcher(text);
    if (!shape.matches()) {
      return false;
    }
    if (!shape.group(1).equals("60")) {
      return parseDate(text).isPresent();
    }
    String before = text.substring(0, shape.start(1)) + "59" + text.substring(shape.end(1));
    OptionalLong last = parseDate(before);
    return last.isPresent() && Math.floorMod(last.getAsLong() / 1000, 86_400) == 86_399;
  }

  private static OptionalLong smallNumber(int number) {
    if (number >= 1 && number <= 12) {
      return OptionalLong.of(startOf(2001, number));
    } else if (number >= 13 && number <= 31) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(startOf(number < 50 ? 2000 + number : 1900 + number, 1));
  }

  private static long startOf(int year, int month) {
    return YearMonth.of(year, month)
        .atDay(1)
        .atStartOfDay()
        .toInstant(ZoneOffset.UTC)
        .toEpochMilli();
  }

  private static Instant iso(Matcher iso) {
    LocalDate date = LocalDate.of(Integer.parseInt(iso.group(1)), part(iso, 2, 1), part(iso, 3, 1));
    LocalTime time = LocalTime.of(part(iso, 4, 0), part(iso, 5, 0), part(iso, 6, 0));
    String fraction = iso.group(7);
    long millis = fraction == null ? 0 : Long.parseLong((fraction + "00").substring(0, 3));
    String zone = iso.group(8);
    ZoneOffset offset =
        zone == null ? ZoneOffset.UTC : ZoneOffset.of(zone.toUpperCase(Locale.ROOT));
    return date.atTime(time).toInstant(offset).plusMillis(millis);
  }

  private static int part(Matcher iso, int group, int otherwise) {
    String digits = iso.group(group);
    return digits == null ? otherwise : Integer.parseInt(digits);
  }
}
