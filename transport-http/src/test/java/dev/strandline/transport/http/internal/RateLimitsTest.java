package dev.strandline.transport.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.model.ServerTime;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** R15: several calls at once stay within one window. */
class RateLimitsTest {
  private static final String ROUTE = "https://chat.example.org chat.syncMessages";
  private static final ServerTime DATE = ServerTime.ofEpochMilli(1_700_000_000_000L);

  private final RateLimits limits = new RateLimits();
  private long now = 5_000_000_000L;

  @Test
  void r15_callsUnderWayAreTakenOffWhatAnAnswerLeaves() {
    assertThat(admitted(8)).isEqualTo(8);
    // The server has come to one of eight.
    answer(9, 10, Duration.ofSeconds(40));
    lost(7);
    assertThat(admittedOneByOne()).isEqualTo(2);
  }

  @Test
  void r15_anAnswerThatWasOvertakenGivesNothingBack() {
    assertThat(admitted(3)).isEqualTo(3);
    answer(7, 10, Duration.ofSeconds(40));
    answer(8, 10, Duration.ofSeconds(40));
    answer(9, 10, Duration.ofSeconds(40));
    assertThat(admittedOneByOne()).isEqualTo(5);
  }

  @Test
  void r15_anAnswerFromTheWindowBeforeDoesNotEndTheNewOne() {
    assertThat(admitted(3)).isEqualTo(3);
    answer(0, 10, Duration.ofSeconds(60));
    answer(4, 10, Duration.ofSeconds(1));
    now += Duration.ofSeconds(30).toNanos();
    assertThat(admitted(10)).isZero();
  }

  @Test
  void r15_oneAsksHowMuchOthersHaveUsedWhenAWindowEnds() {
    assertThat(admitted(1)).isEqualTo(1);
    answer(0, 10, Duration.ofSeconds(10));
    assertThat(admitted(10)).isZero();
    now += Duration.ofSeconds(11).toNanos();
    assertThat(admitted(10)).isEqualTo(1);
  }

  @Test
  void r15_anEighthOfWhatIsLeftMayBeUnderWay() {
    assertThat(admitted(1)).isEqualTo(1);
    answer(40, 60, Duration.ofSeconds(40));
    assertThat(admitted(100)).isEqualTo(5);
    answer(15, 60, Duration.ofSeconds(40));
    lost(4);
    assertThat(admitted(100)).as("somebody else is there too").isEqualTo(1);
  }

  @Test
  void r15_aLimitThatOneRouteTellsIsExpectedOfAnother() {
    String other = "https://chat.example.org settings.public";
    assertThat(limits.admit(other, now)).isZero();
    limits.learn(other, headers(9, 10, Duration.ofSeconds(40)), DATE, now);
    limits.ended(other);
    assertThat(admitted(8)).isEqualTo(1);
  }

  @Test
  void aRouteWithoutALimitIsNotHeldBack() {
    assertThat(admitted(1)).isEqualTo(1);
    limits.learn(ROUTE, HttpHeaders.of(Map.of(), (name, value) -> true), DATE, now);
    limits.ended(ROUTE);
    assertThat(admitted(100)).isEqualTo(100);
  }

  @Test
  void aCallThatGotNoAnswerIsNotUnderWayAnyMore() {
    assertThat(admitted(100)).isEqualTo(8);
    limits.ended(ROUTE);
    assertThat(admitted(100)).isEqualTo(1);
  }

  private int admittedOneByOne() {
    int admitted = 0;
    while (admitted < 100 && limits.admit(ROUTE, now).isZero()) {
      limits.ended(ROUTE);
      admitted++;
    }
    return admitted;
  }

  private void lost(int calls) {
    for (int i = 0; i < calls; i++) {
      limits.ended(ROUTE);
    }
  }

  private int admitted(int wanted) {
    int admitted = 0;
    for (int i = 0; i < wanted; i++) {
      admitted += limits.admit(ROUTE, now).isZero() ? 1 : 0;
    }
    return admitted;
  }

  private void answer(int remaining, int limit, Duration left) {
    limits.learn(ROUTE, headers(remaining, limit, left), DATE, now);
    limits.ended(ROUTE);
  }

  private static HttpHeaders headers(int remaining, int limit, Duration left) {
    return HttpHeaders.of(
        Map.of(
            "X-RateLimit-Limit", List.of("" + limit),
            "X-RateLimit-Remaining", List.of("" + remaining),
            "X-RateLimit-Reset", List.of("" + (DATE.epochMilli() + left.toMillis()))),
        (name, value) -> true);
  }
}
