package dev.strandline.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.model.ServerTime;
import dev.strandline.spi.Told;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunClockTest {
  private final TestClock device = new TestClock();
  private final RunClock clock = new RunClock(device);

  private static ServerTime time(long seconds) {
    return ServerTime.ofEpochMilli(1_000 * seconds);
  }

  @Test
  void r6_aConfirmedMomentGoesOnWithMonotonicTimeAndNotFaster() {
    clock.tell(time(5_000), true);
    device.advance(Duration.ofSeconds(1_000));
    assertThat(clock.passed()).isBetween(time(5_990), time(6_000)).isNotEqualTo(time(6_000));
  }

  @Test
  void r6_aDateThatNothingConfirmsDoesNotMoveWhatIsConfirmed() {
    clock.tell(time(5_000), true);
    clock.tell(time(90_000), false);
    assertThat(clock.passed()).isEqualTo(time(5_000));
    assertThat(clock.now()).isEqualTo(time(5_000));
    assertThat(clock.told()).isEqualTo(new Told(time(90_000), time(5_000)));
  }

  @Test
  void r6_aDateTellsWhenToAskAndNothingThatHasPassed() {
    clock.tell(time(5_000), false);
    clock.showed(time(4_000));
    assertThat(clock.passed()).isNull();
    assertThat(clock.now()).isEqualTo(time(5_000));
    assertThat(clock.told()).isEqualTo(new Told(time(5_000), time(4_000)));
  }

  @Test
  void r6_aDateThatFallsBehindItselfConfirmsNothingAnyMore() {
    clock.tell(time(5_000), true);
    clock.tell(time(5_000), false);
    device.advance(Duration.ofSeconds(1_000));
    clock.tell(time(5_900), false);
    assertThat(clock.passed()).as("a minute or two are nothing").isNotNull();
    device.advance(Duration.ofSeconds(100));
    clock.tell(time(5_790), false);
    assertThat(clock.passed()).isNull();
    clock.tell(time(5_790), true);
    assertThat(clock.passed()).isEqualTo(time(5_790));
  }

  @Test
  void whatWasHeardOfAnotherServerIsForgotten() {
    clock.tell(time(5_000), true);
    clock.forget();
    assertThat(clock.passed()).isNull();
    assertThat(clock.asking()).isEqualTo(AskedAt.UNKNOWN);
  }

  @Test
  void r6_anAnswerThatConfirmsItsMomentIsOfThatMoment() {
    AskedAt asked = new AskedAt(time(5_000), time(5_010));
    assertThat(asked.answeredBy(time(4_990), true))
        .isEqualTo(new AskedAt(time(4_990), time(4_990)));
    assertThat(asked.answeredBy(time(90_000), false))
        .isEqualTo(new AskedAt(time(5_000), time(90_000)));
  }
}
