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

  /** Two readings of one window's end differ by what a date is rounded by, and by travel. */
  private static final long SAME_WINDOW_NANOS = Duration.ofSeconds(3).toNanos();

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
    return less(1);
  }

  /** This window with so many calls taken off. */
  RateWindow less(long calls) {
    return new RateWindow(Math.max(0, remaining - calls), endsAtNanos);
  }

  /**
   * What holds once this was told while {@code known} was believed and {@code others} were under
   * way. Of the same window the lower count holds, since calls that are under way are in the one
   * and may not be in the other; and the earlier end, since every reading errs on the late side. A
   * later window may have none of them counted; an earlier one is told by an answer that was
   * overtaken, unless there was none to overtake it.
   */
  RateWindow after(RateWindow known, int others) {
    long later = endsAtNanos - known.endsAtNanos;
    if (Math.abs(later) <= SAME_WINDOW_NANOS) {
      return new RateWindow(
          Math.min(remaining, known.remaining), later < 0 ? endsAtNanos : known.endsAtNanos);
    }
    return later < 0 && others > 0 ? known : less(others);
  }

  /** How many calls a window admits. */
  static OptionalLong limit(HttpHeaders headers) {
    OptionalLong limit = number(headers, "X-RateLimit-Limit");
    return limit.isPresent() && limit.getAsLong() > 0 ? limit : OptionalLong.empty();
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
