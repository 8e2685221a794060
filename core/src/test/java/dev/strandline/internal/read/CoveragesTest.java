package dev.strandline.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.model.Coverage;
import dev.strandline.model.Coverage.Cause;
import dev.strandline.model.Coverage.Complete;
import dev.strandline.model.Coverage.Incomplete;
import dev.strandline.model.Coverage.Stale;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.FeedPosition;
import dev.strandline.spi.Reach;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.ThreadState;
import dev.strandline.spi.ThreadState.Condition;
import dev.strandline.spi.Told;
import java.util.List;
import org.junit.jupiter.api.Test;

class CoveragesTest {
  private static final RoomId ROOM = new RoomId("R1");
  private static final MessageId ROOT = new MessageId("root");

  private final RoomState anchored = RoomState.anchoredAt(ROOM, time(1_000));
  private final RoomState whole =
      anchored.withHistory(Reach.beginning(time(0))).claimed(time(2_000), Told.at(time(2_000)));
  private final RoomState partial =
      anchored.withHistory(Reach.downTo(time(500))).claimed(time(2_000), Told.at(time(2_000)));

  @Test
  void r9_nothingIsClaimedBeforeTheFeedsWereReadToTheirEnds() {
    Coverage nothing = new Incomplete(null, null);
    assertThat(Coverages.ofRoom(null, 0)).isEqualTo(new Coverage.Unknown());
    assertThat(Coverages.ofRoom(anchored.withHistory(Reach.beginning(time(0))), 0))
        .isEqualTo(nothing);
  }

  @Test
  void r9_historyThatWasReadSinceTheClaimIsNotClaimed() {
    RoomState readOn = partial.withHistory(Reach.beginning(time(0)));
    assertThat(Coverages.ofRoom(readOn, 0)).isEqualTo(new Incomplete(time(500), time(2_000)));
  }

  @Test
  void r9_aRoomReadToItsBeginningIsCompleteAsOfTheClaim() {
    assertThat(Coverages.ofRoom(whole, 0)).isEqualTo(new Complete(time(2_000)));
  }

  @Test
  void r10_aRoomThatIsStaleOrBeingReadWholeSaysSo() {
    Stale expired = new Stale(time(7), Cause.TOMBSTONES_EXPIRED);
    assertThat(Coverages.ofRoom(whole.withStale(expired), 0)).isEqualTo(expired);
    RoomState reading = whole.withReconciling(RoomState.Reconciling.begunAt(time(3_000)));
    assertThat(Coverages.ofRoom(reading, 0)).isEqualTo(new Stale(time(2_000), Cause.RECONCILING));
  }

  @Test
  void r9_aPageAboveTheFloorIsComplete() {
    Coverage room = Coverages.ofRoom(partial, 0);
    assertThat(Coverages.ofPage(room, List.of(sentAt(90_000), sentAt(60_500)), true, () -> true))
        .isEqualTo(new Complete(time(2_000)));
  }

  @Test
  void r9_aPageThatReachesBelowTheFloorIsNot() {
    Coverage room = Coverages.ofRoom(partial, 0);
    assertThat(Coverages.ofPage(room, List.of(sentAt(90_000), sentAt(60_499)), true, () -> true))
        .isEqualTo(room);
  }

  @Test
  void r9_aPageAboveTheFloorIsNotWhereClocksAreKnownToDisagree() {
    Coverage room = Coverages.ofRoom(partial, 0);
    assertThat(Coverages.ofPage(room, List.of(sentAt(90_000), sentAt(60_500)), true, () -> false))
        .isEqualTo(room);
  }

  @Test
  void r9_theLastPageOfAPartIsNot() {
    Coverage room = Coverages.ofRoom(partial, 0);
    assertThat(Coverages.ofPage(room, List.of(sentAt(900)), false, () -> true)).isEqualTo(room);
    assertThat(Coverages.ofPage(room, List.of(), false, () -> true)).isEqualTo(room);
  }

  @Test
  void r13_aThreadIsWorthWhatItsRoomIsOrItsOwnFeedWhicheverIsBetter() {
    assertThat(Coverages.ofThread(null, whole, 0)).isEqualTo(new Complete(time(2_000)));
    assertThat(Coverages.ofThread(read(1_500, Condition.ACTIVE), null, 0))
        .isEqualTo(new Complete(time(1_500)));
    assertThat(Coverages.ofThread(null, partial, 0)).isEqualTo(new Incomplete(null, null));
  }

  @Test
  void r13_aThreadReadAfterItsRoomWasAnchoredIsKeptWholeByTheRoomsFeeds() {
    assertThat(Coverages.ofThread(read(1_500, Condition.ACTIVE), partial, 0))
        .isEqualTo(new Complete(time(2_000)));
    assertThat(Coverages.ofThread(read(900, Condition.ACTIVE), partial, 0))
        .isEqualTo(new Complete(time(900)));
  }

  @Test
  void r13_aThreadWhoseRootIsGoneIsAsItWas() {
    assertThat(Coverages.ofThread(read(1_500, Condition.ROOT_GONE), partial, 0))
        .isEqualTo(new Stale(time(1_500), Cause.GONE));
  }

  private static ThreadState read(long asOf, Condition condition) {
    return new ThreadState(ROOT, ROOM, FeedPosition.anchoredAt(time(asOf)), time(asOf), condition);
  }

  private static Message sentAt(long milli) {
    return Message.builder(new MessageId("m" + milli), ROOM, time(milli), time(milli), "{}")
        .build();
  }

  @Test
  void r13_aThreadThatWasNeverReadIsWorthNothingInARoomThatIsNotWhole() {
    ThreadState unread =
        new ThreadState(ROOT, ROOM, FeedPosition.anchoredAt(time(0)), null, Condition.ACTIVE);
    assertThat(Coverages.ofThread(unread, partial, 0)).isEqualTo(new Incomplete(null, null));
    assertThat(Coverages.ofThread(unread, null, 0)).isEqualTo(new Incomplete(null, null));
  }

  private static ServerTime time(long milli) {
    return ServerTime.ofEpochMilli(milli);
  }
}
