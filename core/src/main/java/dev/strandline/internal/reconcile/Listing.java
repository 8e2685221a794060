package dev.strandline.internal.reconcile;

import dev.strandline.WhyWhole;
import dev.strandline.error.MalformedResponseException;
import dev.strandline.error.RateLimitedException;
import dev.strandline.error.ServerErrorException;
import dev.strandline.error.StrandlineException;
import dev.strandline.error.UnreachableException;
import dev.strandline.internal.feed.Session;
import dev.strandline.model.MessageKey;
import dev.strandline.model.RoomId;
import dev.strandline.model.RoomType;
import dev.strandline.spi.ListingAnswer;
import dev.strandline.spi.ListingAnswer.Row;
import dev.strandline.spi.ListingQuery;
import dev.strandline.spi.ListingQuery.Order;
import java.util.Comparator;
import java.util.List;

/**
 * Asks for rows of one room's listing (facts 3.4), and believes an answer only where it is in the
 * order that was asked for.
 */
final class Listing {
  /** The server's maximum as a rule; a smaller one shows in the answers. */
  static final int PAGE = 100;

  private static final Comparator<Row> HIDDEN_FIRST =
      Comparator.comparing(Row::hidden, Comparator.reverseOrder());
  private static final Comparator<Row> NEWEST_CHANGE_FIRST =
      HIDDEN_FIRST.thenComparing(Row::updatedAt, Comparator.reverseOrder()).thenComparing(Row::id);
  private static final Comparator<Row> OLDEST_FIRST = HIDDEN_FIRST.thenComparing(Listing::key);

  private final Session session;
  private final RoomId room;
  private final RoomType type;
  private long allowed = Long.MAX_VALUE;

  Listing(Session session, RoomId room, RoomType type) {
    this.session = session;
    this.room = room;
    this.type = type;
  }

  RoomType type() {
    return type;
  }

  /** Refuses to ask more than so many times from now on. */
  void allow(long requests) {
    allowed = requests;
  }

  /** The rows from {@code offset} on, up to {@code count} or to the server's maximum. */
  ListingAnswer ask(Order order, long offset, int count) throws Uncounted {
    if (allowed-- <= 0) {
      throw new Uncounted(WhyWhole.FEWER_REQUESTS);
    }
    ListingQuery query = new ListingQuery(room, type, order, offset, count);
    ListingAnswer answer = answer(query);
    Comparator<Row> comparator = order == Order.OLDEST_FIRST ? OLDEST_FIRST : NEWEST_CHANGE_FIRST;
    List<Row> rows = answer.rows();
    for (int i = 1; i < rows.size(); i++) {
      if (comparator.compare(rows.get(i - 1), rows.get(i)) >= 0) {
        throw new Uncounted(WhyWhole.NOT_IN_ORDER);
      }
    }
    boolean fits = rows.size() <= count && rows.size() <= Math.max(0, answer.total() - offset);
    // Fewer rows than there are is the server's maximum; none at all is no answer.
    if (!fits || (rows.isEmpty() && offset < answer.total())) {
      throw new Uncounted(WhyWhole.NOT_STILL);
    }
    return answer;
  }

  /** A listing is a convenience: where it cannot be had there is another way. */
  private ListingAnswer answer(ListingQuery query) throws Uncounted {
    try {
      return session
          .calls()
          .ask(call -> session.transport().listing(query, call), Listing::isWorthRetrying)
          .orElseThrow(() -> new Uncounted(WhyWhole.NO_LISTING));
    } catch (StrandlineException e) {
      if (isDoneWithout(e)) {
        throw new Uncounted(WhyWhole.LISTING_FAILED);
      }
      throw e;
    }
  }

  /** Whether what a question of a count failed with leaves the other way open: to read whole. */
  static boolean isDoneWithout(StrandlineException e) {
    return e instanceof ServerErrorException
        || e instanceof MalformedResponseException
        || e instanceof RateLimitedException
        || (e instanceof UnreachableException unreachable && unreachable.reached());
  }

  private static boolean isWorthRetrying(StrandlineException e) {
    return e instanceof RateLimitedException
        || (e instanceof UnreachableException unreachable && !unreachable.timedOut());
  }

  static MessageKey key(Row row) {
    return new MessageKey(row.sentAt(), row.id());
  }
}
