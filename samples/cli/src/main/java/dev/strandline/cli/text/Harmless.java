package dev.strandline.cli.text;

/**
 * Makes what strangers wrote fit for a terminal: whatever is in a message, a room's name or a
 * server's complaint, nothing of it moves the cursor, changes colours or reorders the line.
 */
public final class Harmless {
  private Harmless() {}

  /**
   * The text in one line: line ends become {@code ⏎}, tabs blanks, other control characters U+FFFD;
   * what switches the direction of writing for the rest of the line is left out.
   */
  public static String line(String text) {
    if (isPlain(text)) {
      return text;
    }
    StringBuilder line = new StringBuilder(text.length());
    String trimmed = text.replace("\r\n", "\n");
    trimmed.codePoints().forEach(point -> append(line, point));
    return line.toString();
  }

  /**
   * A JSON document that says the same without any character that a terminal obeys. JSON allows
   * some of them, in its texts only, where an escape can stand for them.
   */
  public static String json(String document) {
    StringBuilder safe = new StringBuilder(document.length());
    for (int i = 0; i < document.length(); i++) {
      char c = document.charAt(i);
      if ((c >= 0x7F && c <= 0x9F) || turnsTheLine(c)) {
        safe.append(String.format("\\u%04x", (int) c));
      } else {
        safe.append(c);
      }
    }
    return safe.toString();
  }

  /** Whether a text is nothing but ASCII that can be seen: harmless, and a cell a character. */
  static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  private static void append(StringBuilder line, int point) {
    if (isLineEnd(point)) {
      line.append('⏎');
    } else if (point == '\t') {
      line.append(' ');
    } else if (Character.getType(point) == Character.CONTROL
        || Character.getType(point) == Character.SURROGATE) {
      line.append('\uFFFD');
    } else if (!turnsTheLine(point)) {
      line.appendCodePoint(point);
    }
  }

  private static boolean isLineEnd(int point) {
    return point == '\n'
        || point == '\r'
        || point == 0x0B
        || point == 0x0C
        || point == 0x85
        || point == 0x2028
        || point == 0x2029;
  }

  /** Embeddings, overrides and isolates, which can show a text in another order than it has. */
  private static boolean turnsTheLine(int point) {
    return (point >= 0x202A && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
  }
}
