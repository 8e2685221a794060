package dev.strandline.transport.http.internal.recording;

import dev.strandline.model.ServerTime;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a recorded answer: those that matter to a client, with times that tell a client of
 * the replay the same moment as that of the recording, and that nobody has to wait for.
 *
 * <p>What a client takes from the two times is the moment of asking: of the {@code Date} less the
 * time that the answer took, and of a window before the {@code X-RateLimit-Reset}, the earlier. An
 * answer of the replay takes another time. So where there is a reset it is made to tell the moment,
 * to the millisecond, and the date is put at the reset: behind it, whatever the answer takes, and
 * with a window that is over. Where there is none, the moment is one of whole seconds, and the date
 * a second behind it.
 */
final class RecordedHeaders {
  private static final List<String> PLAIN =
      List.of("Content-Type", "X-RateLimit-Limit", "X-RateLimit-Remaining");
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);
  private static final long WINDOW_MILLIS = 60_000;
  private static final String DATE = "Date";
  private static final String RESET = "X-RateLimit-Reset";
  private static final String RETRY_AFTER = "Retry-After";

  private RecordedHeaders() {}

  /**
   * The headers to record.
   *
   * @param passed what the run takes for the moment of asking, by its own clock; null where the
   *     answer tells it, or nothing does
   * @param askedAt what the client takes for the moment of asking; null where the answer does not
   *     tell
   */
  static Map<String, String> of(
      int status,
      HttpHeaders received,
      @Nullable ServerTime passed,
      @Nullable ServerTime askedAt,
      Scrubber scrubber) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : PLAIN) {
      received.firstValue(name).ifPresent(value -> headers.put(name, scrubber.safe(value)));
    }
    if (status == 429) {
      addShortWait(headers, received, askedAt);
    } else if (passed != null) {
      addMoment(headers, passed);
    } else {
      addTimes(headers, received, askedAt);
      received.firstValue(RETRY_AFTER).ifPresent(value -> headers.put(RETRY_AFTER, value));
    }
    return headers;
  }

  private static void addTimes(
      Map<String, String> headers, HttpHeaders received, @Nullable ServerTime askedAt) {
    boolean hasReset = received.firstValue(RESET).isPresent();
    if (askedAt == null) {
      received.firstValue(DATE).ifPresent(value -> headers.put(DATE, value));
    } else if (hasReset) {
      addMoment(headers, askedAt);
    } else {
      headers.put(DATE, httpDate(Math.floorDiv(askedAt.epochMilli(), 1000) + 1));
    }
  }

  private static void addMoment(Map<String, String> headers, ServerTime askedAt) {
    long reset = askedAt.epochMilli() + WINDOW_MILLIS;
    headers.put(DATE, httpDate(Math.floorDiv(reset + 999, 1000)));
    headers.put(RESET, Long.toString(reset));
  }

  /** A refusal that is over in a moment: what a client waits for is not part of the story. */
  private static void addShortWait(
      Map<String, String> headers, HttpHeaders received, @Nullable ServerTime askedAt) {
    if (askedAt == null) {
      received.firstValue(DATE).ifPresent(value -> headers.put(DATE, value));
      headers.put(RETRY_AFTER, "1");
      return;
    }
    long second = Math.floorDiv(askedAt.epochMilli(), 1000) + 1;
    headers.put(DATE, httpDate(second));
    if (received.firstValue(RESET).isPresent()) {
      headers.put(RESET, Long.toString(second * 1000 + 1));
    } else {
      headers.put(RETRY_AFTER, "1");
    }
  }

  private static String httpDate(long epochSecond) {
    return HTTP_DATE.format(Instant.ofEpochSecond(epochSecond));
  }
}
