package dev.strandline.testkit.simulation;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * What a history may draw besides what every history draws. All are off unless {@code
 * -Dsim.draws=all} or {@code -Dsim.draws=MOVED,LONG_PRUNES} switches them on; each then takes part
 * in some histories, drawn from the seed. With all of them off a seed draws what it always drew.
 */
public enum Draw {
  /**
   * Stamps ahead and behind by more than the lookback: an app server whose clock is far off, an
   * import. Where the server's time is confirmed, by minutes to days; where only a header tells it,
   * ahead by more than an hour; where nothing tells it, only behind. What is stamped so far behind
   * that no feed shows it is exempt until it is written again.
   */
  FAR_STAMPS(0.5),

  /** Messages whose {@code ts} is an hour or a day ahead of or behind their {@code _updatedAt}. */
  BRIDGED_TIMES(0.5),

  /**
   * The server's clock is set back or forward by 3.5 or 14 minutes. What is written with stamps
   * that lie behind what the client has settled is exempt until a complete run, begun while a
   * confirmed date was behind the room's position, could notice it; or until it is written again.
   */
  CLOCK_STEPS(0.5),

  /** Entries of what was deleted that have no id or no time, with and without a real deletion. */
  UNREADABLE_DELETIONS(0.5),

  /** Direct conversations that end and begin again: the same room, other subscriptions. */
  BEGUN_AGAIN(0.5),

  /** Messages that move to another room, which the one they were in is not told. */
  MOVED(0.5),

  /** Dates that a proxy makes, off by days, with and without the limiter's word on the time. */
  DATES_OFF_BY_DAYS(0.5),

  /**
   * Deletions of which the tombstone is there up to 14 minutes before the message goes, and the
   * message edited meanwhile. Either is right until 15 minutes and a lookback after the tombstone.
   */
  LONG_PRUNES(0.5),

  /**
   * Ids sent again at any distance from their deletion, milliseconds to days. Within 15 minutes or
   * the lookback, either is right until the message is written again.
   */
  SENT_AGAIN(0.5),

  /**
   * A check and no event: what was sent again is right 15 minutes and a lookback after its
   * deletion, without being written again.
   */
  DECIDED_IN_TIME(1),

  /** Accounts that the limiter lets pass: only the settings tell the server's time for sure. */
  UNCOUNTED(0.5),

  /** Pages that hardly grow, and uncut answers that time out above one row. */
  SMALL_PAGES(0.5);

  private static final String PROPERTY = "sim.draws";

  private final double chance;

  Draw(double chance) {
    this.chance = chance;
  }

  /** In how many of the histories it takes part, where it is switched on. */
  double chance() {
    return chance;
  }

  /**
   * Those that the system property switches on.
   *
   * @throws IllegalArgumentException where it names one that does not exist
   */
  public static Set<Draw> switchedOn() {
    String names = System.getProperty(PROPERTY, "").strip().toUpperCase(Locale.ROOT);
    EnumSet<Draw> on = EnumSet.noneOf(Draw.class);
    if (names.equals("ALL")) {
      on.addAll(Arrays.asList(values()));
    } else if (!names.isEmpty()) {
      for (String name : names.split(",", -1)) {
        on.add(valueOf(name.strip()));
      }
    }
    return on;
  }
}
