package dev.strandline.internal.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.Told;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HorizonTest {
  private static final ServerTime NOW = ServerTime.ofEpochMilli(1_760_000_000_000L);
  private final RoomState room = RoomState.anchoredAt(new RoomId("R"), before(Duration.ZERO));

  private static ServerTime before(Duration age) {
    return NOW.minus(age);
  }

  @Test
  void r10_deletionsAreTrustedForTwentySevenDaysToTheMillisecond() {
    assertThat(Horizon.passed(before(Horizon.TRUSTED), NOW)).isFalse();
    assertThat(Horizon.passed(before(Horizon.TRUSTED.plusMillis(1)), NOW)).isTrue();
    assertThat(Horizon.passed(NOW, NOW)).isFalse();
  }

  @Test
  void r10_aRoomIsTrustedFromWhenDeletionsWereToldOrElseFromItsAnchor() {
    Duration tooOld = Horizon.TRUSTED.plusDays(1);
    RoomState anchoredLongAgo = RoomState.anchoredAt(room.room(), before(tooOld));
    Told now = Told.at(NOW);
    assertThat(Horizon.passed(anchoredLongAgo, now)).isTrue();
    assertThat(Horizon.passed(anchoredLongAgo.claimed(before(tooOld), now), now)).isFalse();
    assertThat(Horizon.passed(room.claimed(NOW, Told.at(before(tooOld))), now)).isTrue();
    assertThat(Horizon.passed(room, now)).isFalse();
  }

  @Test
  void r10_datesAreHeldAgainstDatesAndStampsAgainstStampsAndTheLongerTimeCounts() {
    ServerTime old = before(Horizon.TRUSTED.plusDays(1));
    ServerTime older = before(Horizon.TRUSTED.plusDays(6));
    Told then = new Told(old, old);
    assertThat(Horizon.passed(then, new Told(before(Duration.ofDays(5)), NOW)))
        .as("a proxy whose date has fallen behind hides nothing")
        .isTrue();
    assertThat(Horizon.passed(then, new Told(NOW, old))).as("no stamp need tell").isTrue();
    assertThat(Horizon.passed(new Told(NOW, older), new Told(NOW, older)))
        .as("a room may be quiet for longer than that")
        .isFalse();
    assertThat(Horizon.passed(new Told(null, old), Told.at(NOW))).isTrue();
  }

  @Test
  void r1_withoutTheServersTimeNothingIsConcluded() {
    RoomState odd = room.claimed(NOW, Told.at(NOW));
    assertThat(Horizon.passed(ServerTime.EPOCH, null)).isFalse();
    assertThat(Horizon.passed(odd, new Told(null, ServerTime.EPOCH))).isFalse();
  }
}
