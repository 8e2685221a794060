package dev.strandline.testkit.simulation;

import dev.strandline.GoneRooms;
import dev.strandline.ThreadMode;
import dev.strandline.testkit.server.ServerForm;
import dev.strandline.testkit.simulation.Event.Fault;
import dev.strandline.testkit.simulation.Event.Moment;
import dev.strandline.testkit.simulation.Event.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Draws a script. What a history is about is drawn first, so that each has few themes and many
 * histories have each of them.
 */
final class Drawing {
  private static final List<Fault> FAULTS = List.of(Fault.values());
  private static final List<ThreadMode> THREAD_MODES = List.of(ThreadMode.values());
  private static final int MOST_REQUESTS = 24;

  /** Some hours, some days, and more or less than the server remembers deletions. */
  private static final List<Integer> HOURS_OF_SLEEP = List.of(1, 6, 72, 480, 644, 680, 744);

  /** Each tombstone of a prune takes a millisecond, and the messages go after the last. */
  private static final int MOST_PRUNED = 6;

  private final long seed;
  private final Random random;

  /** By itself, so that the rest of a history is what it would be on a device that never sleeps. */
  private final Random sleep;

  private final List<Event> events = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private final List<String> roots = new ArrayList<>();
  private final List<String> replies = new ArrayList<>();

  // What the history is about.
  private final Surroundings surroundings;
  private final boolean silence;
  private final boolean memberships;
  private final boolean threads;
  private final boolean oddities;
  private final boolean stars;
  private final double faults;
  private final double crashes;
  private final boolean busy;
  private final int date;
  private final int lanes;
  private final boolean lives;
  private final boolean sleeps;

  Drawing(long seed) {
    this.seed = seed;
    // Neighbouring seeds of java.util.Random begin alike.
    random = new Random(seed * 0x9E3779B97F4A7C15L + 0x632BE59BD9B4E019L);
    sleep = new Random(seed * 0xBF58476D1CE4E5B9L + 0x94D049BB133111EBL);
    sleeps = sleep.nextInt(8) == 0;
    surroundings = surroundings();
    silence = chance(0.12);
    memberships = chance(0.2);
    oddities = chance(0.12);
    stars = chance(0.25);
    threads = stars || chance(0.4);
    faults = chance(0.5) ? 0 : 0.12;
    crashes = chance(0.5) ? 0 : 0.4;
    busy = chance(0.6);
    date = dateOff();
    lanes = chance(0.65) ? 1 : 2 + random.nextInt(3);
    lives = chance(0.4);
  }

  Script script() {
    for (int n = random.nextInt(26); n > 0; n--) {
      events.add(act(deed()));
    }
    run();
    for (int runs = random.nextInt(lives ? 8 : 6); runs > 0; runs--) {
      between();
      if (lives && chance(0.75)) {
        again();
      } else {
        run();
      }
    }
    between();
    return new Script(seed, surroundings, events);
  }

  private void between() {
    for (int n = random.nextInt(9); n > 0; n--) {
      events.add(act(chance(0.15) ? administration() : deed()));
    }
    leap();
  }

  // --- surroundings ------------------------------------------------------------------------------

  private Surroundings surroundings() {
    boolean quick = chance(0.65);
    int clocks = quick ? pick(0, 0, 3, 10) : pick(0, 1_000, 20_000);
    int late = quick ? pick(0, 3, 10) : pick(0, 1_000, 30_000);
    int least = 2 * clocks + late + MOST_PRUNED + 1;
    ServerForm form = chance(0.1) ? ServerForm.V6 : chance(0.5) ? ServerForm.V7 : ServerForm.V8_7;
    Dates dates =
        switch (random.nextInt(20)) {
          case 0, 1, 2, 3 -> Dates.NONE;
          case 4, 5, 6, 7 -> Dates.RIGHT;
          case 8, 9, 10 -> Dates.CONFIRMED;
          case 11, 12 -> Dates.COARSE;
          case 13, 14 -> Dates.LATE_AND_CONFIRMED;
          case 15, 16, 17 -> Dates.MINUTES_WRONG;
          case 18 -> Dates.HOURS_LATE;
          default -> Dates.HOURS_AHEAD;
        };
    return new Surroundings(
        chance(0.75) ? 1 : chance(0.8) ? 2 : 3,
        clocks,
        late,
        quick || chance(0.3) ? least : 120_000,
        quick ? 1 : pick(100, 1_000, 5_000),
        form,
        dates,
        form != ServerForm.V6 && chance(0.4) ? 1 + random.nextInt(6) : 0,
        chance(0.2),
        chance(0.5));
  }

  private int dateOff() {
    return switch (surroundings.dates()) {
      case LATE_AND_CONFIRMED -> -random.nextInt(minutes(14));
      case MINUTES_WRONG -> random.nextInt(2 * minutes(14)) - minutes(14);
      case HOURS_LATE -> -random.nextInt(minutes(20 * 60));
      case HOURS_AHEAD -> random.nextInt(minutes(20 * 60));
      default -> 0;
    };
  }

  private static int minutes(int minutes) {
    return (int) Duration.ofMinutes(minutes).toMillis();
  }

  // --- deeds -------------------------------------------------------------------------------------

  private Event act(Deed deed) {
    return new Event.Act(pause(), clock(), late(), deed);
  }

  private int pause() {
    int unit = surroundings.unit();
    return switch (random.nextInt(10)) {
      case 0, 1, 2 -> 0;
      case 3, 4, 5, 6 -> unit * random.nextInt(4);
      case 7, 8 -> unit * random.nextInt(30);
      default -> unit * random.nextInt(300);
    };
  }

  private int clock() {
    int clocks = surroundings.clocks();
    return clocks == 0 || chance(0.4) ? 0 : random.nextInt(2 * clocks + 1) - clocks;
  }

  private int late() {
    int late = surroundings.late();
    return late == 0 || chance(0.4) ? 0 : random.nextInt(late + 1);
  }

  private Deed deed() {
    if (stars && chance(0.2)) {
      return new Deed.Star(anyReply(), random.nextInt(World.USERS));
    }
    return switch (random.nextInt(16)) {
      case 0, 1, 2, 3 -> post();
      case 4, 5 -> threads ? reply() : post();
      case 6, 7 -> ids.isEmpty() ? post() : new Deed.Edit(anyId());
      case 8, 9, 10 -> ids.isEmpty() ? post() : new Deed.Delete(anyId());
      case 11, 12 -> new Deed.Rename(random.nextInt(World.USERS));
      case 13 -> chance(0.5) ? new Deed.Prune(room(), 1 + random.nextInt(MOST_PRUNED)) : post();
      case 14 -> ids.isEmpty() ? post() : new Deed.Recreate(anyId());
      default -> rare();
    };
  }

  private Deed rare() {
    if (ids.isEmpty()) {
      return post();
    }
    if (oddities && chance(0.6)) {
      return new Deed.Garble(chance(0.2) ? "nobody" : anyId());
    }
    if (threads && chance(0.3) && !roots.isEmpty()) {
      return new Deed.Uproot(roots.get(random.nextInt(roots.size())));
    }
    return new Deed.Edit(anyId());
  }

  private Deed administration() {
    if (silence) {
      return switch (random.nextInt(7)) {
        case 0, 1 -> new Deed.Keep(chance(0.6), chance(0.3));
        case 2 -> new Deed.Hide(anyId());
        case 3 -> new Deed.Expire(anyId());
        case 4 -> new Deed.Restore(anyId());
        case 5 -> new Deed.BackUp();
        default -> new Deed.RollBack(chance(0.5));
      };
    }
    if (threads && chance(0.1)) {
      return new Deed.Threads(chance(0.5));
    }
    if (chance(0.2)) {
      return chance(0.5) ? new Deed.BackUp() : new Deed.RollBack(true);
    }
    return memberships ? membership() : deed();
  }

  private Deed membership() {
    return chance(0.5) ? new Deed.Leave(room()) : new Deed.Join(room());
  }

  private Deed post() {
    String id = "m" + (ids.size() + 1);
    ids.add(id);
    return new Deed.Post(room(), id, random.nextInt(World.USERS));
  }

  private Deed reply() {
    if (ids.isEmpty()) {
      return post();
    }
    String root =
        roots.isEmpty() || chance(0.15) ? anyId() : roots.get(random.nextInt(roots.size()));
    String id = "r" + (ids.size() + 1);
    ids.add(id);
    replies.add(id);
    roots.add(root);
    return new Deed.Reply(id, root, random.nextInt(World.USERS));
  }

  private String room() {
    return World.roomName(random.nextInt(surroundings.rooms()));
  }

  private String anyReply() {
    return replies.isEmpty() ? anyId() : replies.get(random.nextInt(replies.size()));
  }

  private String anyId() {
    return ids.isEmpty() ? "nobody" : ids.get(random.nextInt(ids.size()));
  }

  // --- runs --------------------------------------------------------------------------------------

  private void run() {
    if (chance(0.05)) {
      events.add(new Event.SetClock(random.nextInt(2_000_000_000) - 1_000_000_000L));
    }
    Task task = task();
    events.add(
        new Event.Run(
            task,
            scope(task),
            pick(1, 2, 3, 5, 7, 20),
            switch (random.nextInt(5)) {
              case 0 -> 0;
              case 1 -> random.nextInt(12);
              default -> -1;
            },
            THREAD_MODES.get(random.nextInt(THREAD_MODES.size())),
            memberships && chance(0.3) ? GoneRooms.PURGE : GoneRooms.FREEZE,
            lanes,
            dateOfRun()));
    within();
  }

  /** The same process goes on: as a rule it asks for what has changed. */
  private void again() {
    Task task = chance(0.6) ? Task.CHANGES : task();
    events.add(new Event.Again(task, scope(task), random.nextInt(3), dateOfRun()));
    within();
  }

  private String scope(Task task) {
    return switch (task) {
      case EVERYTHING, CHANGES -> "";
      case THREAD -> roots.isEmpty() ? anyId() : roots.get(random.nextInt(roots.size()));
      default -> room();
    };
  }

  private int dateOfRun() {
    return switch (surroundings.dates()) {
      case MINUTES_WRONG -> chance(0.3) ? dateOff() : date;
      case HOURS_AHEAD -> date + random.nextInt(60_000);
      default -> date;
    };
  }

  private void within() {
    for (int request = 1; request <= MOST_REQUESTS; request++) {
      within(request);
    }
    if (chance(crashes)) {
      Moment moment = chance(0.5) ? Moment.BEFORE : Moment.AFTER;
      events.add(new Event.Crash(1 + random.nextInt(14), moment, chance(0.5)));
    }
  }

  private Task task() {
    if (stars && chance(0.2)) {
      return Task.THREAD;
    }
    return switch (random.nextInt(20)) {
      case 0, 1 -> Task.EVERYTHING;
      case 2, 3 -> Task.CHANGES;
      case 4, 5, 6 -> threads ? Task.THREAD : Task.ROOM;
      case 7 -> chance(0.5) ? Task.RECONCILE : Task.QUICKLY;
      case 8 -> chance(0.5) ? Task.COMPARE : Task.RECONCILE;
      default -> Task.ROOM;
    };
  }

  private void within(int request) {
    if (sleeps && sleep.nextInt(12) == 0) {
      int hours = HOURS_OF_SLEEP.get(sleep.nextInt(HOURS_OF_SLEEP.size()));
      events.add(new Event.Suspended(request, Duration.ofHours(hours).toMillis()));
    }
    if (chance(faults)) {
      Fault fault = FAULTS.get(random.nextInt(FAULTS.size()));
      events.add(new Event.Trouble(request, fault, random.nextInt(5)));
    }
    if (busy && chance(0.3)) {
      for (int n = 1 + random.nextInt(3); n > 0; n--) {
        Moment moment = pick(Moment.BEFORE, Moment.BETWEEN, Moment.AFTER, Moment.AFTER);
        Deed deed = (memberships || silence) && chance(0.05) ? administration() : deed();
        events.add(new Event.Meanwhile(request, moment, pause(), clock(), late(), deed));
      }
    }
  }

  private void leap() {
    if (lives && chance(0.5)) {
      events.add(new Event.Leap(minutes(random.nextInt(90))));
      return;
    }
    Duration leap =
        switch (random.nextInt(16)) {
          case 0 -> Duration.ofHours(3);
          case 1, 2 -> Duration.ofDays(3);
          case 3 -> Duration.ofDays(20);
          case 4 -> Duration.ofDays(28);
          case 5, 6 -> Duration.ofDays(31);
          case 7, 8, 9 -> Duration.ofMillis((long) surroundings.unit() * random.nextInt(400));
          default -> Duration.ZERO;
        };
    if (!leap.isZero()) {
      events.add(new Event.Leap(leap.toMillis()));
    }
  }

  private boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  private int pick(int... values) {
    return values[random.nextInt(values.length)];
  }

  private Moment pick(Moment... values) {
    return values[random.nextInt(values.length)];
  }
}
