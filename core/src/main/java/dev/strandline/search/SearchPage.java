package dev.strandline.search;

import dev.strandline.model.MessageKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a search found, in the order that was asked for.
 *
 * @param hits at most as many as were asked for
 * @param next pass it to {@link SearchQuery.Builder#before} to go on; null where that is all, and
 *     always null for {@link SearchQuery.Order#BEST}
 * @param indexed whether an index was used; false where every message had to be read
 */
public record SearchPage(List<SearchHit> hits, @Nullable MessageKey next, boolean indexed) {
  public SearchPage {
    hits = List.copyOf(hits);
  }
}
