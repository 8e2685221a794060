package dev.strandline.transport.http;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import dev.strandline.error.RateLimitedException;
import dev.strandline.error.SyncCancelledException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R15: within the server's budget, by the server's clock. */
class PacingTest extends WireTest {
  private static final String DATE = "Fri, 24 Sep 2021 19:20:00 GMT";
  private static final long DATE_MILLIS = Instant.parse("2021-09-24T19:20:00Z").toEpochMilli();
  private static final String SLOW_DOWN =
      "{\"success\":false,\"error\":\"Error, too many requests. Please slow down. You must wait 7"
          + " seconds before trying this endpoint again. [error-too-many-requests]\"}";

  private static ResponseDefinitionBuilder limited(
      ResponseDefinitionBuilder response, int remaining, long resetInMillis) {
    return response
        .withHeader("Date", DATE)
        .withHeader("X-RateLimit-Limit", "10")
        .withHeader("X-RateLimit-Remaining", Integer.toString(remaining))
        .withHeader("X-RateLimit-Reset", Long.toString(DATE_MILLIS + resetInMillis));
  }

  private void answerFirst(ResponseDefinitionBuilder first, ResponseDefinitionBuilder then) {
    server()
        .stubFor(
            get(urlPathEqualTo(SYNC))
                .inScenario("limit")
                .whenScenarioStateIs("Started")
                .willReturn(first)
                .willSetStateTo("later"));
    server()
        .stubFor(
            get(urlPathEqualTo(SYNC))
                .inScenario("limit")
                .whenScenarioStateIs("later")
                .willReturn(then));
  }

  private void assertPausedOnce(Duration atLeast) {
    assertThat(call.pauses).hasSize(1);
    assertThat(call.pauses.get(0)).isBetween(atLeast, atLeast.plusMillis(250));
  }

  @Test
  void r15_whatRemainsIsUsedWithoutWaiting() {
    answer(SYNC, limited(ok(EMPTY_PAGE), 3, 40_000));
    fetch(forward());
    fetch(forward());

    assertThat(call.pauses).isEmpty();
  }

  @Test
  void r15_whenNothingRemainsTheNextRequestWaitsForTheReset() {
    answer(SYNC, limited(ok(EMPTY_PAGE), 0, 40_000));
    fetch(forward());
    fetch(forward());

    // 250 ms more: a call exactly at the reset is still refused.
    assertPausedOnce(Duration.ofMillis(40_250));
  }

  @Test
  void r15_timeThatHasPassedIsNotWaitedForAgain() {
    answer(SYNC, limited(ok(EMPTY_PAGE), 0, 40_000));
    fetch(forward());
    clock.advance(Duration.ofSeconds(30));
    fetch(forward());
    assertPausedOnce(Duration.ofMillis(10_250));
    clock.advance(Duration.ofSeconds(60));
    fetch(forward());
    assertThat(call.pauses).hasSize(1);
  }

  @Test
  void r15_everyRouteHasItsOwnWindow() {
    answer(SYNC, limited(ok(EMPTY_PAGE), 0, 40_000));
    answer(THREAD, ok("{\"messages\":{\"update\":[],\"remove\":[]},\"success\":true}"));
    fetch(forward());
    fetch(threadSince());

    assertThat(call.pauses).isEmpty();
  }

  @Test
  void r15_withoutADateTheResetIsNotComparedWithTheDevicesClock() {
    answer(
        SYNC,
        ok(EMPTY_PAGE)
            .withHeader("Date", "unknown")
            .withHeader("X-RateLimit-Remaining", "0")
            .withHeader("X-RateLimit-Reset", Long.toString(DATE_MILLIS)));
    fetch(forward());
    fetch(forward());

    assertThat(call.pauses).isEmpty();
  }

  @Test
  void r15_aRefusedRequestIsSentAgainAfterTheReset() {
    answerFirst(limited(ok("busy").withStatus(429), 0, 12_000), ok(EMPTY_PAGE));
    fetch(forward());

    assertPausedOnce(Duration.ofMillis(12_250));
    assertThat(call.sent).hasSize(2);
  }

  @Test
  void r15_aDateThatIsBehindCostsOneCallAndNoMoreThanAWindow() {
    long behind = Duration.ofMinutes(11).toMillis();
    answerFirst(limited(ok(EMPTY_PAGE), 0, behind), ok(EMPTY_PAGE));
    fetch(forward());
    fetch(forward());

    assertPausedOnce(Duration.ofMillis(63_250));
  }

  @ParameterizedTest
  @CsvSource({"Retry-After,9,9000", "X-Other,1,7250"})
  void r15_aRefusalIsTakenAtItsWordWhateverTheDate(String header, String value, long millis) {
    long behind = Duration.ofMinutes(11).toMillis();
    answerFirst(
        limited(ok(SLOW_DOWN).withStatus(429).withHeader(header, value), 0, behind),
        ok(EMPTY_PAGE));
    fetch(forward());

    assertPausedOnce(Duration.ofMillis(millis));
  }

  @Test
  void r15_aRefusalThatSaysNothingIsWaitedOut() {
    answerFirst(ok("busy").withStatus(429), ok(EMPTY_PAGE));
    fetch(forward());

    assertPausedOnce(Duration.ofSeconds(20));
  }

  @Test
  void r15_aWaitThatIsTooLongFailsAtOnceAndSaysHowLong() {
    transport = builder().maxWait(Duration.ofSeconds(5)).build();
    answer(SYNC, limited(ok(SLOW_DOWN).withStatus(429), 0, 12_000));

    assertThatThrownBy(() -> fetch(forward()))
        .isInstanceOfSatisfying(
            RateLimitedException.class,
            e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofMillis(7_250)));
    assertThat(call.pauses).isEmpty();
    assertThat(call.sent).hasSize(1);

    // And the next call knows without asking.
    assertThatThrownBy(() -> fetch(forward())).isInstanceOf(RateLimitedException.class);
    assertThat(call.sent).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"31536000", "Fri, 24 Sep 2077 19:20:00 GMT"})
  void r15_nobodyIsSentAwayForLongerThanAnHour(String retryAfter) {
    answer(
        SYNC,
        ok("busy").withStatus(429).withHeader("Date", DATE).withHeader("Retry-After", retryAfter));

    assertThatThrownBy(() -> fetch(forward()))
        .isInstanceOfSatisfying(
            RateLimitedException.class,
            e ->
                assertThat(e.retryAfter())
                    .isBetween(Duration.ofHours(1), Duration.ofHours(1).plusSeconds(1)));
  }

  @Test
  void r15_aServerThatRefusesForEverIsGivenUp() {
    answer(SYNC, limited(ok(SLOW_DOWN).withStatus(429), 0, 1_000));

    assertThatThrownBy(() -> fetch(forward())).isInstanceOf(RateLimitedException.class);
    assertThat(call.sent).hasSize(5);
  }

  @Test
  void r15_aCancelledRunDoesNotWait() {
    answer(SYNC, limited(ok(EMPTY_PAGE), 0, 40_000));
    fetch(forward());
    call.cancelled = true;

    assertThatThrownBy(() -> fetch(forward())).isInstanceOf(SyncCancelledException.class);
    assertThat(call.sent).hasSize(1);
  }

  @Test
  void r15_transportsToOneServerShareWhatTheyKnow() {
    Pacing pacing = Pacing.create();
    answer(SYNC, limited(ok(EMPTY_PAGE), 0, 40_000));
    transport.close();
    transport = builder().pacing(pacing).build();
    fetch(forward());
    try (HttpTransport other =
            builder().pacing(pacing).credentials(new Credentials("another", TOKEN)).build();
        HttpTransport elsewhere =
            HttpTransport.builder(URI.create("http://127.0.0.1:" + server().port()))
                .credentials(new Credentials(USER, TOKEN))
                .pacing(pacing)
                .clock(clock)
                .build()) {
      elsewhere.fetch(forward(), sink, call);
      assertThat(call.pauses).isEmpty();
      other.fetch(forward(), sink, call);
      assertPausedOnce(Duration.ofMillis(40_250));
    }
  }
}
