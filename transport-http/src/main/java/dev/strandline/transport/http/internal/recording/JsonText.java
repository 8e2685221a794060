package dev.strandline.transport.http.internal.recording;

import java.nio.charset.StandardCharsets;

/** A JSON text between its quotes. */
final class JsonText {
  private static final String ESCAPED = "\"\\/bfnrt";
  private static final String MEANT = "\"\\/\b\f\n\r\t";

  private JsonText() {}

  /** What it says. Lenient: what is no escape says itself. */
  static String decode(byte[] raw) {
    String text = new String(raw, StandardCharsets.UTF_8);
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder result = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '\\' || at == text.length()) {
        result.append(c);
        continue;
      }
      char escape = text.charAt(at++);
      if (escape == 'u' && at + 4 <= text.length() && isHex(text, at)) {
        result.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
        at += 4;
      } else {
        int meaning = ESCAPED.indexOf(escape);
        result.append(meaning < 0 ? escape : MEANT.charAt(meaning));
      }
    }
    return result.toString();
  }

  private static boolean isHex(String text, int from) {
    return text.substring(from, from + 4).matches("[0-9A-Fa-f]{4}");
  }

  /** The text between quotes that says {@code text}. */
  static byte[] encode(String text) {
    StringBuilder result = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int meaning = c == '/' ? -1 : MEANT.indexOf(c);
      boolean half = Character.isSurrogate(c) && !isPair(text, i);
      if (meaning >= 0) {
        result.append('\\').append(ESCAPED.charAt(meaning));
      } else if (c < ' ' || half) {
        result.append(String.format("\\u%04x", (int) c));
      } else {
        result.append(c);
      }
    }
    return result.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isPair(String text, int at) {
    return Character.isHighSurrogate(text.charAt(at))
        ? at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(text.charAt(at - 1));
  }
}
