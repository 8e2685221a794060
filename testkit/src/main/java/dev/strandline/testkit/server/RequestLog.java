package dev.strandline.testkit.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest requests, up to a bound. Thread-safe. */
final class RequestLog {
  private final int bound;
  private final Deque<SeenRequest> seen = new ArrayDeque<>();

  RequestLog(int bound) {
    this.bound = bound;
  }

  synchronized void add(SeenRequest request) {
    seen.add(request);
    if (seen.size() > bound) {
      seen.remove();
    }
  }

  synchronized List<SeenRequest> all() {
    return List.copyOf(seen);
  }

  synchronized void clear() {
    seen.clear();
  }
}
