package dev.strandline.testkit.server;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.OptionalLong;

/**
 * Dates as the server writes them, {@code 2025-10-09T09:10:00.037Z}, and back.
 *
 * <p>By hand for that one form: a room of a million messages is four million dates, and the JDK's
 * formatters took most of the time of filling it.
 */
final class IsoDates {
  private static final int DAY_MILLIS = 86_400_000;
  private static final String SHAPE = "0000-00-00T00:00:00.000Z";

  private IsoDates() {}

  static String format(long millis) {
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(millis, DAY_MILLIS));
    if (date.getYear() < 0 || date.getYear() > 9999) {
      return Instant.ofEpochMilli(millis).toString();
    }
    int ofDay = Math.floorMod(millis, DAY_MILLIS);
    char[] text = SHAPE.toCharArray();
    put(text, 0, 4, date.getYear());
    put(text, 5, 2, date.getMonthValue());
    put(text, 8, 2, date.getDayOfMonth());
    put(text, 11, 2, ofDay / 3_600_000);
    put(text, 14, 2, ofDay / 60_000 % 60);
    put(text, 17, 2, ofDay / 1000 % 60);
    put(text, 20, 3, ofDay % 1000);
    return new String(text);
  }

  static OptionalLong parse(String text) {
    try {
      return OptionalLong.of(
          hasShape(text) ? parseShape(text) : Instant.parse(text).toEpochMilli());
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
  }

  private static boolean hasShape(String text) {
    if (text.length() != SHAPE.length()) {
      return false;
    }
    for (int i = 0; i < SHAPE.length(); i++) {
      char c = text.charAt(i);
      boolean fits = SHAPE.charAt(i) == '0' ? c >= '0' && c <= '9' : c == SHAPE.charAt(i);
      if (!fits) {
        return false;
      }
    }
    return number(text, 11, 2) < 24 && number(text, 14, 2) < 60 && number(text, 17, 2) < 60;
  }

  private static long parseShape(String text) {
    long day =
        LocalDate.of(number(text, 0, 4), number(text, 5, 2), number(text, 8, 2)).toEpochDay();
    int seconds = (number(text, 11, 2) * 60 + number(text, 14, 2)) * 60 + number(text, 17, 2);
    return day * DAY_MILLIS + seconds * 1000L + number(text, 20, 3);
  }

  private static void put(char[] text, int at, int digits, int value) {
    int rest = value;
    for (int i = at + digits - 1; i >= at; i--) {
      text[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private static int number(String text, int at, int digits) {
    int number = 0;
    for (int i = at; i < at + digits; i++) {
      number = number * 10 + (text.charAt(i) - '0');
    }
    return number;
  }
}
