package dev.strandline.transport.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.model.ServerTime;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** R15: several calls at once stay within one window. */
class RateLimitsTest {
  private static final String ROUTE = "https://chat.example.org chat.syncMessages";
  private static final ServerTime DATE = ServerTime.ofEpochMilli(1_700_000_000_000L);

  private final RateLimits limits = new RateLimits();
  private final Deque<RateLimits.Place> underWay = new ArrayDeque<>();
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
  void r15_aWindowIsBelievedToBeLongerThanUsualOnceARefusalHasSaidSo() {
    assertThat(admitted(1)).isEqualTo(1);
    answer(0, 10, Duration.ofMinutes(10));
    now += Duration.ofSeconds(64).toNanos();
    assertThat(admitted(1)).isEqualTo(1);
    limits.refused(ROUTE, Duration.ofMinutes(9), now);
    lost(1);
    now += Duration.ofMinutes(9).toNanos();
    assertThat(admitted(1)).isEqualTo(1);
    answer(0, 10, Duration.ofMinutes(9));
    now += Duration.ofMinutes(8).toNanos();
    assertThat(admitted(1)).isZero();
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
    RateLimits.Place place = limits.join(other, "caller");
    assertThat(limits.admit(place, now)).isZero();
    limits.learn(other, 200, headers(9, 10, Duration.ofSeconds(40)), DATE, now);
    limits.leave(place);
    assertThat(admitted(8)).isEqualTo(1);
  }

  @Test
  void aRouteWithoutALimitIsNotHeldBack() {
    assertThat(admitted(1)).isEqualTo(1);
    answerWithoutALimit(200);
    assertThat(admitted(100)).isEqualTo(100);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 401, 502})
  void r15_anAnswerThatTellsNoLimitDoesNotLiftTheOneThatWasTold(int status) {
    assertThat(admitted(1)).isEqualTo(1);
    answer(9, 10, Duration.ofSeconds(10));
    now += Duration.ofSeconds(11).toNanos();
    assertThat(admitted(100)).isEqualTo(1);
    answerWithoutALimit(status);
    assertThat(admitted(100)).isEqualTo(1);
  }

  @Test
  void r15_whoWasRefusedForTooManyCallsIsLimitedWhateverOthersAreTold() {
    assertThat(admitted(2)).isEqualTo(2);
    limits.refused(ROUTE, Duration.ofSeconds(5), now);
    lost(1);
    answerWithoutALimit(200);
    now += Duration.ofSeconds(6).toNanos();
    assertThat(admitted(100)).isEqualTo(8);
  }

  @Test
  void r15_whoWasRefusedIsLimitedAlsoWhereAnAnswerBeforeToldNoLimit() {
    assertThat(admitted(2)).isEqualTo(2);
    answerWithoutALimit(200);
    limits.refused(ROUTE, Duration.ofSeconds(5), now);
    lost(1);
    now += Duration.ofSeconds(6).toNanos();
    assertThat(admitted(100)).isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(ints = {307, 401, 502})
  void r15_aRefusalThatTellsNoLimitDoesNotShowThatThereIsNone(int status) {
    assertThat(admitted(1)).isEqualTo(1);
    answerWithoutALimit(status);
    assertThat(admitted(100)).isEqualTo(8);
  }

  @Test
  void aCallThatGotNoAnswerIsNotUnderWayAnyMore() {
    assertThat(admitted(100)).isEqualTo(8);
    limits.leave(underWay.remove());
    assertThat(admitted(100)).isEqualTo(1);
  }

  @Test
  void r15_whoAsksForOneIsNotKeptWaitingByWhoAsksForMany() {
    assertThat(admitted(1)).isEqualTo(1);
    answer(0, 24, Duration.ofSeconds(10));
    List<RateLimits.Place> many = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      many.add(limits.join(ROUTE, "many"));
    }
    RateLimits.Place one = limits.join(ROUTE, "one");
    RateLimits.Place another = limits.join(ROUTE, "another");
    now += Duration.ofSeconds(11).toNanos();

    // Whoever wakes first: the turns are dealt out to those whose turn it is.
    assertThat(limits.admit(many.get(19), now)).isPositive();
    assertThat(many.stream().filter(this::isAdmitted)).containsExactly(many.get(0));
    assertThat(isAdmitted(one)).isTrue();
    assertThat(isAdmitted(another)).isTrue();
  }

  @Test
  void r15_whoHasHadATurnIsBehindThoseWhoHaveNot() {
    assertThat(admitted(1)).isEqualTo(1);
    answer(0, 1, Duration.ofSeconds(10));
    Map<String, Deque<RateLimits.Place>> places = new LinkedHashMap<>();
    for (String caller : List.of("a", "b", "c")) {
      places.put(caller, new ArrayDeque<>());
      for (int i = 0; i < 2; i++) {
        places.get(caller).add(limits.join(ROUTE, caller));
      }
    }
    List<String> order = new ArrayList<>();
    for (int window = 0; window < 6; window++) {
      now += Duration.ofSeconds(11).toNanos();
      places.forEach(
          (caller, own) -> {
            if (!own.isEmpty() && isAdmitted(own.peek())) {
              order.add(caller);
              underWay.add(own.remove());
            }
          });
      answer(0, 1, Duration.ofSeconds(10));
    }
    assertThat(order).containsExactly("a", "b", "c", "a", "b", "c");
  }

  @Test
  void r15_whoGivesUpWaitingIsNotCalled() {
    assertThat(admitted(1)).isEqualTo(1);
    answer(0, 1, Duration.ofSeconds(10));
    RateLimits.Place impatient = limits.join(ROUTE, "impatient");
    RateLimits.Place patient = limits.join(ROUTE, "patient");
    limits.leave(impatient);
    now += Duration.ofSeconds(11).toNanos();
    assertThat(isAdmitted(patient)).isTrue();
  }

  @Test
  void callsAndRefusalsAreCounted() {
    assertThat(admitted(3)).isEqualTo(3);
    limits.refused(ROUTE, Duration.ofSeconds(5), now);
    assertThat(limits.calls()).isEqualTo(3);
    assertThat(limits.refusals()).isEqualTo(1);
  }

  private boolean isAdmitted(RateLimits.Place place) {
    return limits.admit(place, now).isZero();
  }

  private int admittedOneByOne() {
    int admitted = 0;
    while (admitted < 100 && admitted(1) == 1) {
      lost(1);
      admitted++;
    }
    return admitted;
  }

  private void lost(int calls) {
    for (int i = 0; i < calls; i++) {
      limits.leave(underWay.remove());
    }
  }

  private int admitted(int wanted) {
    int admitted = 0;
    for (int i = 0; i < wanted; i++) {
      RateLimits.Place place = limits.join(ROUTE, "caller");
      if (limits.admit(place, now).isZero()) {
        admitted++;
        underWay.add(place);
      } else {
        limits.leave(place);
      }
    }
    return admitted;
  }

  private void answer(int remaining, int limit, Duration left) {
    limits.learn(ROUTE, 200, headers(remaining, limit, left), DATE, now);
    limits.leave(underWay.remove());
  }

  private void answerWithoutALimit(int status) {
    limits.learn(ROUTE, status, HttpHeaders.of(Map.of(), (name, value) -> true), DATE, now);
    limits.leave(underWay.remove());
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
