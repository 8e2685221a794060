package dev.strandline.testkit.simulation;

import dev.strandline.testkit.server.ServerClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The server's clock, which can be set, beside the true time, which only passes. Both are in
 * milliseconds and the same until the clock is set for the first time.
 */
final class Timeline {
  /** From the true time {@code from} on the clock is ahead by {@code ahead}. */
  private record Span(long from, long ahead) {}

  private final ServerClock clock;
  private final List<Span> spans = new ArrayList<>(List.of(new Span(Long.MIN_VALUE, 0)));
  private long highest = Long.MIN_VALUE;
  private long told = Long.MIN_VALUE;

  Timeline(ServerClock clock) {
    this.clock = clock;
  }

  /** What the server's clock shows. */
  long now() {
    return clock.millis();
  }

  long trueNow() {
    return now() - last().ahead();
  }

  void advance(long millis) {
    clock.advance(Duration.ofMillis(millis));
  }

  /** Sets the server's clock forwards, or back; no time passes. */
  void step(long millis) {
    long at = trueNow();
    highest = Math.max(highest, now());
    clock.set(Instant.ofEpochMilli(now() + millis));
    spans.add(new Span(at, now() - at));
  }

  boolean isEverSet() {
    return spans.size() > 1;
  }

  /**
   * The first true time at which the server's clock showed {@code moment} or more: a claim as of a
   * moment that the clock showed twice says no more than that.
   */
  long trueTimeOf(long moment) {
    for (int i = 0; i < spans.size() - 1; i++) {
      Span span = spans.get(i);
      long at = Math.max(span.from(), moment - span.ahead());
      if (at <= spans.get(i + 1).from()) {
        return at;
      }
    }
    return Math.max(last().from(), moment - last().ahead());
  }

  /** A client was answered, and may have settled whatever the clock has shown until now. */
  void answered() {
    told = Math.max(told, Math.max(highest, now()));
  }

  /** The latest time by the server's clock that an answer may have told, by its stamps or date. */
  long told() {
    return told;
  }

  private Span last() {
    return spans.get(spans.size() - 1);
  }
}
