package dev.strandline.internal.reconcile;

import dev.strandline.WhyWhole;
import dev.strandline.model.MessageKey;
import dev.strandline.spi.ListingAnswer;
import dev.strandline.spi.ListingAnswer.Row;
import dev.strandline.spi.ListingQuery.Order;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the stored messages that a room's listing lacks, by halves (R11).
 *
 * <p>Where everything listed is stored, a listed message's row number here, less that of the
 * listing, is how many before it are missing there: it never falls. So of a stretch whose ends
 * differ by as much nothing is missing, and it is not looked at.
 */
final class Bisection {
  private final Listing listing;
  private final LocalRows rows;
  private final Headcount.Count count;
  private final List<MessageKey> missing = new ArrayList<>();

  /**
   * Rows {@code from} to {@code to} of the visible ones listed, among rows {@code localFrom} to
   * {@code localTo} here; the latter end before {@code end}, null for the newest.
   */
  private record Stretch(
      long from, long to, long localFrom, long localTo, @Nullable MessageKey end) {
    long missing() {
      return localTo - localFrom - (to - from);
    }
  }

  Bisection(Listing listing, LocalRows rows, Headcount.Count count) {
    this.listing = listing;
    this.rows = rows;
    this.count = count;
  }

  /** About how many requests it takes to find so many. */
  static long price(long missing, long visible) {
    int halvings = 64 - Long.numberOfLeadingZeros(visible / Listing.PAGE);
    return missing * (halvings + 1);
  }

  /** The messages that are not listed. */
  List<MessageKey> run() throws Uncounted {
    search(new Stretch(0, count.visible(), 0, rows.size(), null));
    return missing;
  }

  private void search(Stretch stretch) throws Uncounted {
    if (stretch.missing() < 0) {
      throw new Uncounted(WhyWhole.SHOWS_MORE);
    }
    if (stretch.missing() == 0) {
      return;
    }
    if (stretch.from == stretch.to) {
      missing.addAll(rows.before(stretch.end, Math.toIntExact(stretch.missing())));
      return;
    }
    long size = stretch.to - stretch.from;
    int wanted = (int) Math.min(size, Listing.PAGE);
    long start = stretch.from + (size - wanted) / 2;
    List<Row> window = window(start, wanted);
    MessageKey first = known(window.get(0));
    MessageKey last = known(window.get(window.size() - 1));
    long localFirst = rows.rank(first);
    long localLast = rows.rank(last);
    compare(window, last, localLast - localFirst);
    search(new Stretch(stretch.from, start, stretch.localFrom, localFirst, first));
    search(
        new Stretch(
            start + window.size(), stretch.to, localLast + 1, stretch.localTo, stretch.end));
  }

  private List<Row> window(long start, int wanted) throws Uncounted {
    ListingAnswer answer = listing.ask(Order.OLDEST_FIRST, count.hidden() + start, wanted);
    boolean moved =
        answer.total() != count.total()
            || answer.rows().isEmpty()
            || answer.rows().stream().anyMatch(Row::hidden);
    if (moved) {
      throw new Uncounted(WhyWhole.NOT_STILL);
    }
    return answer.rows();
  }

  /** Of the window all is stored; what is stored between and not in it is missing. */
  private void compare(List<Row> window, MessageKey last, long between) throws Uncounted {
    long surplus = between + 1 - window.size();
    if (surplus < 0) {
      throw new Uncounted(WhyWhole.SHOWS_MORE);
    }
    Set<MessageKey> listed = new HashSet<>();
    for (Row row : window) {
      listed.add(known(row));
    }
    if (surplus > 0) {
      rows.before(last, Math.toIntExact(between)).stream()
          .filter(key -> !listed.contains(key))
          .forEach(missing::add);
    }
  }

  private MessageKey known(Row row) throws Uncounted {
    MessageKey key = rows.find(row.id());
    if (key == null || !key.equals(Listing.key(row))) {
      throw new Uncounted(WhyWhole.SHOWS_MORE);
    }
    return key;
  }
}
