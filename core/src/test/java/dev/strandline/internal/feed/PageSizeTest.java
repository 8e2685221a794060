package dev.strandline.internal.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.SyncOptions;
import dev.strandline.error.ServerErrorException;
import dev.strandline.error.StrandlineException;
import dev.strandline.error.UnreachableException;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.Feed;
import dev.strandline.spi.FeedAnswer;
import dev.strandline.spi.FeedQuery.Backward;
import dev.strandline.spi.FeedQuery.Forward;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** R15: how much a page asks for. */
class PageSizeTest {
  private static final RoomId ROOM = new RoomId("R");

  private final PageSize pages = new PageSize(SyncOptions.defaults());

  private static UnreachableException late() {
    return UnreachableException.timedOut("late", null);
  }

  private static Backward page(int count) {
    return new Backward(ROOM, ServerTime.MAX, count);
  }

  private static FeedAnswer full(long bytes) {
    return new FeedAnswer(null, null, false, ServerTime.EPOCH, bytes);
  }

  private static FeedAnswer last(long bytes) {
    return new FeedAnswer(null, null, false, null, bytes);
  }

  /** Asks for the next page, and gets it. */
  private void answer(FeedAnswer answer) {
    pages.question(page(pages.now())).answered(answer);
  }

  @Test
  void r15_aPageDoublesWithEachFullOneUpToTheLargest() {
    for (int size : new int[] {1_000, 2_000, 4_000, 8_000, 10_000, 10_000}) {
      assertThat(pages.now()).isEqualTo(size);
      answer(full(PageSize.SMALL_BYTES));
    }
  }

  @Test
  void r15_aPageOfManyBytesDoesNotGrowAndOneThatWasNotFullDoesNot() {
    answer(full(PageSize.SMALL_BYTES + 1));
    answer(last(10));

    assertThat(pages.now()).isEqualTo(1_000);
  }

  @Test
  void r15_aPageThatTakesTooLongIsAskedForAgainWithAQuarterDownToFifty() {
    PageSize.Question question = pages.question(page(pages.now()));
    for (int size : new int[] {1_000, 250, 62, 50, 50}) {
      assertThat(question.asked()).isEqualTo(page(size));
      question.failed(late());
    }
    assertThat(pages.now()).isEqualTo(50);
  }

  @Test
  void r15_whatTookTooLongOnceIsNotGrownToAgain() {
    answer(full(1));
    answer(full(1));
    PageSize.Question question = pages.question(page(pages.now()));
    question.failed(late());
    question.answered(full(1));
    answer(full(1));

    assertThat(pages.now()).isEqualTo(1_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {504, 524})
  void r15_aProxyThatDidNotWaitSaysTheSame(int status) {
    pages.question(page(1_000)).failed(new ServerErrorException("late", status, ""));

    assertThat(pages.now()).isEqualTo(250);
  }

  @Test
  void r15_otherFailuresSayNothingAboutTheSize() {
    for (StrandlineException failure :
        new StrandlineException[] {
          new UnreachableException("broken", null), new ServerErrorException("down", 503, "")
        }) {
      pages.question(page(1_000)).failed(failure);
    }

    assertThat(pages.now()).isEqualTo(1_000);
  }

  @Test
  void r4_theQuestionAboutDeletionsKeepsItsSize() {
    Forward deletions = new Forward(ROOM, Feed.DELETED, ServerTime.EPOCH, 800);
    PageSize.Question question = pages.question(deletions);
    question.failed(late());
    assertThat(question.asked()).isSameAs(deletions);

    assertThat(pages.now()).isEqualTo(1_000);
  }

  @Test
  void r3_aTieThatTakesTooLongIsAskedForWithLessAndWithMoreThanWasTooLittle() {
    PageSize.Question question = pages.question(page(4_000));
    for (int size : new int[] {4_000, 1_750, 1_188, 1_047, 1_012, 1_003}) {
      assertThat(question.asked()).isEqualTo(page(size));
      question.failed(late());
    }
    for (int again = 0; again < 20; again++) {
      question.failed(late());
    }
    assertThat(question.asked()).isEqualTo(page(1_001));
    assertThat(pages.now()).isEqualTo(1_000);
  }

  @Test
  void r3_aTieIsAskedForWithMoreThanWhatCameThroughAndNotThanWhatDidNot() {
    Forward query = new Forward(ROOM, Feed.UPDATED, ServerTime.EPOCH, pages.now());
    PageSize.Question question = pages.question(query);
    question.failed(late());
    question.failed(late());
    FeedAnswer oneMillisecond =
        new FeedAnswer(null, null, false, ServerTime.EPOCH.nextMilli(), PageSize.SMALL_BYTES + 1);
    question.answered(oneMillisecond);

    assertThat(pages.next(query, oneMillisecond))
        .isEqualTo(new Forward(ROOM, Feed.UPDATED, ServerTime.EPOCH, 4 * 62));
  }

  @Test
  void r15_whatBreaksOffIsAskedForWithLessAndMayGrowAgain() {
    pages.question(page(1_000)).failed(UnreachableException.brokeOff("a proxy had enough", null));

    assertThat(pages.now()).isEqualTo(500);
    answer(full(1));
    answer(full(1));
    assertThat(pages.now()).isEqualTo(2_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void r3_pagesOfWhateverSizesJoinWithoutAGap(int first) {
    Random random = new Random(first);
    List<Long> stamps = new ArrayList<>();
    for (long stamp = 1; stamps.size() < 400; stamp += random.nextInt(4) / 3) {
      stamps.add(stamp);
    }
    PageSize sizes = new PageSize(SyncOptions.builder().pageSize(first).build());
    BitSet shown = new BitSet();
    Forward query = new Forward(ROOM, Feed.UPDATED, ServerTime.EPOCH, first);
    for (int asked = 0; query != null; asked++) {
      assertThat(asked).as("it comes to an end").isLessThan(2_000);
      PageSize.Question question = sizes.question(query);
      while (random.nextInt(3) == 0) {
        question.failed(late());
      }
      FeedAnswer answer = show(stamps, (Forward) question.asked(), shown);
      question.answered(answer);
      query = sizes.next(query, answer);
    }

    assertThat(shown.cardinality()).isEqualTo(stamps.size());
  }

  /** Answers as the server does: strictly later, and cut off anywhere. */
  private static FeedAnswer show(List<Long> stamps, Forward query, BitSet shown) {
    int from = 0;
    while (from < stamps.size() && stamps.get(from) <= query.after().epochMilli()) {
      from++;
    }
    int to = Math.min(stamps.size(), from + query.count());
    shown.set(from, to);
    ServerTime cut = to < stamps.size() ? ServerTime.ofEpochMilli(stamps.get(to - 1)) : null;
    return new FeedAnswer(null, null, false, cut, 0);
  }

  @Test
  void aLargestPageBelowTheFirstFixesTheSize() {
    SyncOptions options = SyncOptions.builder().pageSize(300).largestPage(20).build();

    assertThat(options.largestPage()).isEqualTo(300);
    assertThat(options.toBuilder().pageSize(7).build().largestPage()).isEqualTo(20);
    assertThat(SyncOptions.builder().pageSize(7).build().toBuilder().build().largestPage())
        .isEqualTo(70);
    assertThat(SyncOptions.builder().pageSize(100_000).build().largestPage()).isEqualTo(100_000);
  }
}
