package dev.strandline.testkit.simulation;

import dev.strandline.testkit.server.ServerForm;
import dev.strandline.testkit.simulation.Event.Moment;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Adds to a script what {@link Draw}s bring. Each draws from a random source of its own, so that
 * what one adds is the same whichever others are on, and leaves the rest of the script as it is.
 */
final class Weaving {
  private static final int SECOND = 1_000;
  private static final int MINUTE = 60 * SECOND;
  private static final int HOUR = 60 * MINUTE;
  private static final int DAY = 24 * HOUR;

  /** The longest that a prune may take is a minute more. */
  private static final int LONGEST_PRUNE = 14 * MINUTE;

  private static final int EARLY_REQUESTS = 6;

  private final Script base;
  private final Set<Draw> draws = EnumSet.noneOf(Draw.class);
  private final List<Event> events;
  private final List<String> ids = new ArrayList<>();
  private Surroundings around;
  private Random random = new Random();
  private int posted;

  /**
   * @param base a script without any of them
   * @param switchedOn which may take part; whether they do is drawn from the script's seed
   */
  Weaving(Script base, Set<Draw> switchedOn) {
    this.base = base;
    events = new ArrayList<>(base.events());
    around = base.surroundings();
    for (Draw draw : switchedOn) {
      if (source(draw, 1).nextDouble() < draw.chance()) {
        draws.add(draw);
      }
    }
  }

  private Random source(Draw draw, int number) {
    long mixed = base.seed() * 0x9E3779B97F4A7C15L + draw.name().hashCode() * 0xD1B54A32D192ED03L;
    return new Random((mixed + number) * 0xBF58476D1CE4E5B9L);
  }

  Script script() {
    if (draws.isEmpty()) {
      return base;
    }
    for (Event event : events) {
      note(event instanceof Event.Act act ? act.deed() : null);
      note(event instanceof Event.Meanwhile meanwhile ? meanwhile.deed() : null);
    }
    // What changes the surroundings comes first: the others look at them.
    for (Draw draw : Draw.values()) {
      if (draws.contains(draw)) {
        random = source(draw, 2);
        surround(draw);
      }
    }
    for (Draw draw : Draw.values()) {
      if (draws.contains(draw)) {
        random = source(draw, 3);
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
          add(draw);
        }
      }
    }
    return new Script(base.seed(), around, events);
  }

  private void note(@org.jspecify.annotations.Nullable Deed deed) {
    if (deed instanceof Deed.Post post) {
      ids.add(post.id());
    } else if (deed instanceof Deed.Reply reply) {
      ids.add(reply.id());
    }
  }

  // --- surroundings ------------------------------------------------------------------------------

  private void surround(Draw draw) {
    int rooms = around.rooms();
    int lookback = around.lookback();
    Dates dates = around.dates();
    int slow = around.slow();
    int largest = around.largestPage();
    switch (draw) {
      case MOVED -> rooms = Math.max(2, rooms);
      case CLOCK_STEPS, LONG_PRUNES -> lookback = random.nextBoolean() ? 2 * MINUTE : lookback;
      case DATES_OFF_BY_DAYS -> {
        dates =
            pick(
                Dates.DAYS_LATE,
                Dates.DAYS_AHEAD,
                Dates.DAYS_LATE_AND_CONFIRMED,
                Dates.DAYS_AHEAD_AND_CONFIRMED);
        putDatesOff(dates);
      }
      case UNCOUNTED -> dates = dates.isConfirmed() ? dates : pick(Dates.CONFIRMED, Dates.COARSE);
      case SMALL_PAGES -> {
        slow = around.form() == ServerForm.V6 ? 0 : 1;
        largest = 1 + random.nextInt(20);
      }
      default -> {}
    }
    if (dates != around.dates() && dates != Dates.DAYS_LATE && draw == Draw.UNCOUNTED) {
      putDatesOff(dates);
    }
    around =
        new Surroundings(
            rooms,
            around.clocks(),
            around.late(),
            lookback,
            around.unit(),
            around.form(),
            dates,
            slow,
            around.open(),
            around.listings(),
            draws,
            largest);
  }

  /** As far as these dates are off, all runs have the same. */
  private void putDatesOff(Dates dates) {
    int days = 1 + random.nextInt(20);
    int off =
        switch (dates) {
          case DAYS_LATE, DAYS_LATE_AND_CONFIRMED -> -days * DAY;
          case DAYS_AHEAD, DAYS_AHEAD_AND_CONFIRMED -> days * DAY;
          default -> 0;
        };
    events.replaceAll(
        event ->
            event instanceof Event.Run run
                ? new Event.Run(
                    run.task(),
                    run.scope(),
                    run.page(),
                    run.history(),
                    run.threads(),
                    run.gone(),
                    run.lanes(),
                    off)
                : event instanceof Event.Again again
                    ? new Event.Again(again.task(), again.scope(), again.rooms(), off)
                    : event);
  }

  // --- events ------------------------------------------------------------------------------------

  private void add(Draw draw) {
    switch (draw) {
      case FAR_STAMPS -> addFarStamp();
      case BRIDGED_TIMES ->
          insert(new Deed.Bridge(room(), newId("b"), user(), pick(-DAY, -HOUR, HOUR, DAY)));
      case CLOCK_STEPS -> addStep();
      case UNREADABLE_DELETIONS ->
          insert(new Deed.Mumble(anyId(), random.nextBoolean(), random.nextBoolean()));
      case BEGUN_AGAIN ->
          insert(random.nextBoolean() ? new Deed.BeginAgain(room()) : new Deed.Rejoin(room()));
      case MOVED -> insert(new Deed.Move(anyId(), room()));
      case LONG_PRUNES -> addPurge();
      case SENT_AGAIN -> addSentAgain();
      case DATES_OFF_BY_DAYS, UNCOUNTED, SMALL_PAGES, DECIDED_IN_TIME -> {}
    }
  }

  private void addFarStamp() {
    int lookback = around.lookback();
    boolean ahead = around.dates().tellsTheTime() && random.nextBoolean();
    int least = lookback + 2 * around.clocks() + around.late() + SECOND;
    int off =
        !ahead
            ? -pick(least, least + 10 * MINUTE, 5 * HOUR, 3 * DAY)
            : around.dates().isConfirmed()
                ? pick(least, least + 10 * MINUTE, 3 * HOUR, 20 * DAY)
                : pick(90 * MINUTE, 3 * HOUR, 20 * DAY);
    Deed deed =
        switch (random.nextInt(6)) {
          case 0, 1 -> new Deed.Post(room(), newId("f"), user());
          case 2, 3 -> new Deed.Edit(anyId());
          case 4 -> new Deed.Delete(anyId());
          default -> new Deed.Rename(user());
        };
    insert(deed, off);
  }

  private void addStep() {
    int step = pick(-210 * SECOND, -LONGEST_PRUNE, 210 * SECOND, LONGEST_PRUNE);
    int at = insert(new Deed.Step(step));
    if (random.nextBoolean()) {
      insertFrom(at + 1, new Deed.Step(-step));
    }
  }

  /** A tombstone, minutes, perhaps an edit, and so on until the message goes. */
  private void addPurge() {
    String id = anyId();
    int length = pick(SECOND, MINUTE, 5 * MINUTE, LONGEST_PRUNE);
    int at = insertBetween(0, new Event.Act(0, 0, 0, new Deed.Purge(id, length)));
    int left = length;
    for (int n = random.nextInt(4); n > 0 && left > 0; n--) {
      int pause = random.nextInt(left);
      left -= pause;
      Deed deed = random.nextInt(3) > 0 ? new Deed.Edit(id) : new Deed.Rename(user());
      at = insertBetween(at + 1, new Event.Act(pause, 0, 0, deed));
    }
    if (random.nextBoolean()) {
      insertBetween(at + 1, new Event.Leap(pick(MINUTE, 5 * MINUTE, LONGEST_PRUNE)));
    }
  }

  private void addSentAgain() {
    String id = anyId();
    int lookback = around.lookback();
    int distance =
        pick(
            0,
            1,
            Math.max(1, lookback / 2),
            lookback,
            2 * lookback,
            5 * MINUTE,
            LONGEST_PRUNE,
            HOUR,
            3 * DAY);
    int at = insertBetween(0, new Event.Act(0, 0, 0, new Deed.Delete(id)));
    Deed again = new Deed.SendAgain(id);
    if (random.nextBoolean()) {
      events.add(at + 1, new Event.Act(distance, 0, 0, again));
    } else {
      insertBetween(at + 1, new Event.Act(distance, 0, 0, again));
    }
  }

  // --- where -------------------------------------------------------------------------------------

  private int insert(Deed deed) {
    return insert(deed, 0);
  }

  /** Has something done at any time, also while a run lasts. Returns where it is. */
  private int insert(Deed deed, int clock) {
    return random.nextInt(5) < 2 ? insertWithin(deed, clock) : insertAct(0, deed, clock);
  }

  private void insertFrom(int first, Deed deed) {
    insertAct(first, deed, 0);
  }

  private int insertAct(int first, Deed deed, int clock) {
    return insertBetween(first, new Event.Act(pause(), clock, 0, deed));
  }

  private int insertWithin(Deed deed, int clock) {
    List<Integer> runs = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i) instanceof Event.Run || events.get(i) instanceof Event.Again) {
        runs.add(i);
      }
    }
    int at = runs.get(random.nextInt(runs.size())) + 1;
    Moment moment = List.of(Moment.values()).get(random.nextInt(Moment.values().length));
    int request = 1 + random.nextInt(EARLY_REQUESTS);
    events.add(at, new Event.Meanwhile(request, moment, pause(), clock, 0, deed));
    return at;
  }

  /** Puts an event at {@code first} or later, and not into what happens within a run. */
  private int insertBetween(int first, Event event) {
    List<Integer> places = new ArrayList<>();
    for (int i = Math.min(first, events.size()); i <= events.size(); i++) {
      if (i == events.size() || !(events.get(i) instanceof Event.Within)) {
        places.add(i);
      }
    }
    int at = places.get(random.nextInt(places.size()));
    events.add(at, event);
    return at;
  }

  // --- what --------------------------------------------------------------------------------------

  private int pause() {
    return around.unit() * random.nextInt(30);
  }

  private String newId(String kind) {
    String id = kind + ++posted;
    ids.add(id);
    return id;
  }

  private String anyId() {
    return ids.isEmpty() ? "nobody" : ids.get(random.nextInt(ids.size()));
  }

  private String room() {
    return World.roomName(random.nextInt(around.rooms()));
  }

  private int user() {
    return random.nextInt(World.USERS);
  }

  private int pick(int... values) {
    return values[random.nextInt(values.length)];
  }

  private Dates pick(Dates... values) {
    return values[random.nextInt(values.length)];
  }
}
