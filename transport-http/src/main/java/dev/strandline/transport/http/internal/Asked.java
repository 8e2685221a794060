package dev.strandline.transport.http.internal;

import dev.strandline.model.ServerTime;
import java.net.http.HttpHeaders;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an answer tells of the moment at which it was asked for, by the server's clock.
 *
 * @param at see {@link dev.strandline.spi.FeedAnswer#askedAt()}
 * @param answeredAt see {@link dev.strandline.spi.FeedAnswer#answeredAt()}
 * @param confirmed see {@link dev.strandline.spi.FeedAnswer#confirmed()}
 */
record Asked(@Nullable ServerTime at, @Nullable ServerTime answeredAt, boolean confirmed) {

  /**
   * The moment that the {@code Date} header tells, held against the limiter's {@code
   * X-RateLimit-Reset}: the header may be a proxy's, the reset is made by the clock that stamps
   * messages. It lies at most a window ahead of that clock, so a window before it has passed. An
   * administrator can make the window longer, as far as nobody has heard to an hour at most: a date
   * further behind than that is no reading of the same clock.
   *
   * <p>A date that nothing confirms is told in whole seconds. It is no finer to begin with; and an
   * answer that is played back from a recording, a little sooner or later, then tells the same.
   *
   * @param elapsed from sending the request to receiving the answer's headers
   */
  static Asked of(HttpHeaders headers, Duration elapsed) {
    ServerTime date = AnswerDate.of(headers);
    ServerTime reset = RateWindow.reset(headers);
    if (date == null) {
      return new Asked(null, null, false);
    }
    if (reset == null) {
      return new Asked(AnswerDate.askedAt(date, wholeSeconds(elapsed)), date, false);
    }
    ServerTime passed = reset.minus(RateWindow.USUAL);
    ServerTime asked = ServerTime.min(AnswerDate.askedAt(date, elapsed), passed);
    return new Asked(ServerTime.max(asked, reset.minus(RateWindow.LONGEST)), date, true);
  }

  private static Duration wholeSeconds(Duration elapsed) {
    return Duration.ofSeconds(elapsed.plusSeconds(1).minusNanos(1).toSeconds());
  }
}
