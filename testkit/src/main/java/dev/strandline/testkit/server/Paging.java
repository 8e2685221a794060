package dev.strandline.testkit.server;

import java.util.List;

/**
 * Offset and count of the routes that page in the general way: at most 100 rows, 50 unless asked.
 */
record Paging(int offset, int count) {
  private static final int UPPER_LIMIT = 100;
  private static final int DEFAULT_COUNT = 50;

  static Paging of(Call call) {
    long asked = call.number("count", DEFAULT_COUNT);
    // Zero would mean everything, which servers do not allow unless configured.
    long count = asked <= 0 ? DEFAULT_COUNT : Math.min(asked, UPPER_LIMIT);
    long offset = Math.max(0, call.number("offset", 0));
    return new Paging((int) Math.min(offset, Integer.MAX_VALUE), (int) count);
  }

  <T> List<T> slice(List<T> rows) {
    int from = Math.min(offset, rows.size());
    return rows.subList(from, Math.min(rows.size(), from + count));
  }

  /** The end of an answer: how many rows are here, from where, of how many. */
  String tail(int here, int total) {
    return ",\"count\":"
        + here
        + ",\"offset\":"
        + offset
        + ",\"total\":"
        + total
        + ",\"success\":true}";
  }
}
