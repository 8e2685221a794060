package dev.strandline.spi;

import dev.strandline.model.ServerTime;
import org.jspecify.annotations.Nullable;

/**
 * When the server last told deletions to their end (R10).
 *
 * @param date the server time of that answer, by a confirmed time or the {@code Date} header; null
 *     where it had none
 * @param stamp the latest stamp that the run had heard by then
 */
public record Told(@Nullable ServerTime date, ServerTime stamp) {

  /** An answer of which date and latest stamp are the same. */
  public static Told at(ServerTime time) {
    return new Told(time, time);
  }
}
