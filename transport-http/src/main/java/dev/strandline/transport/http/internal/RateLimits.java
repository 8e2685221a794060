package dev.strandline.transport.http.internal;

import dev.strandline.model.ServerTime;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rate limiter's windows by server and route (R15). Several calls can be under way at once, and
 * an answer counts those that the server has come to, so what is still on its way is taken off.
 *
 * <p>Others may share the address, and what they have used only an answer tells. So no more go out
 * together than an eighth of what is left, or one: where ten calls a minute are allowed, they go
 * one after another, and a neighbour who uses the window up costs one refusal and not eight. Safe
 * for several threads; never waits.
 */
public final class RateLimits {

  /** How many calls go out together while no route has told of a limit: fewer than the default. */
  private static final long MOST_UNHEARD = 8;

  /** Which part of what is left may be under way. */
  private static final long SHARE = 8;

  /** How soon to ask again where an answer under way will tell more. */
  private static final Duration SHORTLY = Duration.ofMillis(250);

  private final Map<String, Route> routes = new HashMap<>();

  /** How many calls may go out together on a route that was never asked; as others have told. */
  private long unheard = MOST_UNHEARD;

  /** What is known of one route. */
  private static final class Route {
    @Nullable RateWindow window;

    /** How many calls may go out together while a new window is unknown. */
    long atFirst;

    int underWay;

    Route(long atFirst) {
      this.atFirst = atFirst;
    }
  }

  /**
   * Asks for a call. Where the answer is zero the call is counted, so that of several threads only
   * as many go on as the window admits; its end is to be told to {@link #ended}.
   *
   * @return how long to wait before asking again
   */
  synchronized Duration admit(String key, long nowNanos) {
    Route route = route(key);
    if (route.window != null && route.window.isOver(nowNanos)) {
      route.window = null;
    }
    if (route.window == null) {
      if (route.underWay >= route.atFirst) {
        return SHORTLY;
      }
    } else {
      Duration wait = route.window.waitAt(nowNanos);
      if (!wait.isZero()) {
        return wait;
      }
      if (route.underWay >= share(route.window.remaining() + route.underWay)) {
        return SHORTLY;
      }
      route.window = route.window.afterOneCall();
    }
    route.underWay++;
    return Duration.ZERO;
  }

  /** A call that was admitted has been answered, or will not be. */
  synchronized void ended(String key) {
    route(key).underWay--;
  }

  /** Takes note of what an answer says, before its call is {@link #ended}. */
  synchronized void learn(
      String key, HttpHeaders headers, @Nullable ServerTime serverNow, long nowNanos) {
    Route route = route(key);
    RateWindow told = RateWindow.of(headers, serverNow, nowNanos);
    if (told == null) {
      // A server that says nothing of limits has none, as far as anybody can know.
      route.atFirst = route.window == null ? Long.MAX_VALUE : route.atFirst;
      return;
    }
    route.atFirst = share(RateWindow.limit(headers).orElse(MOST_UNHEARD));
    unheard = route.atFirst;
    int others = Math.max(0, route.underWay - 1);
    route.window = route.window == null ? told.less(others) : told.after(route.window, others);
  }

  /** Takes note of a refusal: nobody calls before {@code wait} is over. */
  synchronized void refused(String key, Duration wait, long nowNanos) {
    long ends = nowNanos + wait.minus(RateWindow.MARGIN).toNanos();
    route(key).window = new RateWindow(0, ends);
  }

  private static long share(long calls) {
    return Math.max(1, calls / SHARE);
  }

  private Route route(String key) {
    return routes.computeIfAbsent(key, unasked -> new Route(unheard));
  }
}
