package dev.strandline.testkit.server;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the server hands out to go on from a page: server milliseconds as text, or null. It never
 * hands out a point to resume from at the end.
 *
 * @param next where newer rows follow, or where to come back to from a backward page
 * @param previous likewise for older rows
 */
record Cursor(@Nullable String next, @Nullable String previous) {

  /**
   * The cursor for the rows that were found, one more than asked for where there are more.
   *
   * @param keys the rows' stamps, in the order found
   * @param count how many were asked for
   * @param key the field that the stamps are from; named in the error of a page that has lost its
   *     last row
   */
  static Cursor of(List<Long> keys, long count, boolean forwards, String key) {
    if (keys.isEmpty()) {
      return new Cursor(null, null);
    }
    String first = keys.get(0).toString();
    String last = keys.size() > count ? lastReturned(keys, key) : null;
    return forwards ? new Cursor(last, first) : new Cursor(first, last);
  }

  private static String lastReturned(List<Long> keys, String key) {
    if (keys.size() < 2) {
      // Only a negative count comes here: its one row is dropped, and then there is none to take
      // a cursor from.
      throw ApiError.plain("Cannot read properties of undefined (reading '" + key + "')");
    }
    return keys.get(keys.size() - 2).toString();
  }

  String json() {
    return "{\"next\":" + quoted(next) + ",\"previous\":" + quoted(previous) + "}";
  }

  private static String quoted(@Nullable String value) {
    return value == null ? "null" : "\"" + value + "\"";
  }
}
