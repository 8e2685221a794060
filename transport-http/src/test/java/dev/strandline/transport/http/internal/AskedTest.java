package dev.strandline.transport.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.model.ServerTime;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** R6: what an answer's headers tell of the server's time. */
class AskedTest {
  private static final Instant DATE = Instant.parse("2021-09-24T19:20:00Z");

  private static Asked asked(String reset) {
    return Asked.of(
        HttpHeaders.of(
            Map.of(
                "Date", List.of("Fri, 24 Sep 2021 19:20:00 GMT"),
                "X-RateLimit-Reset", List.of(reset)),
            (name, value) -> true),
        Duration.ZERO);
  }

  private static ServerTime time(Instant instant) {
    return ServerTime.ofEpochMilli(instant.toEpochMilli());
  }

  @Test
  void r6_aDateThatIsAheadOfTheClockThatCountsIsBroughtDownToIt() {
    Instant reset = DATE.minus(Duration.ofHours(3));
    Asked asked = asked("" + reset.toEpochMilli());
    assertThat(asked.at()).isEqualTo(time(reset.minusSeconds(60)));
    assertThat(asked.confirmed()).isTrue();
  }

  /** As gateways with limits of their own tell them: from now on, since the epoch; and nonsense. */
  @ParameterizedTest
  @ValueSource(strings = {"30", "1632511230", "1632511230000000", "-1", "soon"})
  void r6_aResetThatIsNoCountOfMillisecondsConfirmsNothing(String reset) {
    Asked asked = asked(reset);
    assertThat(asked.at()).isGreaterThanOrEqualTo(time(DATE.minusSeconds(2)));
    assertThat(asked.confirmed()).isFalse();
  }
}
