package dev.strandline.internal.feed;

import dev.strandline.SyncOptions;
import dev.strandline.error.ServerErrorException;
import dev.strandline.error.StrandlineException;
import dev.strandline.error.UnreachableException;
import dev.strandline.spi.Feed;
import dev.strandline.spi.FeedAnswer;
import dev.strandline.spi.FeedQuery;
import dev.strandline.spi.FeedQuery.Backward;
import dev.strandline.spi.FeedQuery.Forward;
import org.jspecify.annotations.Nullable;

/**
 * How many messages a page of one scope asks for (R15). It doubles with each full page that is
 * small, halves with each that breaks off and is quartered with each that takes too long; after the
 * latter it never grows that far again.
 *
 * <p>Belongs to one scope, and so to one thread, and goes by answers alone, never by a clock or by
 * what other lanes do: the same answers lead to the same questions, so that a recording can be
 * played back (decision 20). Pages of any sizes join without a gap; {@link Paging} sees to that.
 */
public final class PageSize {

  /** A page that may double: about 6,500 ordinary messages (facts 1.5). */
  static final long SMALL_BYTES = 4L << 20;

  /** No page that takes too long is asked for with less than this: it is not its size then. */
  static final int FLOOR = 50;

  private final int floor;
  private int most;
  private int now;

  /** How many messages the question that was answered last had asked for; 0 for no number. */
  private int answered;

  public PageSize(SyncOptions options) {
    now = options.pageSize();
    most = options.largestPage();
    floor = Math.min(now, FLOOR);
  }

  /** What the next page asks for. */
  public int now() {
    return now;
  }

  /** The page of UPDATED after the one that was just answered; null where there is none. */
  public @Nullable Forward next(Forward query, FeedAnswer answer) {
    Forward asked = answered == 0 ? query : withCount(query, answered);
    return Paging.next(asked, answer, now);
  }

  /** The page of history after the one that was just answered; null where there is none. */
  public @Nullable Backward next(Backward query, FeedAnswer answer) {
    return next(query, answer, now);
  }

  /**
   * The same.
   *
   * @param size how much a page asks for, unless it has to get past one millisecond
   */
  public @Nullable Backward next(Backward query, FeedAnswer answer, int size) {
    Backward asked = answered == 0 ? query : withCount(query, answered);
    return Paging.next(asked, answer, size);
  }

  /** A question on its way to an answer, which may need several tries. */
  Question question(FeedQuery query) {
    return new Question(query);
  }

  private int doubled(int size) {
    return (int) Math.min(2L * size, most);
  }

  private static Backward withCount(Backward query, int count) {
    return new Backward(query.room(), query.before(), count);
  }

  private static Forward withCount(Forward query, int count) {
    return new Forward(query.room(), query.feed(), query.after(), count);
  }

  /** One question, which asks for less with each try that takes too long. */
  final class Question {
    private final FeedQuery query;
    private final boolean isPage;

    /** Less than this is not asked for; for a tie (R3), less than this was too little before. */
    private final int least;

    private int count;

    private Question(FeedQuery query) {
      this.query = query;
      count = countOf(query);
      // R3: what asks for more than a page does so to get past one millisecond.
      isPage = count <= now;
      least = isPage ? Math.min(count, floor) : count / Paging.GROWTH + 1;
    }

    /** What to ask in the next try. */
    FeedQuery asked() {
      if (count == 0) {
        return query;
      }
      return query instanceof Backward backward
          ? withCount(backward, count)
          : withCount((Forward) query, count);
    }

    void answered(FeedAnswer answer) {
      answered = count;
      if (isPage && count == now && answer.isCut() && answer.bytes() <= SMALL_BYTES) {
        now = doubled(now);
      }
    }

    void failed(StrandlineException failure) {
      if (count > least && mayBeTooMuch(failure)) {
        // Each try that is late costs all the time there is to wait, and there are few of them.
        int share = tookTooLong(failure) ? 4 : 2;
        // A tie is as a rule a little larger than the page that was too small for it.
        count = isPage ? Math.max(least, count / share) : least + (count - least) / share;
        if (isPage) {
          now = count;
          // A connection that breaks may have broken by chance: what follows may grow again.
          most = tookTooLong(failure) ? count : most;
        }
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

  /** Whether less may come through: it took too long, or broke off where something cuts it. */
  static boolean mayBeTooMuch(StrandlineException failure) {
    return tookTooLong(failure)
        || (failure instanceof UnreachableException unreachable && unreachable.reached());
  }

  /** Whether the answer took longer than this side, or a proxy on the way, was ready to wait. */
  static boolean tookTooLong(StrandlineException failure) {
    return (failure instanceof UnreachableException unreachable && unreachable.timedOut())
        || (failure instanceof ServerErrorException error
            && (error.status() == 504 || error.status() == 524));
  }
}
