package dev.strandline.internal.feed;

import dev.strandline.error.MalformedResponseException;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.FeedAnswer;
import dev.strandline.spi.FeedQuery.Backward;
import dev.strandline.spi.FeedQuery.Forward;
import dev.strandline.spi.Reach;
import org.jspecify.annotations.Nullable;

/**
 * What to ask after an answer, so that nothing falls between two pages.
 *
 * <p>The server's own cursors do not see to that: they are strict bounds on a millisecond that many
 * messages can share (R3), and tombstones are not even listed in the order of theirs (R4).
 */
public final class Paging {

  /** How much more to ask for when a page was too small to get past one millisecond. */
  static final int GROWTH = 4;

  private static final int LARGEST = 1 << 30;

  private Paging() {}

  /**
   * The page of UPDATED after {@code asked}; null where the feed's end has been read.
   *
   * @param asked the question as it was answered: a page can ask for less in its later tries
   */
  static @Nullable Forward next(Forward asked, FeedAnswer answer, int pageSize) {
    ServerTime last = answer.continuation();
    if (last == null) {
      return null;
    }
    // R3: the page may end inside one millisecond, so that millisecond is asked for again.
    ServerTime after = last.previousMilli();
    return after.isAfter(asked.after())
        ? new Forward(asked.room(), asked.feed(), after, pageSize)
        : larger(asked);
  }

  /** The same question about tombstones with room for more; null where the answer was not cut. */
  public static @Nullable Forward uncut(Forward asked, FeedAnswer answer) {
    // R4: only an answer that was not cut off is complete, wherever it started.
    return answer.isCut() ? larger(asked) : null;
  }

  /** How far down history has been read by {@code answer}. */
  public static Reach reach(Backward asked, FeedAnswer answer) {
    ServerTime last = answer.continuation();
    // R3, downwards: older messages may share the last one's millisecond.
    return last == null
        ? Reach.beginning(asked.before())
        : Reach.downTo(ServerTime.min(last.nextMilli(), asked.before()));
  }

  /** The page of history after {@code asked}, likewise; null where its beginning has been read. */
  static @Nullable Backward next(Backward asked, FeedAnswer answer, int pageSize) {
    Reach reach = reach(asked, answer);
    ServerTime floor = reach.floor();
    if (reach.toBeginning() || floor == null) {
      return null;
    }
    return floor.isBefore(asked.before())
        ? new Backward(asked.room(), floor, pageSize)
        : new Backward(asked.room(), floor, grown(asked.count()));
  }

  private static Forward larger(Forward asked) {
    return new Forward(asked.room(), asked.feed(), asked.after(), grown(asked.count()));
  }

  private static int grown(int count) {
    if (count >= LARGEST) {
      throw new MalformedResponseException(
          "chat.syncMessages", "/result/cursor", "it cuts off whatever is asked for", null);
    }
    return (int) Math.min((long) count * GROWTH, LARGEST);
  }
}
