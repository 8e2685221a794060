package dev.strandline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManualClockTest {
  private static final Instant START = Instant.parse("2031-02-03T04:05:06Z");

  private final ManualClock clock = ManualClock.at(START);

  @Test
  void aWaitPassesAtOnceAndIsNoted() throws InterruptedException {
    clock.sleep(Duration.ofMinutes(1));
    clock.sleep(Duration.ofMillis(5));

    assertThat(clock.now()).isEqualTo(START.plusMillis(60_005));
    assertThat(clock.nanoTime()).isEqualTo(60_005_000_000L);
    assertThat(clock.waits()).containsExactly(Duration.ofMinutes(1), Duration.ofMillis(5));
    assertThat(clock.waited()).isEqualTo(Duration.ofMillis(60_005));
    clock.forgetWaits();
    assertThat(clock.waits()).isEmpty();
  }

  @Test
  void timePassesForItsCompanionsToo() throws InterruptedException {
    List<Duration> passed = new ArrayList<>();
    clock.takingAlong(passed::add);
    clock.advance(Duration.ofDays(1));
    clock.sleep(Duration.ofSeconds(2));

    assertThat(passed).containsExactly(Duration.ofDays(1), Duration.ofSeconds(2));
    assertThat(clock.waits()).containsExactly(Duration.ofSeconds(2));
  }

  @Test
  void settingTheWallClockLetsNoTimePass() {
    clock.set(Instant.EPOCH);

    assertThat(clock.now()).isEqualTo(Instant.EPOCH);
    assertThat(clock.nanoTime()).isZero();
    assertThatThrownBy(() -> clock.advance(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anInterruptedThreadDoesNotWait() {
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> clock.sleep(Duration.ofSeconds(1)))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(clock.waits()).isEmpty();
    assertThat(clock.now()).isEqualTo(START);
  }
}
