package dev.strandline.cli.text;

import java.util.ArrayList;
import java.util.List;
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

  /** The text in lines that fit, broken at blanks where there are any. */
  public static List<String> wrapped(String text, int cells) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" +", -1)) {
      if (!line.isEmpty() && of(line.toString()) + 1 + of(word) > cells) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
      breakUp(line, cells, lines);
    }
    if (!line.isEmpty()) {
      lines.add(line.toString());
    }
    return lines;
  }

  /** A word can be longer than a line. */
  private static void breakUp(StringBuilder line, int cells, List<String> lines) {
    while (of(line.toString()) > cells) {
      int end = 0;
      int free = cells;
      while (end < line.length()) {
        int point = line.codePointAt(end);
        free -= ofPoint(point);
        if (free < 0 && end > 0) {
          break;
        }
        end += Character.charCount(point);
      }
      lines.add(line.substring(0, end));
      line.delete(0, end);
    }
  }

  /** The text with blanks behind it. */
  public static String left(String text, int cells) {
    return text + " ".repeat(Math.max(0, cells - of(text)));
  }

  private static int ofPoint(int point) {
    return Math.max(0, WCWidth.wcwidth(point));
  }
}
