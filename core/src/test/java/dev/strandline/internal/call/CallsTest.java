package dev.strandline.internal.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.Progress;
import dev.strandline.RetryPolicy;
import dev.strandline.error.NotAuthorizedException;
import dev.strandline.error.RateLimitedException;
import dev.strandline.error.StrandlineException;
import dev.strandline.error.SyncCancelledException;
import dev.strandline.error.UnreachableException;
import dev.strandline.internal.commit.Listeners;
import dev.strandline.model.ServerTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CallsTest {
  private final TestClock clock = new TestClock();
  private final List<Duration> waits = new ArrayList<>();
  private final Deque<StrandlineException> failures = new ArrayDeque<>();

  @Test
  void aFailureThatMayPassIsTriedAgainWithGrowingPauses() {
    fail(3, new UnreachableException("no", null));
    assertThat(ask(policy(5, Duration.ofMinutes(5)))).isEqualTo("answer");
    assertThat(waits).hasSize(3);
    assertThat(waits.get(0)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
    assertThat(waits.get(1)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
    assertThat(waits.get(2)).isBetween(Duration.ofSeconds(2), Duration.ofSeconds(4));
  }

  @Test
  void pausesDoNotGrowBeyondTheLongest() {
    fail(8, new UnreachableException("no", null));
    ask(new RetryPolicy(9, Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofHours(1)));
    assertThat(waits).allMatch(wait -> wait.compareTo(Duration.ofSeconds(3)) <= 0);
  }

  @Test
  void itGivesUpAfterSoManyTries() {
    fail(9, new UnreachableException("no", null));
    assertThatThrownBy(() -> ask(policy(3, Duration.ofMinutes(5))))
        .isInstanceOf(UnreachableException.class);
    assertThat(waits).hasSize(2);
  }

  @Test
  void itGivesUpWhenPatienceIsUsedUp() {
    fail(9, new UnreachableException("no", null));
    assertThatThrownBy(() -> ask(policy(9, Duration.ofSeconds(2))))
        .isInstanceOf(UnreachableException.class);
    assertThat(waits).hasSizeLessThan(3);
  }

  @Test
  void r15_itWaitsAsLongAsTheServerAsks() {
    fail(1, new RateLimitedException("chat.syncMessages", Duration.ofSeconds(41)));
    ask(policy(2, Duration.ofMinutes(5)));
    assertThat(waits).containsExactly(Duration.ofSeconds(41));
  }

  @Test
  void aFailureThatCannotPassIsNotTriedAgain() {
    fail(1, new NotAuthorizedException("no"));
    assertThatThrownBy(() -> ask(policy(5, Duration.ofMinutes(5))))
        .isInstanceOf(NotAuthorizedException.class);
    assertThat(waits).isEmpty();
  }

  @Test
  void anInterruptedRunAsksNothingMoreAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> ask(policy(5, Duration.ofMinutes(5))))
        .isInstanceOf(SyncCancelledException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void r1_theServersTimeIsCarriedForwardByDurationsNotByTheDevicesClock() {
    Calls calls = calls(RetryPolicy.never());
    assertThat(calls.serverNow()).isNull();
    calls.heard(ServerTime.ofEpochMilli(1_000), true);
    clock.advance(Duration.ofSeconds(2));
    calls.heard(null, false);
    calls.heard(ServerTime.ofEpochMilli(9_000_000), false);
    assertThat(calls.serverNow()).isEqualTo(ServerTime.ofEpochMilli(3_000));
    assertThat(calls.clock().passed())
        .as("a device's monotonic clock may be a little fast")
        .isEqualTo(ServerTime.ofEpochMilli(2_998));
  }

  private void fail(int times, StrandlineException failure) {
    for (int i = 0; i < times; i++) {
      failures.add(failure);
    }
  }

  private String ask(RetryPolicy policy) {
    return calls(policy)
        .ask(
            call -> {
              if (!failures.isEmpty()) {
                throw failures.poll();
              }
              return "answer";
            });
  }

  private Calls calls(RetryPolicy policy) {
    Listeners listeners = new Listeners();
    listeners.onProgress(
        progress -> {
          if (progress instanceof Progress.Waiting waiting) {
            waits.add(waiting.duration());
          }
        });
    return new Calls(policy, clock, new Random(1), new RunClock(clock), listeners::progress);
  }

  private static RetryPolicy policy(int tries, Duration patience) {
    return new RetryPolicy(tries, Duration.ofSeconds(1), Duration.ofSeconds(30), patience);
  }
}
