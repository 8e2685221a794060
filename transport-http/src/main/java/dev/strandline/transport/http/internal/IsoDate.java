package dev.strandline.transport.http.internal;

import dev.strandline.model.ServerTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Dates as the server writes them: {@code 2021-09-24T19:19:47.911Z} (facts 8). */
final class IsoDate {
  private static final int USUAL_LENGTH = 24;

  private IsoDate() {}

  /** Earlier than anything that was ever sent, and what databases take for a date. */
  private static final long YEAR_ZERO = -62_167_219_200_000L;

  /** The date that {@code text} is; null where it is none, or out of range. */
  static @Nullable ServerTime parse(String text) {
    try {
      long millis = isUsual(text) ? usual(text) : Instant.parse(text).toEpochMilli();
      return within(millis);
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  /** The date of so many milliseconds; null where it is out of range: from the year 0 to 9999. */
  static @Nullable ServerTime within(long millis) {
    return millis >= YEAR_ZERO && millis <= ServerTime.MAX.epochMilli()
        ? ServerTime.ofEpochMilli(millis)
        : null;
  }

  // Two dates a message and thousands of messages a second: the general parser takes most
  // of the time.
  private static boolean isUsual(String text) {
    if (text.length() != USUAL_LENGTH) {
      return false;
    }
    String shape = "dddd-dd-ddTdd:dd:dd.dddZ";
    for (int i = 0; i < USUAL_LENGTH; i++) {
      char wanted = shape.charAt(i);
      char found = text.charAt(i);
      if (wanted == 'd' ? found < '0' || found > '9' : found != wanted) {
        return false;
      }
    }
    return true;
  }

  private static long usual(String text) {
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    if (hour > 23 || minute > 59 || second > 59) {
      throw new DateTimeException("no time of day");
    }
    long day =
        LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10)).toEpochDay();
    return (((day * 24 + hour) * 60 + minute) * 60 + second) * 1000 + number(text, 20, 23);
  }

  private static int number(String text, int from, int to) {
    int result = 0;
    for (int i = from; i < to; i++) {
      result = result * 10 + (text.charAt(i) - '0');
    }
    return result;
  }
}
