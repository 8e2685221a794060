package dev.strandline.spi;

import dev.strandline.model.MessageId;
import dev.strandline.model.ServerTime;
import java.util.List;

/**
 * Some rows of a listing, and how many there are in all.
 *
 * @param rows the rows from the offset asked for on; fewer than asked for where the listing ends or
 *     the server's maximum was reached
 * @param total how many rows the listing has. The server counts and lists in two steps, so the
 *     world may have gone on between them
 */
public record ListingAnswer(List<Row> rows, long total) {
  public ListingAnswer {
    rows = List.copyOf(rows);
  }

  /**
   * One row. Listings' documents are not those of the feeds, so of a document nothing else is
   * taken.
   *
   * @param hidden whether the message is marked hidden; some listings leave such out, some show
   *     them
   */
  public record Row(MessageId id, ServerTime sentAt, ServerTime updatedAt, boolean hidden) {}
}
