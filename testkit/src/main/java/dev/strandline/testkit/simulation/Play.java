package dev.strandline.testkit.simulation;

import dev.strandline.GoneRooms;
import dev.strandline.History;
import dev.strandline.LocalCopy;
import dev.strandline.Outcome;
import dev.strandline.ReconcileRequest;
import dev.strandline.RetryPolicy;
import dev.strandline.ScopeReport;
import dev.strandline.Strandline;
import dev.strandline.SyncOptions;
import dev.strandline.SyncReport;
import dev.strandline.SyncRequest;
import dev.strandline.ThreadMode;
import dev.strandline.model.Coverage;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.spi.InQuestion;
import dev.strandline.spi.Store;
import dev.strandline.testkit.simulation.Event.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Plays one script: first with everything that goes wrong, every promise checked after every step;
 * then nothing goes wrong any more, and within so many requests the rows equal the server's.
 */
final class Play {

  /** Requests of the last run for each room, besides one a page and three for the whole. */
  private static final int REQUESTS_A_ROOM = 30;

  /** Longer than a deletion can be under way. */
  private static final Duration DELETION = Duration.ofMinutes(16);

  /** The same by dates of which one is wrong, and the next is right. */
  private static final Duration DELETION_BY_WRONG_DATES = Duration.ofDays(26);

  private final Script script;
  private final Medium medium;
  private final Trace trace;
  private final World world;
  private final SeededWorkers workers;
  private final SimulatedTransport transport;
  private final Watch watch = new Watch();
  private Store store;
  private @Nullable Client living;
  private Invariants invariants;
  private int begun;
  private int requests;
  private long claims;

  Play(Script script, Medium medium, Trace trace) {
    this.script = script;
    this.medium = medium;
    this.trace = trace;
    world = new World(script.surroundings(), script.seed());
    workers = new SeededWorkers(new Random(script.seed()));
    transport = new SimulatedTransport(world, workers, trace);
    store = medium.open();
    invariants = new Invariants(world, store);
  }

  /**
   * Plays.
   *
   * @throws SimulationFailure where a promise is broken
   */
  Result run() {
    trace.line("%s", script.surroundings());
    try {
      playEvents();
      quietEnd();
      claims += invariants.claims();
      return new Result(script.seed(), ContentHash.of(store), requests, watch.commits, claims);
    } catch (RuntimeException | AssertionError e) {
      trace.line("BROKEN %s", e.getMessage());
      throw new SimulationFailure(
          script,
          begun,
          e instanceof Broken ? String.valueOf(e.getMessage()) : "nothing else fails, but " + e,
          e);
    }
  }

  private void playEvents() {
    List<Event> events = script.events();
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      begun = i + 1;
      trace.event(i + 1, world.now(), event);
      if (event instanceof Event.Act act) {
        world.act(act.pause(), act.clock(), act.late(), act.deed());
      } else if (event instanceof Event.Leap leap) {
        world.leap(leap.millis());
        invariants.afterStep(5);
      } else if (event instanceof Event.SetClock set) {
        world.clock.set(Instant.parse("2025-01-01T00:00:00Z").plusSeconds(set.seconds()));
      } else if (event instanceof Event.Run run) {
        living = new Client(run, strandline(options(run)));
        run(living, run.first(), within(i + 1));
      } else if (event instanceof Event.Again again && living != null) {
        run(living, again, within(i + 1));
      }
    }
    begun = events.size();
  }

  /** What happens within the run that is begun by the event before. */
  private List<Event> within(int first) {
    List<Event> events = script.events();
    int end = first;
    while (end < events.size() && belongsToRun(events.get(end))) {
      end++;
    }
    return events.subList(first, end);
  }

  private static boolean belongsToRun(Event event) {
    return event instanceof Event.Within;
  }

  // --- a run -------------------------------------------------------------------------------------

  /** A process: what it was started with, and the engine that remembers its runs. */
  private record Client(Event.Run started, Strandline strandline) {}

  private void run(Client client, Event.Again asked, List<Event> within) {
    transport.begin(within, asked.date());
    watch.begin(within);
    GoneRooms gone = client.started().gone();
    Mirror mirror = new Mirror(store);
    Noticing noticing = new Noticing(world, store);
    try {
      Strandline strandline = client.strandline();
      Runnable stop = gone == GoneRooms.FREEZE ? strandline.onChange(mirror) : () -> {};
      Object report = perform(strandline, asked);
      trace.line("        %s", report);
      noticing.ended(asked, report);
      stop.run();
      // Nobody is told message by message of a room that is purged.
      if (gone == GoneRooms.FREEZE) {
        mirror.check();
      }
    } catch (CrashError e) {
      trace.line("        the process died at commit %s", watch.inRun);
      living = null;
      if (watch.reopens()) {
        claims += invariants.claims();
        store = medium.open();
        invariants = new Invariants(world, store);
      }
    } finally {
      requests += transport.requests();
      world.silent.forget();
    }
    invariants.afterStep(1 + client.started().page());
    traceState();
  }

  private static Object perform(Strandline strandline, Event.Again asked) {
    RoomId room = new RoomId(asked.scope().isEmpty() ? World.LOBBY : asked.scope());
    return switch (asked.task()) {
      case EVERYTHING -> strandline.syncEverything();
      case CHANGES -> strandline.sync(changes(asked.rooms()));
      case ROOM -> strandline.syncRoom(room);
      case THREAD -> strandline.syncThread(new MessageId(asked.scope()));
      case RECONCILE -> strandline.reconcile(room);
      case QUICKLY -> strandline.reconcile(ReconcileRequest.room(room).quickly());
      case COMPARE -> strandline.compare(room);
    };
  }

  private static SyncRequest changes(int rooms) {
    SyncRequest.Builder changes = SyncRequest.builder().changes();
    return (rooms == 0 ? changes : changes.atMost(rooms)).build();
  }

  private Strandline strandline(SyncOptions options) {
    return Strandline.builder()
        .store(new WatchedStore(store, watch))
        .transport(transport)
        .options(options)
        .clock(world.clock)
        .workers(workers)
        .jitter(new Random(script.seed()))
        .build();
  }

  private SyncOptions options(Event.Run run) {
    int unit = script.surroundings().unit();
    int largest = script.surroundings().largestPage();
    return SyncOptions.builder()
        .largestPage(largest == 0 ? 10 * run.page() : largest)
        .pageSize(run.page())
        .lookback(Duration.ofMillis(script.surroundings().lookback()))
        .history(run.history() < 0 ? History.all() : History.latest(run.history()))
        .threads(run.threads())
        .lanes(run.lanes())
        .goneRooms(run.gone())
        .retry(
            new RetryPolicy(
                3, Duration.ofMillis(unit), Duration.ofMillis(4L * unit), Duration.ofMinutes(1)))
        .build();
  }

  private void traceState() {
    if (trace.isWritten()) {
      for (String room : world.records.keySet()) {
        trace.line(
            "        %s %s",
            room,
            store
                .read(reader -> reader.roomState(new RoomId(room)))
                .map(Object::toString)
                .orElse("unknown"));
      }
    }
  }

  // --- the quiet end -----------------------------------------------------------------------------

  private void quietEnd() {
    world.calmDown();
    trace.line("      all is quiet");
    int page = 1 + (int) Math.floorMod(script.seed(), 7L);
    Event.Run last =
        new Event.Run(Event.Task.EVERYTHING, "", page, -1, ThreadMode.AUTO, GoneRooms.FREEZE, 1, 0);
    SyncReport report = quietRun(last);
    Broken.unless(report.outcome() == Outcome.COMPLETE, "in the end all is well, but %s", report);
    int most = mostRequests(page);
    Broken.unless(
        report.requests() <= most,
        "the rows equal the server's within %s requests, but it took %s",
        most,
        report.requests());
    settleQuestions(last);
    if (world.hasSilence()) {
      // What was brought back while its deletion could still be under way is taken for dying.
      waitForDeletions();
      for (String room : world.records.keySet()) {
        transport.begin(List.of(), 0);
        strandline(options(last)).reconcile(new RoomId(room));
        requests += transport.requests();
      }
      settleQuestions(last);
    }
    checkEnd();
    String before = ContentHash.ofMessages(store);
    SyncReport again = quietRun(last);
    long changes = 0;
    for (ScopeReport scope : again.scopes()) {
      changes += scope.upserts() + scope.tombstones() + scope.quarantined();
    }
    Broken.unless(
        changes == 0 && before.equals(ContentHash.ofMessages(store)),
        "R7: applying anything twice changes nothing, but %s",
        again);
    checkEnd();
  }

  /** R7: what is in question is settled by the run after the time that a deletion can take. */
  private void settleQuestions(Event.Run last) {
    if (store.read(reader -> reader.inQuestion()).isEmpty()) {
      return;
    }
    waitForDeletions();
    quietRun(last);
    List<InQuestion> open = store.read(reader -> reader.inQuestion());
    Broken.unless(open.isEmpty() || !tellsTheTime(), "R7: nothing stays in question, but %s", open);
  }

  private void waitForDeletions() {
    boolean isConfirmed = world.surroundings.dates().isConfirmed();
    world.leap((isConfirmed ? DELETION : DELETION_BY_WRONG_DATES).toMillis());
  }

  /** Without any date, nothing but later stamps tells that a deletion was carried out. */
  private boolean tellsTheTime() {
    return world.surroundings.dates() != Dates.NONE;
  }

  private SyncReport quietRun(Event.Run run) {
    transport.begin(List.of(), 0);
    watch.begin(List.of());
    SyncRequest request = SyncRequest.everything();
    SyncReport report = strandline(options(run)).sync(request);
    requests += transport.requests();
    trace.line("        %s", report);
    traceState();
    return report;
  }

  private void checkEnd() {
    invariants.afterStep(3);
    for (String room : world.records.keySet()) {
      invariants.equal(room);
      Coverage coverage = LocalCopy.of(store).room(new RoomId(room)).orElseThrow().coverage();
      boolean announced =
          coverage instanceof Coverage.Stale stale
              && stale.cause() == Coverage.Cause.SILENT_DELETIONS
              && world.silent.everHid()
              && (world.silent.hides() || !world.hasSilence());
      Broken.unless(
          coverage.isComplete()
              || announced
              || (coverage instanceof Coverage.Complete && !tellsTheTime()),
          "in the end room %s is complete, not %s",
          room,
          coverage);
    }
  }

  /** What the last run may cost: every room read whole twice, in pages of {@code page}. */
  private int mostRequests(int page) {
    int most = 3;
    for (String room : world.records.keySet()) {
      most += REQUESTS_A_ROOM + 4 * (world.workspace.liveMessages(room) / page + 1);
    }
    return most;
  }

  // --- commits -----------------------------------------------------------------------------------

  /** Counts commits, dies at them, and has what must hold after each of them checked. */
  private final class Watch implements WatchedStore.Watch {
    private List<Event> within = List.of();
    private int inRun;
    private int commits;
    private Event.@Nullable Crash died;

    void begin(List<Event> events) {
      within = events;
      inRun = 0;
      died = null;
    }

    boolean reopens() {
      return died != null && died.reopen();
    }

    @Override
    public void committing() {
      inRun++;
      commits++;
      dieAt(Moment.BEFORE);
    }

    @Override
    public void committed() {
      world.silent.committed();
      invariants.afterCommit();
      dieAt(Moment.AFTER);
    }

    private void dieAt(Moment moment) {
      for (Event event : within) {
        if (event instanceof Event.Crash crash
            && crash.commit() == inRun
            && (crash.moment() == moment)) {
          died = crash;
          throw new CrashError();
        }
      }
    }
  }
}
