package dev.strandline;

import java.time.Duration;

/**
 * How closely a {@link Following} follows. Immutable; {@link #builder()} works as it stands.
 *
 * <p>A run with nothing to read costs two requests, on routes of their own. With the defaults that
 * is at most four calls a minute of each, of the ten that a server allows by default.
 */
public final class FollowOptions {
  private final Duration shortestPause;
  private final Duration longestPause;
  private final Duration longestRetreat;
  private final int roomsARun;

  private FollowOptions(Builder builder) {
    shortestPause = builder.shortestPause;
    longestPause = builder.longestPause;
    longestRetreat = builder.longestRetreat;
    roomsARun = builder.roomsARun;
  }

  /** The defaults that the builder's methods name. */
  public static FollowOptions defaults() {
    return builder().build();
  }

  /** Starts from the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Starts from these options. */
  public Builder toBuilder() {
    return new Builder()
        .pauses(shortestPause, longestPause)
        .longestRetreat(longestRetreat)
        .roomsARun(roomsARun);
  }

  public Duration shortestPause() {
    return shortestPause;
  }

  public Duration longestPause() {
    return longestPause;
  }

  public Duration longestRetreat() {
    return longestRetreat;
  }

  public int roomsARun() {
    return roomsARun;
  }

  /** Collects options. Not safe for several threads. */
  public static final class Builder {
    private static final Duration LONGEST = Duration.ofDays(1);

    private Duration shortestPause = Duration.ofSeconds(15);
    private Duration longestPause = Duration.ofMinutes(2);
    private Duration longestRetreat = Duration.ofMinutes(5);
    private int roomsARun = 12;

    private Builder() {}

    /**
     * The pause after a run that brought something, and how long it may become while nothing
     * happens: it grows by half from run to run. 1 second to a day; default 15 seconds and 2
     * minutes.
     */
    public Builder pauses(Duration shortest, Duration longest) {
      check("the shortest pause", shortest, Duration.ofSeconds(1));
      check("the longest pause", longest, shortest);
      shortestPause = shortest;
      longestPause = longest;
      return this;
    }

    /**
     * How long the pause after failures may become, which doubles from failure to failure; 1 second
     * to a day, default 5 minutes.
     */
    public Builder longestRetreat(Duration value) {
      check("longestRetreat", value, Duration.ofSeconds(1));
      longestRetreat = value;
      return this;
    }

    /**
     * How many rooms one run takes on, see {@link SyncRequest.Builder#atMost}; 1 or more, default
     * 12. With few, a hint waits less long for the run that is under way.
     */
    public Builder roomsARun(int value) {
      if (value < 1) {
        throw new IllegalArgumentException("roomsARun must be 1 or more, not " + value);
      }
      roomsARun = value;
      return this;
    }

    private static void check(String what, Duration value, Duration least) {
      if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(
            what + " must be " + least + " to " + LONGEST + ", not " + value);
      }
    }

    public FollowOptions build() {
      return new FollowOptions(this);
    }
  }
}
