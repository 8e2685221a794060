package dev.strandline.internal.journal;

import dev.strandline.journal.PageCounts;
import dev.strandline.journal.PageEntry;
import dev.strandline.journal.PassEntry;
import dev.strandline.journal.Positions;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.spi.StoreWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What goes into the journal together with rows that are handed in.
 *
 * @param page the page that the rows are of
 * @param continued whether rows of it were handed in before
 * @param state what the page is once these are committed
 * @param others pages that nothing is applied of any more, and that nobody has written yet
 * @param begun the pass, where this is the first that is written of it; else null
 */
public record Leaf(
    Page page,
    boolean continued,
    PageEntry.State state,
    List<Page> others,
    @Nullable PassEntry begun) {

  /** Where the scope stands before the page; to be asked before its rows are applied. */
  public Positions before(StoreWriter writer, Scope scope, RoomId room) {
    Positions known =
        continued ? writer.page(page.number()).map(PageEntry::before).orElse(null) : null;
    return known != null ? known : Standing.of(writer, scope, room);
  }

  /** Writes it, in the transaction of the rows; {@code part} is what became of those. */
  public void write(StoreWriter writer, PageCounts part, Positions before, Positions after) {
    if (begun != null) {
      writer.putPass(begun);
    }
    writeAll(others, PageEntry.State.LOOKED_AT, writer);
    PageCounts counts =
        continued
            ? writer.page(page.number()).map(PageEntry::counts).orElse(PageCounts.NONE).plus(part)
            : part;
    writer.putPage(page.entry(counts, before, after, state));
    page.journal().prune(writer, page.number());
  }

  /**
   * Writes pages of which no more rows are handed in.
   *
   * @param answered what those are that were answered
   */
  static void writeAll(List<Page> pages, PageEntry.State answered, StoreWriter writer) {
    for (Page page : pages) {
      PageEntry part = writer.page(page.number()).orElse(null);
      writer.putPage(
          page.entry(
              part == null ? PageCounts.NONE : part.counts(),
              part == null ? null : part.before(),
              part == null ? null : part.after(),
              page.hasFailed() ? PageEntry.State.FAILED : answered));
    }
  }
}
