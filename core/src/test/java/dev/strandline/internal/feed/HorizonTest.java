package dev.strandline.internal.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.Reach;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.Told;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HorizonTest {
  private static final Duration DOUBT = Duration.ofMinutes(4);
  private static final ServerTime NOW = ServerTime.ofEpochMilli(1_760_000_000_000L);
  private final RoomState room = RoomState.anchoredAt(new RoomId("R"), before(Duration.ZERO));

  private static ServerTime before(Duration age) {
    return NOW.minus(age);
  }

  private static ServerTime after(Duration ahead) {
    return NOW.plus(ahead);
  }

  @Test
  void r10_deletionsAreTrustedForTwentySevenDaysToTheMillisecond() {
    assertThat(Horizon.passed(before(Horizon.TRUSTED), NOW)).isFalse();
    assertThat(Horizon.passed(before(Horizon.TRUSTED.plusMillis(1)), NOW)).isTrue();
    assertThat(Horizon.passed(NOW, NOW)).isFalse();
  }

  @Test
  void r10_aRoomIsTrustedFromItsClaimOnOrWithoutOneFromItsAnchor() {
    Duration tooOld = Horizon.TRUSTED.plusDays(1);
    RoomState anchoredLongAgo = RoomState.anchoredAt(room.room(), before(tooOld));
    assertThat(Horizon.passed(anchoredLongAgo, NOW)).isTrue();
    assertThat(Horizon.passed(anchoredLongAgo.claimed(NOW, Told.at(NOW)), NOW)).isFalse();
    assertThat(Horizon.passed(room.claimed(before(tooOld), Told.at(before(tooOld))), NOW)).isTrue();
    assertThat(Horizon.passed(room, NOW)).isFalse();
  }

  @Test
  void r1_aPositionIsAheadOnlyBeyondDoubt() {
    assertThat(Horizon.isAhead(after(DOUBT), NOW, DOUBT)).isFalse();
    assertThat(Horizon.isAhead(after(DOUBT.plusMillis(1)), NOW, DOUBT)).isTrue();
    assertThat(Horizon.isAhead(before(DOUBT.plusDays(1)), NOW, DOUBT)).isFalse();
  }

  @Test
  void r1_aClockWentBackOnlyBeyondDoubtAndWhereSomethingWasClaimed() {
    assertThat(Horizon.clockWentBack(room.claimed(after(DOUBT), Told.at(after(DOUBT))), NOW, DOUBT))
        .isFalse();
    assertThat(
            Horizon.clockWentBack(
                room.claimed(after(DOUBT.plusMillis(1)), Told.at(after(DOUBT.plusMillis(1)))),
                NOW,
                DOUBT))
        .isTrue();
    RoomState unclaimed =
        RoomState.anchoredAt(room.room(), after(Duration.ofDays(1)))
            .withHistory(Reach.beginning(NOW));
    assertThat(Horizon.clockWentBack(unclaimed, NOW, DOUBT)).isFalse();
  }

  @Test
  void r1_withoutTheServersTimeNothingIsConcluded() {
    RoomState odd = room.claimed(after(Duration.ofDays(400)), Told.at(after(Duration.ofDays(400))));
    assertThat(Horizon.passed(ServerTime.EPOCH, null)).isFalse();
    assertThat(Horizon.passed(odd, null)).isFalse();
    assertThat(Horizon.isAhead(ServerTime.MAX, null, DOUBT)).isFalse();
    assertThat(Horizon.clockWentBack(odd, null, DOUBT)).isFalse();
  }
}
