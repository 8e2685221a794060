package dev.strandline.search;

import dev.strandline.model.Message;
import java.util.List;

/**
 * A message that has what was looked for.
 *
 * @param message the message
 * @param places where its {@link Message#shownText()} has the words, in order and without overlap
 */
public record SearchHit(Message message, List<Place> places) {
  public SearchHit {
    places = List.copyOf(places);
  }
}
