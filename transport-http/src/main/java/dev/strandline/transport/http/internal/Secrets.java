package dev.strandline.transport.http.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values that no message may show, whoever quotes them: a server can echo what it was sent. */
final class Secrets {
  private static final String WITHHELD = "[withheld]";

  private final String token;
  private final List<String> values;

  /**
   * @param token what logs in; never shown in whatever form
   * @param others what is withheld from texts
   */
  Secrets(String token, String... others) {
    this.token = token;
    List<String> all = new ArrayList<>();
    all.add(token);
    all.addAll(List.of(others));
    values = List.copyOf(all);
  }

  /** Takes the values out of a text. */
  String redact(String text) {
    String result = text;
    for (String value : values) {
      result = result.replace(value, WITHHELD);
    }
    return result;
  }

  /**
   * A server's code that programs decide by, of at most {@code limit} characters: as it arrived,
   * also where a user's id happens to be a part of it, but without the token.
   */
  String code(String text, int limit) {
    return printable(text.replace(token, WITHHELD), limit);
  }

  /** Readable text of at most {@code limit} characters, on one line. */
  String excerpt(String text, int limit) {
    // Redacted before it is cut, so that no first half of a secret is left.
    return printable(redact(text), limit);
  }

  private static String printable(String text, int limit) {
    StringBuilder printable = new StringBuilder();
    text.codePoints()
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
