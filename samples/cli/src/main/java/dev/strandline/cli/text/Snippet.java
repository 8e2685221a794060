package dev.strandline.cli.text;

import dev.strandline.search.Place;
import java.util.List;

/** The part of a text that shows what was found in it, each find in square brackets. */
public final class Snippet {
  private static final String CUT = "…";

  private Snippet() {}

  /**
   * Cuts {@code text} around the first of {@code places}, which is always shown whole.
   *
   * @param places in order and without overlap; empty for the beginning of the text
   * @param before about how many characters to show before the first place, where the text is cut
   * @param length about how many characters to show in all
   */
  public static String of(String text, List<Place> places, int before, int length) {
    Place first = places.isEmpty() ? new Place(0, 0) : places.get(0);
    int from = text.length() <= length ? 0 : boundary(text, Math.max(0, first.start() - before));
    int to = boundary(text, Math.min(text.length(), Math.max(from + length, first.end())));
    StringBuilder snippet = new StringBuilder(from > 0 ? CUT : "");
    int at = from;
    for (Place place : places) {
      if (place.end() > to) {
        break;
      }
      snippet.append(text, at, place.start()).append('[');
      snippet.append(text, place.start(), place.end()).append(']');
      at = place.end();
    }
    return snippet.append(text, at, to).append(to < text.length() ? CUT : "").toString();
  }

  /** Not within a character of two units. */
  private static int boundary(String text, int at) {
    boolean within =
        at > 0
            && at < text.length()
            && Character.isLowSurrogate(text.charAt(at))
            && Character.isHighSurrogate(text.charAt(at - 1));
    return within ? at - 1 : at;
  }
}
