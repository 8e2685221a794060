package dev.strandline.model;

import java.time.Duration;
import java.time.Instant;

/**
 * A stamp that the server made, in milliseconds since 1970-01-01T00:00Z.
 *
 * <p>Positions in a feed are of this type and of no other, so that a reading of the device's clock
 * cannot become a position by accident (R1). The only ways in are a stamp found in an answer and
 * arithmetic on such a stamp.
 *
 * @param epochMilli milliseconds since the epoch; negative values are legal, since imported
 *     messages can carry them, and so is everything up to {@link #MAX}
 */
public record ServerTime(long epochMilli) implements Comparable<ServerTime> {

  /** The start of every feed: the epoch itself. */
  public static final ServerTime EPOCH = new ServerTime(0);

  /**
   * Later than any stamp a server makes, and still a date that the server's JavaScript can hold:
   * the last millisecond of the year 9999.
   */
  public static final ServerTime MAX = new ServerTime(253_402_300_799_999L);

  /** The stamp {@code epochMilli} milliseconds after the epoch. */
  public static ServerTime ofEpochMilli(long epochMilli) {
    return new ServerTime(epochMilli);
  }

  /** This stamp less {@code duration}; may be earlier than the epoch. */
  public ServerTime minus(Duration duration) {
    return new ServerTime(epochMilli - duration.toMillis());
  }

  /** This stamp plus {@code duration}. */
  public ServerTime plus(Duration duration) {
    return new ServerTime(epochMilli + duration.toMillis());
  }

  /** The millisecond before this one. */
  public ServerTime previousMilli() {
    return new ServerTime(epochMilli - 1);
  }

  /** The millisecond after this one. */
  public ServerTime nextMilli() {
    return new ServerTime(epochMilli + 1);
  }

  /** How much later than {@code earlier} this is; negative where it is not later. */
  public Duration since(ServerTime earlier) {
    return Duration.ofMillis(epochMilli - earlier.epochMilli);
  }

  public boolean isAfter(ServerTime other) {
    return epochMilli > other.epochMilli;
  }

  public boolean isBefore(ServerTime other) {
    return epochMilli < other.epochMilli;
  }

  /** The later of the two. */
  public static ServerTime max(ServerTime a, ServerTime b) {
    return a.epochMilli >= b.epochMilli ? a : b;
  }

  /** The earlier of the two. */
  public static ServerTime min(ServerTime a, ServerTime b) {
    return a.epochMilli <= b.epochMilli ? a : b;
  }

  /** The same moment, for display and for the server's date parameters. */
  public Instant toInstant() {
    return Instant.ofEpochMilli(epochMilli);
  }

  @Override
  public int compareTo(ServerTime other) {
    return Long.compare(epochMilli, other.epochMilli);
  }

  /** ISO-8601 with milliseconds and {@code Z}, as the server writes dates. */
  @Override
  public String toString() {
    String text = toInstant().toString();
    // Instant drops the fraction of a whole second; the server never does.
    return epochMilli % 1000 == 0 ? text.substring(0, text.length() - 1) + ".000Z" : text;
  }
}
