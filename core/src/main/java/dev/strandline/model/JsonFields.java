package dev.strandline.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a few fields of a JSON object, and passes over the others without making anything of them.
 *
 * <p>A value is a {@link Map} in the document's order, a {@link List}, or a {@link String}: a text,
 * or a number as it is written. What is true is {@link Boolean#TRUE}; false and null are left out.
 * Of a name that occurs twice the last value counts, as it does for whoever reads the feed.
 */
final class JsonFields {
  /** Bounds the recursion. The transport takes no message that is half as deep. */
  private static final int MOST_DEPTH = 1000;

  private final String json;
  private int at;
  private int depth;

  private JsonFields(String json) {
    this.json = json;
  }

  /** The fields of these names; none where {@code json} is no object. */
  static Map<String, Object> of(String json, Set<String> wanted) {
    if (wanted.stream().noneMatch(name -> json.contains('"' + name + '"'))) {
      return Map.of();
    }
    try {
      return new JsonFields(json).object(wanted);
    } catch (IllegalArgumentException e) {
      // Kept as it came all the same (R14); such a document has no fields to show.
      return Map.of();
    }
  }

  /**
   * @param wanted names of fields; null for all
   */
  private Map<String, Object> object(@Nullable Set<String> wanted) {
    Map<String, Object> fields = new LinkedHashMap<>();
    take('{');
    if (next() == '}') {
      at++;
      return fields;
    }
    do {
      next();
      String name = text();
      take(':');
      if (wanted == null || wanted.contains(name)) {
        Object value = value();
        if (value == null) {
          fields.remove(name);
        } else {
          fields.put(name, value);
        }
      } else {
        skip();
      }
    } while (goesOn('}'));
    return fields;
  }

  private List<Object> array() {
    List<Object> values = new ArrayList<>();
    take('[');
    if (next() == ']') {
      at++;
      return values;
    }
    do {
      Object value = value();
      if (value != null) {
        values.add(value);
      }
    } while (goesOn(']'));
    return values;
  }

  private @Nullable Object value() {
    if (++depth > MOST_DEPTH) {
      throw malformed();
    }
    Object value =
        switch (next()) {
          case '{' -> object(null);
          case '[' -> array();
          case '"' -> text();
          default -> literal();
        };
    depth--;
    return value;
  }

  private @Nullable Object literal() {
    int start = at;
    while (at < json.length() && ",]} \t\r\n".indexOf(json.charAt(at)) < 0) {
      at++;
    }
    String literal = json.substring(start, at);
    return switch (literal) {
      case "null", "false" -> null;
      case "true" -> true;
      case "" -> throw malformed();
      default -> literal;
    };
  }

  private String text() {
    int start = at + 1;
    int end = endOfText();
    int escape = json.indexOf('\\', start);
    return escape < 0 || escape >= end
        ? json.substring(start, end)
        : unescaped(json.substring(start, end), escape - start);
  }

  /** Goes behind a text, and returns where its last quote is. */
  private int endOfText() {
    if (json.charAt(at) != '"') {
      throw malformed();
    }
    for (int i = at + 1; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"') {
        at = i + 1;
        return i;
      }
    }
    throw malformed();
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
          if (i + 4 > body.length()) {
            throw malformed();
          }
          text.append((char) Integer.parseInt(body, i, i + 4, 16));
          i += 4;
        }
        default -> text.append(kind);
      }
    }
    return text.toString();
  }

  private void skip() {
    char first = next();
    if (first == '"') {
      var unused = endOfText();
    } else if (first == '{' || first == '[') {
      skipNested();
    } else {
      var unused = literal();
    }
  }

  private void skipNested() {
    int open = 0;
    do {
      char c = at < json.length() ? json.charAt(at) : ' ';
      if (c == '"') {
        var unused = endOfText();
        continue;
      }
      open += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
      if (++at > json.length()) {
        throw malformed();
      }
    } while (open > 0);
  }

  /** Goes behind a comma, or behind the end. */
  private boolean goesOn(char end) {
    char c = next();
    if (c != ',' && c != end) {
      throw malformed();
    }
    at++;
    return c == ',';
  }

  private void take(char expected) {
    if (next() != expected) {
      throw malformed();
    }
    at++;
  }

  /** The next character that is no blank, where the reading stands then. */
  private char next() {
    while (at < json.length() && json.charAt(at) <= ' ') {
      at++;
    }
    if (at >= json.length()) {
      throw malformed();
    }
    return json.charAt(at);
  }

  private static IllegalArgumentException malformed() {
    return new IllegalArgumentException("not JSON");
  }
}
