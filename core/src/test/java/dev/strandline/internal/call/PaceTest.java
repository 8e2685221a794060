package dev.strandline.internal.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.Failure;
import dev.strandline.FollowOptions;
import dev.strandline.SyncReport;
import dev.strandline.error.RateLimitedException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** R15: how long following waits after a run that failed. */
class PaceTest {

  private static Duration after(Duration asked, Duration longestRetreat) {
    Pace pace = new Pace(FollowOptions.builder().longestRetreat(longestRetreat).build());
    Failure refused = Failure.of(new RateLimitedException("rooms.get", asked));
    Duration wait = Duration.ZERO;
    for (int run = 0; run < 20; run++) {
      wait = pace.after(SyncReport.failed(refused));
    }
    return wait;
  }

  @Test
  void r15_aServerThatAsksForLongerThanTheRetreatIsLeftAloneForThat() {
    assertThat(after(Duration.ofMinutes(20), Duration.ofMinutes(5)))
        .isEqualTo(Duration.ofMinutes(20));
    assertThat(after(Duration.ofMinutes(2), Duration.ofMinutes(5)))
        .isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void r15_nothingThatAServerAsksForStopsFollowingForLongerThanAnHour() {
    assertThat(after(Duration.ofDays(365), Duration.ofMinutes(5))).isEqualTo(Duration.ofHours(1));
    assertThat(after(Duration.ofDays(365), Duration.ofHours(3))).isEqualTo(Duration.ofHours(3));
  }
}
