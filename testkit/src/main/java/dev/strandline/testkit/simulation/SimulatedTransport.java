package dev.strandline.testkit.simulation;

import dev.strandline.error.MalformedResponseException;
import dev.strandline.error.NotAuthorizedException;
import dev.strandline.error.RateLimitedException;
import dev.strandline.error.ServerErrorException;
import dev.strandline.error.UnreachableException;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.Call;
import dev.strandline.spi.ChangeSink;
import dev.strandline.spi.FeedAnswer;
import dev.strandline.spi.FeedQuery;
import dev.strandline.spi.ListingAnswer;
import dev.strandline.spi.ListingQuery;
import dev.strandline.spi.ServerFacts;
import dev.strandline.spi.Transport;
import dev.strandline.testkit.server.DirectRoutes;
import dev.strandline.testkit.simulation.Event.Fault;
import dev.strandline.testkit.simulation.Event.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The way to the server: carries out what a script says of each request of a run. What happens
 * while an answer is on its way has not happened for that answer.
 */
final class SimulatedTransport implements Transport {

  /** No run of a short history needs as many: one that does would go on for ever. */
  private static final int ENDLESS = 3_000;

  private static final int WINDOW_MILLIS = 60_000;

  /** Answered without a login, and so never without the limiter's headers where it is on. */
  private static final String SETTINGS = "settings.public";

  /** What an answer tells of the moment at which it was asked for. */
  private record Asked(
      @Nullable ServerTime at, @Nullable ServerTime answeredAt, boolean confirmed) {}

  /** What a request is answered with. */
  @FunctionalInterface
  private interface Answering<T> {
    T answer(int number, Asked asked);
  }

  private final World world;
  private final SeededWorkers workers;
  private final Trace trace;
  private List<Event> within = List.of();
  private long dateOff;
  private int requests;
  private boolean loggedOut;

  SimulatedTransport(World world, SeededWorkers workers, Trace trace) {
    this.world = world;
    this.workers = workers;
    this.trace = trace;
  }

  /**
   * Begins a run.
   *
   * @param events what happens to its requests
   * @param date how far the {@code Date} is off
   */
  void begin(List<Event> events, long date) {
    within = events;
    dateOff = date;
    requests = 0;
    loggedOut = false;
  }

  /** How many requests the run has made. */
  int requests() {
    return requests;
  }

  @Override
  public FeedAnswer fetch(FeedQuery query, ChangeSink sink, Call call) {
    return exchange(
        call,
        route(query),
        query,
        (number, asked) -> {
          DirectRoutes.Rows rows = world.routes.rows(query);
          if (query instanceof FeedQuery.Since && happen(number, Moment.BETWEEN)) {
            // Two queries, not one snapshot (facts 1.2); either may be the later one.
            DirectRoutes.Rows later = world.routes.rows(query);
            rows =
                number % 2 == 0
                    ? new DirectRoutes.Rows(later.updated(), rows.deleted(), null)
                    : new DirectRoutes.Rows(rows.updated(), later.deleted(), null);
          }
          int given = give(number, rows, sink, query);
          trace.answer(given, rows.continuation());
          return new FeedAnswer(
              asked.at(), asked.answeredAt(), asked.confirmed(), rows.continuation(), 0);
        });
  }

  private int give(int number, DirectRoutes.Rows rows, ChangeSink sink, FeedQuery query) {
    Event.@Nullable Trouble trouble = trouble(number);
    boolean breaks =
        trouble != null
            && (trouble.fault() == Fault.CUT_SHORT || trouble.fault() == Fault.TIMED_OUT);
    int all = rows.updated().size() + rows.deleted().size();
    int slow = world.surroundings.slow();
    boolean tooSlow = slow > 0 && query instanceof FeedQuery.Since && all > slow;
    int left = breaks && trouble != null ? trouble.size() : tooSlow ? slow : Integer.MAX_VALUE;
    int times = trouble != null && trouble.fault() == Fault.ROWS_TWICE ? 2 : 1;
    for (List<DirectRoutes.Entry> list : List.of(rows.updated(), rows.deleted())) {
      for (int time = 0; time < times; time++) {
        for (DirectRoutes.Entry entry : list) {
          if (left-- > 0) {
            entry.give(sink);
          }
        }
      }
    }
    if (breaks || tooSlow) {
      happen(number, Moment.AFTER);
      boolean timedOut = tooSlow || trouble == null || trouble.fault() == Fault.TIMED_OUT;
      throw timedOut
          ? UnreachableException.timedOut("the answer took too long", null)
          : UnreachableException.brokeOff("the answer broke off", null);
    }
    return all;
  }

  @Override
  public DirectoryAnswer subscriptions(@Nullable ServerTime since, Call call) {
    return exchange(
        call,
        "subscriptions.get",
        since,
        (number, asked) -> world.routes.subscriptions(since, asked.at()));
  }

  @Override
  public DirectoryAnswer rooms(@Nullable ServerTime since, Call call) {
    return exchange(
        call, "rooms.get", since, (number, asked) -> world.routes.rooms(since, asked.at()));
  }

  @Override
  public Optional<Message> message(MessageId id, Call call) {
    return exchange(call, "chat.getMessage", id, (number, asked) -> world.routes.message(id));
  }

  /** Counts and lists in two steps (facts 3.4). */
  @Override
  public Optional<ListingAnswer> listing(ListingQuery query, Call call) {
    if (!world.surroundings.listings()) {
      return Optional.empty();
    }
    return exchange(
        call,
        "a listing",
        query,
        (number, asked) -> {
          Optional<ListingAnswer> answer = world.routes.listing(query);
          if (answer.isPresent() && happen(number, Moment.BETWEEN)) {
            long total = answer.get().total();
            answer = world.routes.listing(query).map(l -> new ListingAnswer(l.rows(), total));
          }
          return answer;
        });
  }

  @Override
  public ServerFacts facts(Call call) {
    ServerFacts facts =
        exchange(
            call,
            SETTINGS,
            null,
            (number, asked) -> world.routes.facts(asked.at(), asked.confirmed()));
    world.silent.told(facts.hidesDeletions());
    return facts;
  }

  @Override
  public String account() {
    return "simulated";
  }

  @Override
  public void close() {}

  // --- one request -------------------------------------------------------------------------------

  private <T> T exchange(Call call, String route, @Nullable Object question, Answering<T> answer) {
    call.requestSent(route);
    int number = ++requests;
    Broken.unless(number < ENDLESS, "a run ends, but this one has sent %s requests", number);
    trace.asked(number, route, question);
    suspend(number);
    long sent = world.clock.nanoTime();
    workers.letOthers();
    before(number);
    happen(number, Moment.BEFORE);
    boolean undated = has(number, Fault.UNDATED) && route.startsWith("chat.");
    boolean counted = route.equals(SETTINGS) || !world.surroundings.has(Draw.UNCOUNTED);
    Asked asked = asked(undated, counted, Duration.ofNanos(world.clock.nanoTime() - sent));
    T result = answer.answer(number, asked);
    world.answered();
    happen(number, Moment.AFTER);
    workers.letOthers();
    if (has(number, Fault.ANSWER_LOST)) {
      throw new UnreachableException("the answer was lost", null);
    }
    return result;
  }

  /** What goes wrong before the server has answered anything. */
  private void before(int number) {
    Event.@Nullable Trouble trouble = trouble(number);
    if (trouble != null) {
      trace.within(trouble);
      loggedOut |= trouble.fault() == Fault.UNAUTHORIZED;
      switch (trouble.fault()) {
        case LOST -> throw new UnreachableException("the request was lost", null);
        case BAD_GATEWAY -> throw new ServerErrorException("a gateway failed", 502, "");
        case SERVER_ERROR -> throw new ServerErrorException("the server failed", 500, "");
        case RATE_LIMITED ->
            throw new RateLimitedException("a route", Duration.ofSeconds(trouble.size()));
        case MALFORMED -> throw new MalformedResponseException("a route", "", "it is odd", null);
        case CURSOR_LOST ->
            throw new ServerErrorException("Cursor not found", 400, "error-cursor-not-found");
        default -> {}
      }
    }
    if (loggedOut) {
      throw new NotAuthorizedException("the login has expired");
    }
  }

  private Event.@Nullable Trouble trouble(int number) {
    for (Event event : within) {
      if (event instanceof Event.Trouble trouble && trouble.request() == number) {
        return trouble;
      }
    }
    return null;
  }

  private boolean has(int number, Fault fault) {
    Event.@Nullable Trouble trouble = trouble(number);
    return trouble != null && trouble.fault() == fault;
  }

  private void suspend(int number) {
    for (Event event : within) {
      if (event instanceof Event.Suspended suspended && suspended.request() == number) {
        trace.within(suspended);
        world.suspend(suspended.millis());
      }
    }
  }

  /** Does what happens on the server at this moment; says whether anything did. */
  private boolean happen(int number, Moment moment) {
    boolean anything = false;
    for (Event event : within) {
      if (event instanceof Event.Meanwhile meanwhile
          && meanwhile.request() == number
          && meanwhile.moment() == moment) {
        trace.within(meanwhile);
        world.act(meanwhile.pause(), meanwhile.clock(), meanwhile.late(), meanwhile.deed());
        anything = true;
      }
    }
    return anything;
  }

  /** What the header says less the time that the answer took: not later than the request (R6). */
  private Asked asked(boolean undated, boolean counted, Duration elapsed) {
    Dates dates = world.surroundings.dates();
    if (dates == Dates.NONE || undated) {
      return new Asked(null, null, false);
    }
    long header = world.now() + dateOff;
    long limiter = world.now();
    if (dates == Dates.COARSE) {
      header = Math.floorDiv(header, 1_000) * 1_000;
      limiter = Math.floorDiv(limiter, WINDOW_MILLIS) * WINDOW_MILLIS;
    }
    long at = header - elapsed.toMillis();
    ServerTime date = ServerTime.ofEpochMilli(header);
    return dates.isConfirmed() && counted
        ? new Asked(ServerTime.ofEpochMilli(Math.min(at, limiter)), date, true)
        : new Asked(ServerTime.ofEpochMilli(at), date, false);
  }

  private static String route(FeedQuery query) {
    return query instanceof FeedQuery.ThreadSince ? "chat.syncThreadMessages" : "chat.syncMessages";
  }
}
