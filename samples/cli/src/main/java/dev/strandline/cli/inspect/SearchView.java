package dev.strandline.cli.inspect;

import dev.strandline.cli.text.JsonObject;
import dev.strandline.model.Message;
import dev.strandline.model.MessageKey;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.search.Place;
import dev.strandline.search.SearchHit;
import dev.strandline.search.SearchPage;
import dev.strandline.search.SearchQuery;
import dev.strandline.spi.StoreReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for words in what people see of messages, the latest first. Where the file has no index
 * every message is read, and the page says how to get one.
 */
final class SearchView {
  private static final int PAGE = 50;

  /** How much of a text is shown before its first word that was found, and in all. */
  private static final int BEFORE = 80;

  private static final int SHOWN = 320;

  private final StoreReader reader;

  SearchView(StoreReader reader) {
    this.reader = reader;
  }

  /**
   * @param room only in this room, null for all
   * @param before the place behind which to go on; null for the first page
   */
  JsonObject page(String text, @Nullable RoomId room, @Nullable MessageKey before) {
    JsonObject answer = new JsonObject();
    SearchQuery query = query(text, room, before);
    if (query == null) {
      return answer.put("indexed", true).put("hits", List.of()).put("next", (String) null);
    }
    SearchPage found = reader.search(query);
    MessageKey next = found.next();
    return answer
        .put("indexed", found.indexed())
        .put("hits", found.hits().stream().map(this::hit).toList())
        .put("next", next == null ? null : Words.place(next));
  }

  /** Null where the text has no word to look for. */
  private static @Nullable SearchQuery query(
      String text, @Nullable RoomId room, @Nullable MessageKey before) {
    try {
      return SearchQuery.of(text)
          .room(room)
          .order(SearchQuery.Order.NEWEST)
          .before(before)
          .limit(PAGE)
          .build();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private JsonObject hit(SearchHit hit) {
    Message message = hit.message();
    String text = message.shownText();
    int first = hit.places().isEmpty() ? 0 : hit.places().get(0).start();
    int start = whole(text, Math.max(0, first - BEFORE));
    int end = whole(text, Math.min(text.length(), start + SHOWN));
    return new JsonObject()
        .put("id", message.id().value())
        .put("room", message.room().value())
        .put("name", reader.room(message.room()).map(Room::name).orElse(null))
        .put("sentAt", message.sentAt().epochMilli())
        .put("author", message.authorName())
        .put("cutBefore", start > 0)
        .put("cutAfter", end < text.length())
        .put("pieces", pieces(text, hit.places(), start, end));
  }

  /** The text in pieces, each of which was found or not. */
  private static List<JsonObject> pieces(String text, List<Place> places, int start, int end) {
    List<JsonObject> pieces = new ArrayList<>();
    int at = start;
    for (Place place : places) {
      if (place.start() >= at && place.end() <= end) {
        add(pieces, text.substring(at, place.start()), false);
        add(pieces, text.substring(place.start(), place.end()), true);
        at = place.end();
      }
    }
    add(pieces, text.substring(at, end), false);
    return pieces;
  }

  private static void add(List<JsonObject> pieces, String text, boolean found) {
    if (!text.isEmpty()) {
      pieces.add(new JsonObject().put("text", text).put("found", found));
    }
  }

  /** The same place, or the one before it that does not cut a character in half. */
  private static int whole(String text, int place) {
    return place > 0 && place < text.length() && Character.isLowSurrogate(text.charAt(place))
        ? place - 1
        : place;
  }
}
