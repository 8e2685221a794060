package dev.strandline.cli.text;

import org.jline.utils.WCWidth;

/** Texts measured in the cells of a terminal: two for most emoji and Chinese, none for accents. */
public final class Width {
  private static final String CUT = "…";

  private Width() {}

  /** How many cells a text takes. */
  public static int of(String text) {
    return Harmless.isPlain(text) ? text.length() : text.codePoints().map(Width::ofPoint).sum();
  }

  /** The text, or as much of it as fits with {@code …} at the end. */
  public static String cut(String text, int cells) {
    if (of(text) <= cells) {
      return text;
    }
    StringBuilder kept = new StringBuilder();
    int free = cells - 1;
    for (int point : text.codePoints().toArray()) {
      free -= ofPoint(point);
      if (free < 0) {
        break;
      }
      kept.appendCodePoint(point);
    }
    return cells < 1 ? "" : kept.append(CUT).toString();
  }

  /** The text with blanks behind it. */
  public static String left(String text, int cells) {
    return text + " ".repeat(Math.max(0, cells - of(text)));
  }

  private static int ofPoint(int point) {
    return Math.max(0, WCWidth.wcwidth(point));
  }
}
