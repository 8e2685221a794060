package dev.strandline.internal.engine;

import dev.strandline.SyncOptions;
import dev.strandline.error.ServerErrorException;
import dev.strandline.error.StrandlineException;
import dev.strandline.error.UnreachableException;
import dev.strandline.spi.Feed;
import dev.strandline.spi.FeedAnswer;
import dev.strandline.spi.FeedQuery;
import dev.strandline.spi.FeedQuery.Backward;
import dev.strandline.spi.FeedQuery.Forward;

/**
 * How many messages a page of one scope asks for (R15). It doubles with each full page that is
 * small, and halves with each that takes too long, after which it never grows that far again.
 *
 * <p>Belongs to one scope, and so to one thread, and goes by answers alone, never by a clock or by
 * what other lanes do: the same answers lead to the same questions, so that a recording can be
 * played back (decision 20). Pages of any sizes join without a gap; {@link Paging} sees to that.
 */
final class PageSize {

  /** A page that may double: about 6,500 ordinary messages (facts 1.5). */
  static final long SMALL_BYTES = 4L << 20;

  /** No page that takes too long is asked for with less than this: it is not its size then. */
  static final int FLOOR = 50;

  private final int floor;
  private int most;
  private int now;

  PageSize(SyncOptions options) {
    now = options.pageSize();
    most = options.largestPage();
    floor = Math.min(now, FLOOR);
  }

  /** What the next page asks for. */
  int now() {
    return now;
  }

  /** A question on its way to an answer, which may need several tries. */
  Question question(FeedQuery query) {
    return new Question(query);
  }

  private int doubled(int size) {
    return (int) Math.min(2L * size, most);
  }

  /** One question, which asks for less with each try that takes too long. */
  final class Question {
    private final FeedQuery query;
    private final boolean isPage;
    private int count;

    private Question(FeedQuery query) {
      this.query = query;
      count = countOf(query);
      // R3: what asks for more than a page does so to get past one millisecond, and needs it all.
      isPage = count > 0 && count <= now;
    }

    /** What to ask in the next try. */
    FeedQuery asked() {
      if (!isPage) {
        return query;
      }
      return query instanceof Backward backward
          ? new Backward(backward.room(), backward.before(), count)
          : withCount((Forward) query);
    }

    private Forward withCount(Forward forward) {
      return new Forward(forward.room(), forward.feed(), forward.after(), count);
    }

    void answered(FeedAnswer answer) {
      if (isPage && count == now && answer.isCut() && answer.bytes() <= SMALL_BYTES) {
        now = doubled(now);
      }
    }

    void failed(StrandlineException failure) {
      if (isPage && count > floor && tookTooLong(failure)) {
        count = Math.max(floor, count / 2);
        now = count;
        most = count;
      }
    }
  }

  /**
   * 0 for what is not a page of messages: tombstones are small, and only all of them count (R4).
   */
  private static int countOf(FeedQuery query) {
    if (query instanceof Backward backward) {
      return backward.count();
    }
    return query instanceof Forward forward && forward.feed() == Feed.UPDATED ? forward.count() : 0;
  }

  /** Whether the answer took longer than this side, or a proxy on the way, was ready to wait. */
  static boolean tookTooLong(StrandlineException failure) {
    return (failure instanceof UnreachableException unreachable && unreachable.timedOut())
        || (failure instanceof ServerErrorException error
            && (error.status() == 504 || error.status() == 524));
  }
}
