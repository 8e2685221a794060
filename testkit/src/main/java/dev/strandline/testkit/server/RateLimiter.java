package dev.strandline.testkit.server;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts calls by route, method and address. The window belongs to the route, not to the address:
 * whoever comes late finds a whole allowance and a short rest of the window. A call exactly at the
 * reset still belongs to the old window. Thread-safe.
 */
final class RateLimiter {
  private static final class Window {
    final long start;
    final Map<String, Integer> calls = new HashMap<>();

    Window(long start) {
      this.start = start;
    }
  }

  private final Map<String, Window> windows = new HashMap<>();
  private RateLimit limit;

  RateLimiter(RateLimit limit) {
    this.limit = limit;
  }

  /** Changes the limit and forgets all counts. */
  synchronized void limit(RateLimit newLimit) {
    limit = newLimit;
    windows.clear();
  }

  synchronized RateLimit limit() {
    return limit;
  }

  /**
   * Counts one call.
   *
   * @param own the route's own allowance, in place of the general one; null where it has none
   * @param headers gets the {@code X-RateLimit-*} headers, also where the call is refused
   * @throws ApiError 429 where the allowance is used up
   */
  synchronized void count(
      Request request, @Nullable RateLimit own, long now, Map<String, String> headers) {
    if (limit.isOff()) {
      return;
    }
    RateLimit allowed = own == null ? limit : own;
    long length = allowed.window().toMillis();
    String key = request.method() + " " + request.path();
    Window window = windows.get(key);
    // A clock that was set back starts anew, rather than refusing until it has caught up.
    if (window == null || now > window.start + length || now < window.start) {
      window = new Window(now);
      windows.put(key, window);
    }
    int calls = window.calls.merge(request.remoteAddress(), 1, Integer::sum);
    long reset = window.start + length;
    headers.put("X-RateLimit-Limit", Integer.toString(allowed.calls()));
    headers.put("X-RateLimit-Remaining", Integer.toString(Math.max(0, allowed.calls() - calls)));
    headers.put("X-RateLimit-Reset", Long.toString(reset));
    if (calls > allowed.calls()) {
      throw ApiError.tooManyRequests((reset - now + 999) / 1000);
    }
  }
}
