package dev.strandline.internal.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.internal.call.Heard;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.FeedAnswer;
import dev.strandline.spi.FeedPosition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SettlementTest {
  private static final long TOLERANCE = Heard.DATE_TOLERANCE.toMillis();
  private static final long START = 10 * TOLERANCE;

  private final FeedPosition before = position(START - 500, START - 500);

  @Test
  void aCutPageSettlesWhatItShowed() {
    assertThat(pass(START).within(before, time(START - 300)))
        .isEqualTo(position(START - 300, START - 300));
  }

  @Test
  void r6_aPassSettlesNothingLaterThanItsStart() {
    assertThat(pass(START).within(before, time(START + 70))).isEqualTo(position(START, START));
    assertThat(pass(START).atEnd(before, time(START + 70))).isEqualTo(position(START, START));
  }

  @Test
  void r6_aDateThatNothingConfirmsMayBeAhead_soTheTimeThatThePassHasTakenCounts() {
    // By its stamps the server is ten seconds behind the date: the pass began at about 0 of those.
    long ahead = 10_000;
    FeedPosition old = position(START - 60_000, START - 60_000);
    Settlement pass = new Settlement(old, answer(time(START + ahead), false));
    Settlement later = pass.through(answer(time(START + ahead + 30_000), false));
    assertThat(later.atEnd(old, time(START + 30_000)))
        .isEqualTo(position(START - 1_000, START + ahead));
    assertThat(later.within(old, time(START + 20_000)).settled()).isLessThan(time(START - 1_000));
    assertThat(later.within(old, time(START - 65_000)).settled())
        .as("what was seen before the pass began has passed")
        .isEqualTo(time(START - 60_000));
    assertThat(pass.atEnd(old, time(START)))
        .as("one answer is of one moment")
        .isEqualTo(position(START, START));
  }

  @Test
  void r6_thePassHasTakenWhatItsLatestAnswerSaysAndASecondWhereAllSayTheSame() {
    FeedPosition old = position(START - 60_000, START - 60_000);
    Settlement pass = new Settlement(old, answer(time(START), false));
    Settlement sameDate = pass.through(answer(time(START), false));
    assertThat(sameDate.within(old, time(START)).settled()).isEqualTo(time(START - 1_000));
    Settlement late = sameDate.through(answer(time(START + 9_000), false));
    Settlement backAgain = late.through(answer(time(START + 4_000), false));
    assertThat(backAgain.within(old, time(START)).settled()).isEqualTo(time(START - 10_000));
  }

  @Test
  void r6_howLongAPassHasTakenIsUnknownWhereItsLatestAnswerDoesNotSay() {
    FeedPosition old = position(START - 60_000, START - 50_000);
    Settlement pass = new Settlement(old, answer(time(START), false));
    Settlement untold = pass.through(answer(null, false));
    assertThat(untold.within(old, time(START)).settled()).isEqualTo(time(START - 50_000));
    Settlement told = untold.through(answer(time(START + 9_000), false));
    assertThat(told.within(old, time(START)).settled()).isEqualTo(time(START - 10_000));
  }

  @Test
  void aPassHasDatesWhereItsFirstAnswerHas() {
    assertThat(pass(START).isDated()).isTrue();
    Settlement undated = new Settlement(before, answer(null, false));
    assertThat(undated.isDated()).isFalse();
    assertThat(undated.through(answer(time(START), false)).isDated()).isFalse();
  }

  @Test
  void r1_withoutADateAPassSettlesWhatHadBeenSeenBeforeIt() {
    FeedPosition seenMore = position(START - 500, START - 100);
    Settlement pass = new Settlement(seenMore, answer(null, false));
    assertThat(pass.atEnd(seenMore, time(START + 70))).isEqualTo(position(START - 100, START + 70));
    assertThat(pass.asOf(time(START + 70))).isEqualTo(time(START - 100));
  }

  @Test
  void aPositionNeverGoesBack() {
    assertThat(pass(START - 900).within(before, time(START - 700))).isEqualTo(before);
    assertThat(pass(START - 900).atEnd(before, null)).isEqualTo(before);
  }

  @Test
  void aQuietFeedSettlesATolerancesLengthBehindTheDate() {
    FeedPosition old = position(1_000, 1_000);
    assertThat(new Settlement(old, answer(time(START), true)).atEnd(old, null))
        .isEqualTo(position(START - TOLERANCE, START - TOLERANCE));
  }

  @Test
  void r9_whatIsClaimedIsTheMomentThePassBegan() {
    assertThat(pass(START).asOf(time(START - 5))).isEqualTo(time(START));
  }

  @Test
  void r9_aDateThatNothingConfirmsIsClaimedOnlyAsFarAsStampsOrTheToleranceShow() {
    Settlement pass = new Settlement(before, answer(time(START), false));
    assertThat(pass.asOf(time(START - 5))).isEqualTo(time(START - 5));
    assertThat(pass.asOf(time(START + 5))).isEqualTo(time(START));
    assertThat(pass.asOf(time(0)))
        .as("what was seen before the pass began has passed")
        .isEqualTo(time(START - 500));
    Settlement first = new Settlement(position(1, 1), answer(time(START), false));
    assertThat(first.asOf(time(0))).isEqualTo(time(START - TOLERANCE));
  }

  @Test
  void r9_aStampShownLateInAPassIsNoTimeAtWhichItBegan() {
    Settlement pass = new Settlement(before, answer(time(START + 400_000), false));
    Settlement later = pass.through(answer(time(START + 430_000), false));
    assertThat(later.asOf(time(START + 30_000)))
        .as("30 seconds later, and one for the seconds that a date is cut to")
        .isEqualTo(time(START - 500));
    assertThat(later.asOf(time(START + 40_000))).isEqualTo(time(START + 9_000));
  }

  @Test
  void r1_aDateThatNothingConfirmsMovesNoPositionByItself() {
    FeedPosition old = position(1_000, 1_000);
    assertThat(new Settlement(old, answer(time(START), false)).atEnd(old, null)).isEqualTo(old);
  }

  @Test
  void r8_aRoomsFeedsBeginAtTheLatestStampThatItShows() {
    assertThat(Settlement.beginning(time(START), false, time(500))).isEqualTo(position(500, 500));
    assertThat(Settlement.beginning(null, false, time(500))).isEqualTo(position(500, 500));
    assertThat(Settlement.beginning(null, false, null)).isEqualTo(position(0, 0));
    assertThat(Settlement.beginning(time(START), true, time(START - 5)))
        .isEqualTo(position(START - 5, START - 5));
  }

  @Test
  void r8_aQuietRoomsFeedsBeginATolerancesLengthBehindAConfirmedDate() {
    FeedPosition certain = position(START - TOLERANCE, START - TOLERANCE);
    assertThat(Settlement.beginning(time(START), true, time(500))).isEqualTo(certain);
    assertThat(Settlement.beginning(time(START), false, time(START + TOLERANCE)))
        .isEqualTo(certain);
  }

  @Test
  void r5_deletionsBeginToBeFollowedEarlierThanMessages() {
    assertThat(Settlement.beginningOfDeletions(position(START, START)).settled())
        .isLessThan(time(START));
  }

  private Settlement pass(long startedAt) {
    return new Settlement(before, answer(time(startedAt), true));
  }

  private static FeedAnswer answer(@Nullable ServerTime askedAt, boolean confirmed) {
    return new FeedAnswer(askedAt, askedAt, confirmed, null, 0);
  }

  private static FeedPosition position(long settled, long seen) {
    return new FeedPosition(time(settled), time(seen));
  }

  private static ServerTime time(long milli) {
    return ServerTime.ofEpochMilli(milli);
  }
}
