package dev.strandline.store.sqlite.internal;

import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON string literal as SQLite's {@code ->} operator hands it over: exactly as it stands
 * in the document.
 *
 * <p>The operator {@code ->>} would do without this, but changes what UTF-8 cannot say, such as the
 * escape of half a surrogate pair.
 */
final class JsonLiteral {
  private JsonLiteral() {}

  /**
   * What a literal says.
   *
   * @param literal a JSON value, null where the document has none at that place
   * @return null where the value is not a string
   */
  static @Nullable String text(@Nullable String literal) {
    if (literal == null || literal.length() < 2 || literal.charAt(0) != '"') {
      return null;
    }
    String body = literal.substring(1, literal.length() - 1);
    int escape = body.indexOf('\\');
    return escape < 0 ? body : unescaped(body, escape);
  }

  private static String unescaped(String body, int firstEscape) {
    StringBuilder text = new StringBuilder(body.length()).append(body, 0, firstEscape);
    int i = firstEscape;
    while (i < body.length()) {
      char c = body.charAt(i++);
      if (c != '\\') {
        text.append(c);
        continue;
      }
      char kind = body.charAt(i++);
      switch (kind) {
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        case 'n' -> text.append('\n');
        case 'r' -> text.append('\r');
        case 't' -> text.append('\t');
        case 'u' -> {
          text.append((char) Integer.parseInt(body, i, i + 4, 16));
          i += 4;
        }
        default -> text.append(kind);
      }
    }
    return text.toString();
  }
}
