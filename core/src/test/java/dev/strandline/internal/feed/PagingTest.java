package dev.strandline.internal.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.error.MalformedResponseException;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.Feed;
import dev.strandline.spi.FeedAnswer;
import dev.strandline.spi.FeedQuery.Backward;
import dev.strandline.spi.FeedQuery.Forward;
import dev.strandline.spi.Reach;
import org.junit.jupiter.api.Test;

class PagingTest {
  private static final RoomId ROOM = new RoomId("R1");

  @Test
  void anAnswerThatWasNotCutIsTheFeedsEnd() {
    assertThat(Paging.next(forward(100, 10), end(), 10)).isNull();
  }

  @Test
  void r3_afterACutPageTheLastMillisecondIsAskedForAgain() {
    assertThat(Paging.next(forward(100, 10), cutAt(150), 10)).isEqualTo(forward(149, 10));
  }

  @Test
  void r3_aPageOfOneMillisecondIsAskedForWithMoreRoom() {
    assertThat(Paging.next(forward(100, 10), cutAt(101), 10)).isEqualTo(forward(100, 40));
    assertThat(Paging.next(forward(100, 40), cutAt(101), 10)).isEqualTo(forward(100, 160));
  }

  @Test
  void r3_onceThePageGotPastTheMillisecondItsSizeIsAsBefore() {
    assertThat(Paging.next(forward(100, 160), cutAt(102), 10)).isEqualTo(forward(101, 10));
  }

  @Test
  void aServerThatCutsOffWhateverIsAskedForIsNotAskedForEver() {
    int pages = 0;
    Forward asked = forward(100, 10);
    try {
      while (pages < 100) {
        asked = Paging.next(asked, cutAt(101), 10);
        pages++;
      }
    } catch (MalformedResponseException e) {
      assertThat(e).hasMessageContaining("cuts off whatever is asked for");
    }
    assertThat(pages).isLessThan(100);
  }

  @Test
  void r4_tombstonesAreAskedForFromTheSameStartUntilNothingIsCut() {
    Forward asked = new Forward(ROOM, Feed.DELETED, time(100), 10);
    assertThat(Paging.uncut(asked, cutAt(150)))
        .isEqualTo(new Forward(ROOM, Feed.DELETED, time(100), 40));
    assertThat(Paging.uncut(asked, end())).isNull();
  }

  @Test
  void r3_downwardsTheFloorLeavesTheLastMillisecondToBeReadAgain() {
    assertThat(Paging.reach(backward(200, 10), cutAt(150))).isEqualTo(Reach.downTo(time(151)));
    assertThat(Paging.next(backward(200, 10), cutAt(150), 10)).isEqualTo(backward(151, 10));
  }

  @Test
  void r3_downwardsAPageOfOneMillisecondIsAskedForWithMoreRoom() {
    assertThat(Paging.reach(backward(151, 10), cutAt(150))).isEqualTo(Reach.downTo(time(151)));
    assertThat(Paging.next(backward(151, 10), cutAt(150), 10)).isEqualTo(backward(151, 40));
  }

  @Test
  void r8_downwardsAnAnswerThatWasNotCutIsTheBeginning() {
    assertThat(Paging.reach(backward(200, 10), end()).toBeginning()).isTrue();
    assertThat(Paging.next(backward(200, 10), end(), 10)).isNull();
  }

  private static Forward forward(long after, int count) {
    return new Forward(ROOM, Feed.UPDATED, time(after), count);
  }

  private static Backward backward(long before, int count) {
    return new Backward(ROOM, time(before), count);
  }

  private static FeedAnswer cutAt(long key) {
    return new FeedAnswer(null, null, false, time(key), 0);
  }

  private static FeedAnswer end() {
    return new FeedAnswer(null, null, false, null, 0);
  }

  private static ServerTime time(long milli) {
    return ServerTime.ofEpochMilli(milli);
  }
}
