package dev.strandline.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.model.Coverage.Cause;
import dev.strandline.model.Coverage.Stale;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.RoomState.Reconciling;
import org.junit.jupiter.api.Test;

class RoomStateTest {
  private final RoomState anchored = RoomState.anchoredAt(new RoomId("R"), time(1_000));
  private final RoomState whole =
      anchored.withHistory(Reach.beginning(time(0))).claimed(time(2_000), Told.at(time(2_000)));

  private static ServerTime time(long millis) {
    return ServerTime.ofEpochMilli(millis);
  }

  @Test
  void r9_aRoomWasLastWholeWhenItWasClaimedToItsBeginning() {
    assertThat(anchored.lastWhole()).isNull();
    assertThat(
            anchored
                .withHistory(Reach.downTo(time(5)))
                .claimed(time(2_000), Told.at(time(2_000)))
                .lastWhole())
        .isNull();
    assertThat(whole.lastWhole()).isEqualTo(time(2_000));
  }

  @Test
  void r9_aStaleRoomWasLastWholeWhenItWasStillTrusted() {
    RoomState stale = whole.withStale(new Stale(time(1_500), Cause.GONE));
    assertThat(stale.lastWhole()).isEqualTo(time(1_500));
    // A further cause does not make it any younger.
    assertThat(stale.distrusted(Cause.REGAINED).stale())
        .isEqualTo(new Stale(time(1_500), Cause.REGAINED));
    assertThat(whole.distrusted(Cause.GONE).stale()).isEqualTo(new Stale(time(2_000), Cause.GONE));
  }

  @Test
  void r11_whatAWholeReadingClaimsCountsOnlyWhenItHasEnded() {
    RoomState underWay =
        whole.withReconciling(new Reconciling(time(1_000), null, time(500), false));
    assertThat(underWay.lastWhole()).isNull();
    assertThat(
            whole.withReconciling(new Reconciling(time(2_500), null, time(500), false)).lastWhole())
        .isEqualTo(time(2_000));
  }

  @Test
  void oneFeedMovesWithoutTheOther() {
    FeedPosition further = FeedPosition.anchoredAt(time(3_000));
    RoomState updated = whole.withUpdated(further);
    assertThat(updated.updated()).isEqualTo(further);
    assertThat(updated.deleted()).isEqualTo(whole.deleted());
    assertThat(updated.withDeleted(further).deleted()).isEqualTo(further);
    assertThat(updated.withDeleted(further).claim()).isEqualTo(whole.claim());
  }

  @Test
  void r9_withoutItsClaimARoomKeepsEverythingElse() {
    RoomState unclaimed = whole.withoutClaim();
    assertThat(unclaimed.claim()).isNull();
    assertThat(unclaimed.claimed(time(2_000), Told.at(time(2_000)))).isEqualTo(whole);
  }

  @Test
  void r9_aFeedIsNotSettledBeyondWhatItSaw() {
    assertThat(new FeedPosition(time(5), time(5))).isEqualTo(FeedPosition.anchoredAt(time(5)));
    assertThatThrownBy(() -> new FeedPosition(time(6), time(5)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
