package dev.strandline.search;

import dev.strandline.model.Message;
import dev.strandline.model.MessageKey;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.spi.StoreReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Searches without an index, by reading every message that the query covers. Holds no more of them
 * than were asked for.
 */
public final class Scan {
  private final StoreReader reader;
  private final SearchQuery query;

  private Scan(StoreReader reader, SearchQuery query) {
    this.reader = reader;
    this.query = query;
  }

  /** What {@code query} finds in what {@code reader} reads. */
  public static SearchPage of(StoreReader reader, SearchQuery query) {
    return new Scan(reader, query).page();
  }

  private record Candidate(SearchHit hit, double fit) {
    private MessageKey key() {
      return MessageKey.of(hit.message());
    }
  }

  private SearchPage page() {
    Comparator<Candidate> best =
        query.order() == SearchQuery.Order.BEST
            ? Comparator.comparingDouble(Candidate::fit).thenComparing(Candidate::key)
            : Comparator.comparing(Candidate::key);
    // One more than asked for tells whether there is more.
    PriorityQueue<Candidate> kept = new PriorityQueue<>(best);
    for (RoomId room : rooms()) {
      reader.forEachMessage(
          Scope.room(room),
          message -> {
            Candidate candidate = candidate(message);
            if (candidate != null) {
              kept.add(candidate);
              if (kept.size() > query.limit() + 1) {
                kept.poll();
              }
            }
          });
    }
    List<SearchHit> hits = kept.stream().sorted(best.reversed()).map(Candidate::hit).toList();
    return page(query, hits, false);
  }

  /**
   * Makes a page of {@code hits}, of which there can be one more than were asked for.
   *
   * @param indexed see {@link SearchPage#indexed()}
   */
  public static SearchPage page(SearchQuery query, List<SearchHit> hits, boolean indexed) {
    boolean isMore = hits.size() > query.limit();
    List<SearchHit> page = isMore ? hits.subList(0, query.limit()) : hits;
    boolean goesOn = isMore && query.order() == SearchQuery.Order.NEWEST;
    return new SearchPage(
        page, goesOn ? MessageKey.of(page.get(page.size() - 1).message()) : null, indexed);
  }

  private List<RoomId> rooms() {
    RoomId room = query.room();
    if (room != null) {
      return List.of(room);
    }
    List<RoomId> all = new ArrayList<>();
    for (Room known : reader.rooms()) {
      all.add(known.id());
    }
    return all;
  }

  private @Nullable Candidate candidate(Message message) {
    if (!query.covers(message)) {
      return null;
    }
    String text = message.shownText();
    List<Place> places = query.places(text);
    if (places.isEmpty()) {
      return null;
    }
    double frequency = places.size();
    // BM25 with its usual constants, for words of equal weight in messages of a dozen words.
    double length = Words.of(text).size() / 12.0;
    double fit = frequency * 2.2 / (frequency + 1.2 * (0.25 + 0.75 * length));
    return new Candidate(new SearchHit(message, places), fit);
  }
}
