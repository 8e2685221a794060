package dev.strandline.internal.engine;

import java.time.Duration;
import java.util.Random;

/** How right a server's {@code Date} header is, drawn once, and how much it varies by the day. */
final class RandomDate {
  private static final long MINUTES = Duration.ofMinutes(14).toMillis();
  private static final long HOURS = Duration.ofHours(20).toMillis();

  private enum Kind {
    RIGHT,
    RIGHT_AND_CONFIRMED,
    /** What confirms a date also bounds it: it can only be late. */
    LATE_AND_CONFIRMED,
    MINUTES_WRONG,
    HOURS_LATE,
    /** Nothing is lost, but what rests on the date is claimed too late (R9). */
    HOURS_AHEAD
  }

  private final Random random;
  private final Kind kind;
  private final boolean wanders;
  private boolean drawn;

  RandomDate(Random random) {
    this.random = random;
    kind =
        switch (random.nextInt(12)) {
          case 0, 1, 2 -> Kind.RIGHT;
          case 3, 4 -> Kind.RIGHT_AND_CONFIRMED;
          case 5 -> Kind.LATE_AND_CONFIRMED;
          case 6, 7, 8, 9 -> Kind.MINUTES_WRONG;
          case 10 -> Kind.HOURS_LATE;
          default -> Kind.HOURS_AHEAD;
        };
    wanders = random.nextInt(3) == 0;
  }

  /** A day's date is another one where several proxies take turns. */
  void beginDay(ScriptedServer server) {
    if (drawn && !wanders) {
      return;
    }
    drawn = true;
    server.confirmed = kind == Kind.RIGHT_AND_CONFIRMED || kind == Kind.LATE_AND_CONFIRMED;
    server.dateIsAhead =
        Duration.ofMillis(
            switch (kind) {
              case RIGHT, RIGHT_AND_CONFIRMED -> 0;
              case LATE_AND_CONFIRMED -> -random.nextLong(MINUTES);
              case MINUTES_WRONG -> random.nextLong(2 * MINUTES) - MINUTES;
              case HOURS_LATE -> -random.nextLong(HOURS);
              case HOURS_AHEAD -> random.nextLong(HOURS);
            });
  }

  boolean bearsClaims() {
    return kind != Kind.HOURS_AHEAD;
  }
}
