package dev.strandline.internal.reconcile;

import dev.strandline.WhyWhole;
import dev.strandline.internal.feed.ServerKnowledge;
import dev.strandline.model.MessageId;
import dev.strandline.spi.ListingAnswer;
import dev.strandline.spi.ListingAnswer.Row;
import dev.strandline.spi.ListingQuery.Order;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts the messages that a room's listing shows to people.
 *
 * <p>Some listings show hidden messages among the others, and only the answers tell which (facts
 * 3.4). In the orders that are asked for hidden ones come first, so the row at which they end tells
 * how many they are; that row and the total come from one answer.
 */
final class Headcount {
  private static final int PROOF = 10;

  private final Listing listing;
  private final ServerKnowledge server;

  /**
   * What was counted.
   *
   * @param total rows in the listing
   * @param hidden how many of them are marked hidden; they come first
   * @param lately the hidden ones that were listed, newest change first
   * @param newest visible ones that were listed, from the newest change on
   */
  record Count(long total, long hidden, List<Row> lately, List<Row> newest) {
    long visible() {
      return total - hidden;
    }
  }

  Headcount(Listing listing, ServerKnowledge server) {
    this.listing = listing;
    this.server = server;
  }

  /** Counts; a few requests, one as a rule. */
  Count count() throws Uncounted {
    ListingAnswer head = page(0);
    List<Row> lately = head.rows().stream().filter(Row::hidden).toList();
    long offset = 0;
    ListingAnswer decisive = head;
    if (lately.size() == head.rows().size() && lately.size() < head.total()) {
      offset = findEnd(lately.size(), head.total());
      decisive = page(offset);
    }
    long hidden = offset + decisive.rows().stream().filter(Row::hidden).count();
    boolean endsHere = hidden < offset + decisive.rows().size() || hidden == decisive.total();
    // Offset 0 needs nothing before it; elsewhere the last hidden row has to be in the answer too.
    if (!endsHere || (offset > 0 && hidden == offset)) {
      throw new Uncounted(WhyWhole.NOT_STILL);
    }
    List<Row> newest = decisive.rows().stream().filter(row -> !row.hidden()).toList();
    Count count = new Count(decisive.total(), hidden, lately, newest);
    prove(count);
    return count;
  }

  /** As many visible rows as one answer has, from the newest change on. */
  List<Row> newest(Count count) throws Uncounted {
    return page(count.hidden()).rows().stream().filter(row -> !row.hidden()).toList();
  }

  /** The further hidden rows, from row {@code offset} on, newest change first. */
  List<Row> hidden(long offset) throws Uncounted {
    return page(offset).rows().stream().filter(Row::hidden).toList();
  }

  private ListingAnswer page(long offset) throws Uncounted {
    return listing.ask(Order.NEWEST_CHANGE_FIRST, offset, Listing.PAGE);
  }

  /** The number of the last hidden row, of which the first {@code shown} are known to be hidden. */
  private long findEnd(long shown, long total) throws Uncounted {
    long hidden = shown;
    long visible = total;
    while (hidden < visible) {
      // As a rule they are few.
      long middle = Math.min((hidden + visible) / 2, hidden * 3);
      List<Row> rows = listing.ask(Order.NEWEST_CHANGE_FIRST, middle, 1).rows();
      if (rows.isEmpty()) {
        throw new Uncounted(WhyWhole.NOT_STILL);
      }
      if (rows.get(0).hidden()) {
        hidden = middle + 1;
      } else {
        visible = middle;
      }
    }
    return hidden - 1;
  }

  /**
   * A server that ignores the order asked for gives one and the same to both questions. Only once a
   * run for each kind of room.
   */
  private void prove(Count count) throws Uncounted {
    if (server.isKnownToSort(listing.type())) {
      return;
    }
    if (count.newest().isEmpty()) {
      throw new Uncounted(WhyWhole.NOT_IN_ORDER);
    }
    List<MessageId> oldestFirst =
        ids(listing.ask(Order.OLDEST_FIRST, count.hidden(), PROOF).rows());
    List<MessageId> others = ids(count.newest());
    int both = Math.min(others.size(), oldestFirst.size());
    if (others.subList(0, both).equals(oldestFirst.subList(0, both))) {
      throw new Uncounted(WhyWhole.NOT_IN_ORDER);
    }
    server.sorts(listing.type());
  }

  private static List<MessageId> ids(List<Row> rows) {
    List<MessageId> ids = new ArrayList<>();
    rows.forEach(row -> ids.add(row.id()));
    return ids;
  }
}
