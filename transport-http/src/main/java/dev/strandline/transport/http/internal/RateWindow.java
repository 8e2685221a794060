package dev.strandline.transport.http.internal;

import dev.strandline.model.ServerTime;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One window of the server's rate limiter for one route, as an answer's headers describe it (facts
 * 6). Values in, values out: nothing here waits or reads a clock.
 *
 * @param remaining how many calls the window still admits
 * @param endsAtNanos when it ends, by the monotonic clock
 */
record RateWindow(long remaining, long endsAtNanos) {

  /** A call exactly at the reset is still refused, and clocks tick apart (facts 6). */
  static final Duration MARGIN = Duration.ofMillis(250);

  /** How long to wait where a refusal does not say: a third of the server's default window. */
  private static final Duration UNSAID = Duration.ofSeconds(20);

  private static final Duration FOREVER = Duration.ofDays(365);
  private static final Pattern WAIT_TEXT = Pattern.compile("must wait (\\d{1,9}) second");

  /**
   * The window that {@code headers} describe; null where they do not, or where the end cannot be
   * told because the answer has no date: the reset is a reading of the server's clock, which the
   * device's is never compared with.
   *
   * @param serverNow the answer's date
   * @param nowNanos when the answer came, by the monotonic clock
   */
  static @Nullable RateWindow of(
      HttpHeaders headers, @Nullable ServerTime serverNow, long nowNanos) {
    OptionalLong remaining = number(headers, "X-RateLimit-Remaining");
    Duration left = untilReset(headers, serverNow);
    if (remaining.isEmpty() || left == null) {
      return null;
    }
    return new RateWindow(Math.max(0, remaining.getAsLong()), nowNanos + left.toNanos());
  }

  /** How long to wait before the next call at {@code nowNanos}: nothing while calls remain. */
  Duration waitAt(long nowNanos) {
    return remaining > 0 || isOver(nowNanos)
        ? Duration.ZERO
        : Duration.ofNanos(endsAtNanos - nowNanos).plus(MARGIN);
  }

  boolean isOver(long nowNanos) {
    return nowNanos - endsAtNanos - MARGIN.toNanos() >= 0;
  }

  RateWindow afterOneCall() {
    return new RateWindow(remaining - 1, endsAtNanos);
  }

  /**
   * How long a refusal (429) asks to wait: until the reset, else what {@code Retry-After} says,
   * else what the text says.
   */
  static Duration afterRefusal(HttpHeaders headers, @Nullable ServerTime serverNow, String text) {
    Duration left = untilReset(headers, serverNow);
    if (left != null && !left.isZero()) {
      return left.plus(MARGIN);
    }
    OptionalLong retryAfter = number(headers, "Retry-After");
    if (retryAfter.isPresent()) {
      return bounded(Duration.ofSeconds(Math.max(1, Math.min(retryAfter.getAsLong(), 1 << 30))));
    }
    ServerTime retryAt = AnswerDate.parse(headers.firstValue("Retry-After").orElse(""));
    if (retryAt != null && serverNow != null && retryAt.isAfter(serverNow)) {
      return bounded(retryAt.since(serverNow)).plus(MARGIN);
    }
    Matcher told = WAIT_TEXT.matcher(text);
    return told.find()
        ? bounded(Duration.ofSeconds(Math.max(1, Long.parseLong(told.group(1))))).plus(MARGIN)
        : UNSAID;
  }

  /** When the window ends, by the clock of the process that counts. */
  static OptionalLong reset(HttpHeaders headers) {
    return number(headers, "X-RateLimit-Reset");
  }

  private static @Nullable Duration untilReset(
      HttpHeaders headers, @Nullable ServerTime serverNow) {
    OptionalLong reset = reset(headers);
    if (reset.isEmpty() || serverNow == null) {
      return null;
    }
    // The date is rounded down to the second, so this errs on the side of waiting.
    long millis = reset.getAsLong() - serverNow.epochMilli();
    return bounded(Duration.ofMillis(Math.max(0, millis)));
  }

  private static Duration bounded(Duration duration) {
    return duration.compareTo(FOREVER) > 0 ? FOREVER : duration;
  }

  private static OptionalLong number(HttpHeaders headers, String name) {
    String text = headers.firstValue(name).orElse("").strip();
    return text.matches("-?\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }
}
