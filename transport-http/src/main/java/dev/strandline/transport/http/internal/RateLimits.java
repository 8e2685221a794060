package dev.strandline.transport.http.internal;

import dev.strandline.model.ServerTime;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rate limiter's windows by server and route (R15). Safe for several threads; never waits. */
public final class RateLimits {
  private final Map<String, RateWindow> windows = new HashMap<>();

  /**
   * Asks for a call. Where the answer is zero the call is counted, so that of several threads only
   * as many go on as the window admits.
   *
   * @return how long to wait before asking again
   */
  synchronized Duration admit(String key, long nowNanos) {
    RateWindow window = windows.get(key);
    if (window == null) {
      return Duration.ZERO;
    }
    if (window.isOver(nowNanos)) {
      windows.remove(key);
      return Duration.ZERO;
    }
    Duration wait = window.waitAt(nowNanos);
    if (wait.isZero()) {
      windows.put(key, window.afterOneCall());
    }
    return wait;
  }

  /** Takes note of what an answer says. */
  synchronized void learn(
      String key, HttpHeaders headers, @Nullable ServerTime serverNow, long nowNanos) {
    RateWindow window = RateWindow.of(headers, serverNow, nowNanos);
    if (window != null) {
      windows.put(key, window);
    }
  }

  /** Takes note of a refusal: nobody calls before {@code wait} is over. */
  synchronized void refused(String key, Duration wait, long nowNanos) {
    long ends = nowNanos + wait.minus(RateWindow.MARGIN).toNanos();
    windows.put(key, new RateWindow(0, ends));
  }
}
