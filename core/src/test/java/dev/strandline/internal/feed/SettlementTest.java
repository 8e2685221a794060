package dev.strandline.internal.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.internal.call.AskedAt;
import dev.strandline.internal.call.RunClock;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.FeedPosition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SettlementTest {
  private static final long TOLERANCE = RunClock.DATE_TOLERANCE.toMillis();
  private static final long START = 10 * TOLERANCE;

  private final FeedPosition before = position(START - 500, START - 300);

  @Test
  void aCutPageSettlesWhatItShowed() {
    assertThat(confirmed(START).within(before, time(START - 200)).settled())
        .isEqualTo(time(START - 200));
    assertThat(confirmed(START).within(before, time(START - 900)).settled())
        .as("what the lookback shows again was settled before")
        .isEqualTo(time(START - 500));
  }

  @Test
  void r6_aPassSettlesNothingLaterThanItsStart() {
    assertThat(confirmed(START).within(before, time(START + 70))).isEqualTo(position(START, START));
    assertThat(confirmed(START).atEnd(before, time(START + 70))).isEqualTo(position(START, START));
  }

  @Test
  void r6_aQuietFeedSettlesTheMomentAtWhichThePassBegan() {
    FeedPosition old = position(1_000, 1_000);
    assertThat(new Settlement(old.seen(), asked(START)).atEnd(old, null))
        .isEqualTo(position(START, START));
  }

  @Test
  void r1_whereNothingConfirmsTheMomentAPassSettlesWhatHadBeenSeenBeforeIt() {
    assertThat(unconfirmed(null).atEnd(before, time(START + 70)))
        .isEqualTo(position(START - 300, START + 70));
    assertThat(unconfirmed(null).within(before, time(START + 70)).settled())
        .isEqualTo(time(START - 300));
    assertThat(unconfirmed(START + TOLERANCE).atEnd(before, null).settled())
        .as("a date moves nothing by itself")
        .isEqualTo(time(START - 300));
  }

  @Test
  void r1_aStampFromTheFutureIsNoTimeThatHasPassed() {
    assertThat(unconfirmed(START + TOLERANCE).atEnd(before, time(20 * START)).seen())
        .as("a date may be ahead by the tolerance, and the stamp by any time")
        .isEqualTo(time(START));
    assertThat(confirmed(START).atEnd(before, time(20 * START)).seen()).isEqualTo(time(START));
  }

  @Test
  void r1_aClockThatWentBackTakesThePositionBackToIt() {
    assertThat(confirmed(START - 900).atEnd(before, null))
        .isEqualTo(position(START - 900, START - 900));
    assertThat(Settlement.from(before, asked(START - 200_000))).isEqualTo(time(START - 200_000));
    assertThat(Settlement.from(before, asked(START - 900)))
        .as("a confirmed moment may be coarse; the lookback covers as much")
        .isEqualTo(time(START - 500));
    assertThat(Settlement.from(before, asked(START))).isEqualTo(time(START - 500));
  }

  @Test
  void r1_aDateThatNothingConfirmsTakesAPositionBackByItsToleranceAtMost() {
    assertThat(unconfirmed(START - 900).atEnd(before, null))
        .isEqualTo(position(START - 900, START - 300));
    assertThat(unconfirmed(1).atEnd(before, null).settled())
        .isEqualTo(time(START - 300 - TOLERANCE));
    assertThat(Settlement.from(before, new AskedAt(null, time(START - 900))))
        .isEqualTo(time(START - 900));
  }

  @Test
  void r9_whatIsClaimedIsTheMomentThePassBegan() {
    assertThat(confirmed(START).start()).isEqualTo(time(START));
    assertThat(unconfirmed(START + TOLERANCE).start()).isEqualTo(before.seen());
  }

  @Test
  void r8_aRoomsFeedsBeginWhenItWasFirstAskedFor() {
    assertThat(Settlement.beginning(asked(START), time(START - 5)))
        .isEqualTo(position(START, START));
    assertThat(Settlement.beginning(asked(START), time(START + 5)))
        .isEqualTo(position(START, START));
  }

  @Test
  void r8_whereNothingConfirmsTheMomentTheyBeginAtTheLatestStampThatTheRoomShows() {
    AskedAt dated = new AskedAt(null, time(START + TOLERANCE));
    assertThat(Settlement.beginning(AskedAt.UNKNOWN, time(500))).isEqualTo(position(500, 500));
    assertThat(Settlement.beginning(AskedAt.UNKNOWN, null)).isEqualTo(position(0, 0));
    assertThat(Settlement.beginning(dated, time(500))).isEqualTo(position(500, 500));
    assertThat(Settlement.beginning(dated, time(20 * START))).isEqualTo(position(START, START));
  }

  @Test
  void r5_deletionsBeginToBeFollowedEarlierThanMessages() {
    assertThat(Settlement.beginningOfDeletions(position(START, START)).settled())
        .isLessThan(time(START));
  }

  private Settlement confirmed(long start) {
    return new Settlement(before.seen(), asked(start));
  }

  private Settlement unconfirmed(@Nullable Long date) {
    return new Settlement(before.seen(), new AskedAt(null, date == null ? null : time(date)));
  }

  private Settlement unconfirmed(long date) {
    return unconfirmed(Long.valueOf(date));
  }

  private static AskedAt asked(long confirmed) {
    return new AskedAt(time(confirmed), time(confirmed));
  }

  private static FeedPosition position(long settled, long seen) {
    return new FeedPosition(time(settled), time(seen));
  }

  private static ServerTime time(long milli) {
    return ServerTime.ofEpochMilli(milli);
  }
}
