package dev.strandline.transport.http.internal;

import dev.strandline.model.ServerTime;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.regex.Matcher;
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

  /** The limiter's window unless an administrator has changed it (facts 6). */
  static final Duration USUAL = Duration.ofMinutes(1);

  /** Two readings of one window's end differ by what a date is rounded by, and by travel. */
  private static final Duration SAME_WINDOW = Duration.ofSeconds(3);

  /** However long a wait is asked for, after this one call finds out whether it is over. */
  static final Duration LONGEST = Duration.ofHours(1);

  /** Outside of these years a reset is no count of milliseconds: gateways tell seconds. */
  private static final ServerTime EARLIEST = moment("2015-01-01T00:00:00Z");

  private static final ServerTime LATEST = moment("2200-01-01T00:00:00Z");

  /**
   * The window that {@code headers} describe; null where they do not, or where the end cannot be
   * told because the answer has no date: the reset is a reading of the server's clock, which the
   * device's is never compared with.
   *
   * <p>The date may be a proxy's, and minutes behind. So no wait is believed that is longer than a
   * window can last: it costs a refusal at most, which tells the time that is left by one clock.
   *
   * @param serverNow the answer's date
   * @param nowNanos when the answer came, by the monotonic clock
   * @param longest how long a window of this route can last, as far as is known
   */
  static @Nullable RateWindow of(
      HttpHeaders headers, @Nullable ServerTime serverNow, long nowNanos, Duration longest) {
    OptionalLong remaining = number(headers, "X-RateLimit-Remaining");
    Duration left = untilReset(headers, serverNow);
    if (remaining.isEmpty() || left == null) {
      return null;
    }
    Duration believed = least(left, longest.plus(SAME_WINDOW));
    return new RateWindow(Math.max(0, remaining.getAsLong()), nowNanos + believed.toNanos());
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
    if (Math.abs(later) <= SAME_WINDOW.toNanos()) {
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
   * How long a refusal (429) asks to wait, an hour at most: what {@code Retry-After} says in
   * seconds, or the text, neither of which needs a date; else until the reset or a date.
   */
  static Duration afterRefusal(HttpHeaders headers, @Nullable ServerTime serverNow, String text) {
    OptionalLong retryAfter = number(headers, "Retry-After");
    if (retryAfter.isPresent()) {
      return seconds(retryAfter.getAsLong());
    }
    Matcher told = ServerWords.WAIT.matcher(text);
    if (told.find()) {
      return seconds(Long.parseLong(told.group(1))).plus(MARGIN);
    }
    Duration left = untilReset(headers, serverNow);
    if (left != null && !left.isZero()) {
      return left.plus(MARGIN);
    }
    ServerTime retryAt = AnswerDate.parse(headers.firstValue("Retry-After").orElse(""));
    return retryAt != null && serverNow != null && retryAt.isAfter(serverNow)
        ? least(retryAt.since(serverNow), LONGEST).plus(MARGIN)
        : UNSAID;
  }

  /**
   * When the window ends, by the clock of the process that counts; null where what is told is no
   * moment in milliseconds.
   */
  static @Nullable ServerTime reset(HttpHeaders headers) {
    OptionalLong millis = number(headers, "X-RateLimit-Reset");
    ServerTime reset = millis.isPresent() ? ServerTime.ofEpochMilli(millis.getAsLong()) : null;
    return reset == null || reset.isBefore(EARLIEST) || reset.isAfter(LATEST) ? null : reset;
  }

  private static @Nullable Duration untilReset(
      HttpHeaders headers, @Nullable ServerTime serverNow) {
    ServerTime reset = reset(headers);
    if (reset == null || serverNow == null) {
      return null;
    }
    // The date is rounded down to the second, so this errs on the side of waiting.
    return reset.isAfter(serverNow) ? least(reset.since(serverNow), LONGEST) : Duration.ZERO;
  }

  private static ServerTime moment(String text) {
    return ServerTime.ofEpochMilli(Instant.parse(text).toEpochMilli());
  }

  private static Duration seconds(long told) {
    return Duration.ofSeconds(Math.max(1, Math.min(told, LONGEST.toSeconds())));
  }

  private static Duration least(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static OptionalLong number(HttpHeaders headers, String name) {
    String text = headers.firstValue(name).orElse("").strip();
    return text.matches("-?\\d{1,18}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }
}
