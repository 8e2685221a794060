package dev.strandline.transport.http.internal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values that no message may show, whoever quotes them: a server can echo what it was sent. */
final class Secrets {
  private static final String WITHHELD = "[withheld]";

  private final List<String> values;

  Secrets(String... values) {
    this.values = List.of(values);
  }

  /** Takes the values out of a text. */
  String redact(String text) {
    String result = text;
    for (String value : values) {
      result = result.replace(value, WITHHELD);
    }
    return result;
  }

  /** Readable text of at most {@code limit} characters, on one line. */
  String excerpt(String text, int limit) {
    StringBuilder printable = new StringBuilder();
    // Redacted before it is cut, so that no first half of a secret is left.
    redact(text)
        .codePoints()
        .map(c -> Character.isWhitespace(c) ? ' ' : c)
        .filter(c -> !Character.isISOControl(c) && Character.isDefined(c))
        .filter(c -> c > 0xffff || !Character.isSurrogate((char) c))
        .limit(limit)
        .forEach(printable::appendCodePoint);
    return printable.toString().replaceAll(" {2,}", " ").strip();
  }

  /** The cause itself, or null where it or a cause of its own quotes a value. */
  @Nullable Throwable harmless(Throwable cause) {
    Throwable each = cause;
    for (int depth = 0; each != null && depth < 20; depth++, each = each.getCause()) {
      String text = each.toString();
      if (!redact(text).equals(text)) {
        return null;
      }
    }
    return cause;
  }

  @Override
  public String toString() {
    return WITHHELD;
  }
}
