package dev.strandline.spi;

import dev.strandline.model.ServerTime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When the server last told deletions to their end (R10).
 *
 * @param date the server time of that answer, by a confirmed time or the {@code Date} header; null
 *     where it had none
 * @param stamp the latest stamp that the run had heard by then
 */
public record Told(@Nullable ServerTime date, ServerTime stamp) {

  /** The same with a date that is not later, where this has none. */
  public Told withDate(@Nullable ServerTime earlier) {
    return new Told(earlier, stamp);
  }

  /** An answer of which date and latest stamp are the same. */
  public static Told at(ServerTime time) {
    return new Told(time, time);
  }

  /**
   * How much later this is than {@code then}: by the dates or the stamps, the longer of the two.
   */
  public Duration since(Told then) {
    Duration byStamps = stamp.since(then.stamp);
    if (date == null || then.date == null) {
      return byStamps;
    }
    Duration byDates = date.since(then.date);
    return byDates.compareTo(byStamps) > 0 ? byDates : byStamps;
  }
}
