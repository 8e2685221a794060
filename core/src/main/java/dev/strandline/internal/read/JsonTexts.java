package dev.strandline.internal.read;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Picks texts from the top level of a JSON object that a server has sent and a parser has accepted.
 * What it does not understand it leaves out.
 */
final class JsonTexts {
  private final String json;
  private int at;

  private JsonTexts(String json) {
    this.json = json;
  }

  /** The members of {@code object} that are called so and are texts. */
  static Map<String, String> of(String object, Set<String> wanted) {
    Map<String, String> found = new HashMap<>();
    try {
      new JsonTexts(object).read(wanted, found);
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      // It ends too early or is none; what was found until then is right.
      return found;
    }
    return found;
  }

  private void read(Set<String> wanted, Map<String, String> found) {
    int depth = 0;
    String key = null;
    while (at < json.length()) {
      char c = json.charAt(at);
      if (c == '"') {
        String text = text();
        if (depth == 1 && key == null && nextIs(':')) {
          key = text;
        } else if (depth == 1 && key != null) {
          if (wanted.contains(key)) {
            found.put(key, text);
          }
        }
        continue;
      }
      if (c == '{' || c == '[') {
        depth++;
      } else if (c == '}' || c == ']') {
        depth--;
      } else if (c == ',' && depth == 1) {
        key = null;
      }
      at++;
    }
  }

  private boolean nextIs(char wanted) {
    int next = at;
    while (Character.isWhitespace(json.charAt(next))) {
      next++;
    }
    return json.charAt(next) == wanted;
  }

  /** Reads the text that begins here, and goes behind it. */
  private String text() {
    StringBuilder text = new StringBuilder();
    at++;
    while (json.charAt(at) != '"') {
      char c = json.charAt(at++);
      text.append(c == '\\' ? escaped() : c);
    }
    at++;
    return text.toString();
  }

  private char escaped() {
    char c = json.charAt(at++);
    return switch (c) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        at += 4;
        yield (char) Integer.parseInt(json.substring(at - 4, at), 16);
      }
      default -> c;
    };
  }
}
