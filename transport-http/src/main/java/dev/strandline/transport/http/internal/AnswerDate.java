package dev.strandline.transport.http.internal;

import dev.strandline.model.ServerTime;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** What an answer's {@code Date} header says of the server's clock. */
final class AnswerDate {
  private AnswerDate() {}

  /**
   * The moment, rounded down to the second, at which the answer began; null where it is not told.
   */
  static @Nullable ServerTime of(HttpHeaders headers) {
    return parse(headers.firstValue("Date").orElse(""));
  }

  static @Nullable ServerTime parse(String text) {
    if (text.isBlank()) {
      return null;
    }
    try {
      Instant instant = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip(), Instant::from);
      return ServerTime.ofEpochMilli(instant.toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      return null;
    }
  }

  /**
   * A moment of server time that is not later than the one at which the request was sent.
   *
   * <p>R6: a pass settles nothing later than its start, so every error here must be towards the
   * past. The header is at most the time at which the server answered (it is cut to the second),
   * and between sending and answering no more can have passed than between sending and receiving.
   * Taken from the header alone, rows written while the server was searching would be settled
   * unseen.
   *
   * @param elapsed from sending the request to receiving the answer's headers
   */
  static ServerTime askedAt(ServerTime date, Duration elapsed) {
    long millis = elapsed.toNanos() <= 0 ? 0 : (elapsed.toNanos() + 999_999) / 1_000_000;
    return ServerTime.ofEpochMilli(date.epochMilli() - millis);
  }
}
