package dev.strandline.transport.http.internal;

import dev.strandline.model.ServerTime;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rate limiter's windows by server and route (R15), and the line of those who wait for each.
 * Several calls can be under way at once, and an answer counts those that the server has come to,
 * so what is still on its way is taken off.
 *
 * <p>Others may share the address, and what they have used only an answer tells. So no more go out
 * together than an eighth of what is left, or one: where ten calls a minute are allowed, they go
 * one after another, and a neighbour who uses the window up costs one refusal and not eight.
 *
 * <p>Whoever waits is called in turn, one place of each caller before a second of any, so that
 * nobody with many questions keeps another from asking one. Safe for several threads; never waits.
 */
public final class RateLimits {

  /** How many calls go out together while no route has told of a limit: fewer than the default. */
  private static final long MOST_UNHEARD = 8;

  /** Which part of what is left may be under way. */
  private static final long SHARE = 8;

  /** How soon to ask again where an answer under way will tell more. */
  private static final Duration SHORTLY = Duration.ofMillis(250);

  private final Map<String, Route> routes = new HashMap<>();
  private long calls;
  private long refusals;

  /** How many calls may go out together on a route that was never asked; as others have told. */
  private long unheard = MOST_UNHEARD;

  /** One call's place in the line of its route, until the call has ended. */
  static final class Place {
    private final String key;
    private final Object caller;
    private boolean admitted;

    private Place(String key, Object caller) {
      this.key = key;
      this.caller = caller;
    }
  }

  /** What is known of one route. */
  private static final class Route {
    @Nullable RateWindow window;

    /** How many calls may go out together while a new window is unknown. */
    long atFirst;

    /** Whether a limit has ever been told. */
    boolean isLimited;

    /** How long a window lasts, as far as refusals have told. */
    Duration longest = RateWindow.USUAL;

    int underWay;

    /** Who waits, in the order in which they are called, each with his places. */
    final Map<Object, Deque<Place>> line = new LinkedHashMap<>();

    Route(long atFirst) {
      this.atFirst = atFirst;
    }

    /** How long until another call may go out. */
    Duration waitAt(long nowNanos) {
      if (window != null && window.isOver(nowNanos)) {
        window = null;
      }
      if (window == null) {
        return underWay < atFirst ? Duration.ZERO : SHORTLY;
      }
      Duration wait = window.waitAt(nowNanos);
      boolean isFull = underWay >= share(window.remaining() + underWay);
      return wait.isZero() && isFull ? SHORTLY : wait;
    }

    /** Admits the next in the line; who has more places goes to its end. */
    void admitNext() {
      Iterator<Deque<Place>> callers = line.values().iterator();
      Deque<Place> places = callers.next();
      callers.remove();
      Place next = places.remove();
      if (!places.isEmpty()) {
        line.put(next.caller, places);
      }
      next.admitted = true;
      underWay++;
      if (window != null) {
        window = window.afterOneCall();
      }
    }
  }

  /**
   * Takes a place at the end of a line; to be {@linkplain #leave left}, whatever comes of it.
   *
   * @param caller who asks: each has his turn
   */
  synchronized Place join(String key, Object caller) {
    Place place = new Place(key, caller);
    route(key).line.computeIfAbsent(caller, first -> new ArrayDeque<>()).add(place);
    return place;
  }

  /**
   * Asks for a call. Where the answer is zero the call is counted, so that of several threads only
   * as many go on as the window admits.
   *
   * @return how long to wait before asking again
   */
  synchronized Duration admit(Place place, long nowNanos) {
    Route route = route(place.key);
    // Whoever comes by calls all whose turn it is: they find it out when they come by themselves.
    Duration wait = route.waitAt(nowNanos);
    while (wait.isZero() && !route.line.isEmpty()) {
      route.admitNext();
      calls++;
      wait = route.waitAt(nowNanos);
    }
    return place.admitted ? Duration.ZERO : wait;
  }

  /** A call has been answered, or will not be, or nobody waits for it any more. */
  synchronized void leave(Place place) {
    Route route = route(place.key);
    if (place.admitted) {
      route.underWay--;
      return;
    }
    Deque<Place> places = route.line.get(place.caller);
    if (places != null && places.remove(place) && places.isEmpty()) {
      route.line.remove(place.caller);
    }
  }

  /** How many calls were admitted so far. */
  public synchronized long calls() {
    return calls;
  }

  /** How many of them the server has refused for being too many. */
  public synchronized long refusals() {
    return refusals;
  }

  /**
   * Takes note of what an answer says, before its place is {@linkplain #leave left}.
   *
   * @param status the answer's; a refusal can come from something in between, or from before the
   *     limiter, and where it tells no limit there can be one
   */
  synchronized void learn(
      String key, int status, HttpHeaders headers, @Nullable ServerTime serverNow, long nowNanos) {
    Route route = route(key);
    RateWindow told = RateWindow.of(headers, serverNow, nowNanos, route.longest);
    if (told == null) {
      // A server that says nothing of limits has none, as far as anybody can know. Where it has
      // told of one, this is the answer to an account that is exempt, and others are not.
      route.atFirst = status == 200 && !route.isLimited ? Long.MAX_VALUE : route.atFirst;
      return;
    }
    route.isLimited = true;
    route.atFirst = share(RateWindow.limit(headers).orElse(MOST_UNHEARD));
    unheard = route.atFirst;
    int others = Math.max(0, route.underWay - 1);
    route.window = route.window == null ? told.less(others) : told.after(route.window, others);
  }

  /** Takes note of a refusal: nobody calls before {@code wait} is over. */
  synchronized void refused(String key, Duration wait, long nowNanos) {
    refusals++;
    Route route = route(key);
    long ends = nowNanos + wait.minus(RateWindow.MARGIN).toNanos();
    route.window = new RateWindow(0, ends);
    route.isLimited = true;
    route.atFirst = Math.min(route.atFirst, MOST_UNHEARD);
    route.longest = wait.compareTo(route.longest) > 0 ? wait : route.longest;
  }

  private static long share(long calls) {
    return Math.max(1, calls / SHARE);
  }

  private Route route(String key) {
    return routes.computeIfAbsent(key, unasked -> new Route(unheard));
  }
}
