package dev.strandline.transport.http.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.strandline.model.ServerTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an answer: a few fields by name, and its JSON byte for byte. Read in one walk over
 * its tokens; unknown fields are passed over.
 */
final class Document {
  /** Stands for a value that is none of text, whole number, true, false and date. */
  private static final Object OTHER = new Object();

  /** What a field holds that is there and null: for all that matters here, nothing. */
  private static final Object NOTHING = new Object();

  private final Map<String, Object> fields = new HashMap<>();
  private final NamesSeen names = new NamesSeen();
  private boolean isObject;
  private int depth;
  private long bytes;
  private @Nullable String json;
  private @Nullable String flaw;

  private Document() {}

  /**
   * Reads the entry whose first token is the current one.
   *
   * @param wanted names of fields to remember; one such as {@code "u._id"} is a field of an object
   */
  static Document read(JsonBody body, Set<String> wanted) throws IOException {
    JsonParser parser = body.parser();
    Document document = new Document();
    JsonToken first = parser.currentToken();
    long start;
    if (first.isStructStart()) {
      start = body.offsetBehind() - 1;
      body.window().keepFrom(start);
      document.isObject = first == JsonToken.START_OBJECT;
      if (document.isObject) {
        document.readFields(parser, wanted);
      } else {
        document.skip(parser);
      }
    } else {
      start = body.tokenOffset();
      body.window().keepFrom(start);
      parser.finishToken();
      document.look(parser);
    }
    long end = body.offsetBehind();
    document.bytes = end - start;
    if (body.isFlawed(start, end)) {
      document.flaw = "it holds bytes that are no UTF-8, or control characters in a text";
    }
    byte[] sent = body.window().between(start, end);
    // What is no UTF-8 comes out as U+FFFD: such an entry is kept for people to look at only.
    document.json = sent == null ? null : new String(sent, StandardCharsets.UTF_8);
    if (document.names.perhapsTwice()
        && document.json != null
        && document.flaw == null
        && document.depth <= JsonBody.Format.MOST_DEPTH) {
      document.json = LastOfEach.of(document.json);
    }
    return document;
  }

  private void readFields(JsonParser parser, Set<String> wanted) throws IOException {
    depth = 1;
    names.open();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      names.add(name);
      JsonToken token = parser.nextToken();
      if (wanted.contains(name)) {
        fields.put(name, token.isStructStart() ? readStruct(parser, "", wanted) : scalar(parser));
      } else if ("u".equals(name)) {
        fields.remove("u._id");
        fields.remove("u.username");
        if (token == JsonToken.START_OBJECT) {
          readStruct(parser, "u.", wanted);
        } else if (token.isStructStart()) {
          skip(parser);
        } else {
          look(parser);
        }
      } else if (token.isStructStart()) {
        skip(parser);
      } else {
        look(parser);
      }
    }
    names.close();
  }

  /** JSON has no numbers without a value, although what writes them calls it so. */
  private void look(JsonParser parser) throws IOException {
    if (JsonBody.isNoNumber(parser)) {
      flaw = "it holds a number that JSON does not know, such as NaN";
    }
  }

  /**
   * Reads an object or array that is a field's value, remembering wanted fields under {@code
   * prefix}.
   *
   * @return the date that it is, since the server's other protocol writes dates as <code>
   *     {"$date": 1632511187911}</code>; else that it is something else
   */
  private Object readStruct(JsonParser parser, String prefix, Set<String> wanted)
      throws IOException {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      skip(parser);
      return OTHER;
    }
    depth = Math.max(depth, 2);
    Object date = OTHER;
    names.open();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      names.add(name);
      JsonToken token = parser.nextToken();
      Object value = OTHER;
      if (token.isStructStart()) {
        skip(parser);
      } else {
        value = scalar(parser);
      }
      if (prefix.isEmpty() && "$date".equals(name)) {
        date = value instanceof Long millis ? dateOf(millis) : value;
      } else if (!prefix.isEmpty() && wanted.contains(prefix + name)) {
        fields.put(prefix + name, value);
      }
    }
    names.close();
    return date;
  }

  private static Object dateOf(long millis) {
    ServerTime time = IsoDate.within(millis);
    return time == null ? OTHER : time;
  }

  /** Passes over a nested object or array, taking note of how deep it goes. */
  private void skip(JsonParser parser) throws IOException {
    int open = isObject ? 2 : 1;
    int outside = open - 1;
    depth = Math.max(depth, open);
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      names.open();
    }
    while (open > outside) {
      JsonToken token = parser.nextToken();
      switch (token) {
        case START_OBJECT -> {
          names.open();
          open++;
        }
        case START_ARRAY -> open++;
        case END_OBJECT -> {
          names.close();
          open--;
        }
        case END_ARRAY -> open--;
        case FIELD_NAME -> names.add(parser.currentName());
        default -> look(parser);
      }
      depth = Math.max(depth, open);
    }
  }

  private Object scalar(JsonParser parser) throws IOException {
    look(parser);
    return switch (parser.currentToken()) {
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> NOTHING;
      // Longer ones are no count and no date, and turning them into a number is costly.
      case VALUE_NUMBER_INT -> parser.getTextLength() <= 18 ? parser.getLongValue() : OTHER;
      case VALUE_NUMBER_FLOAT -> whole(parser);
      default -> OTHER;
    };
  }

  /** A number with a fraction or an exponent, as the server's language writes large ones. */
  private static Object whole(JsonParser parser) throws IOException {
    double value = parser.getTextLength() <= 32 ? parser.getDoubleValue() : Double.NaN;
    return Math.abs(value) < 1e15 ? (Object) (long) value : OTHER;
  }

  boolean isObject() {
    return isObject;
  }

  /** How deeply it is nested: 1 for an object of scalars. */
  int depth() {
    return depth;
  }

  /** How long its JSON is. */
  long bytes() {
    return bytes;
  }

  /**
   * Its JSON exactly as it was sent, but for what a later value of the same key replaces; null
   * where that is too long to keep.
   */
  @Nullable String json() {
    return json;
  }

  boolean has(String name) {
    return fields.getOrDefault(name, NOTHING) != NOTHING;
  }

  /** A field's text; null where there is none. */
  @Nullable String text(String name) {
    return fields.get(name) instanceof String text ? text : null;
  }

  /** Whether a field is true, or the text "true" as in the published examples. */
  boolean isTrue(String name) {
    return Boolean.TRUE.equals(fields.get(name)) || "true".equals(fields.get(name));
  }

  /** A field that is true or false; null where it is neither. */
  @Nullable Boolean truth(String name) {
    return fields.get(name) instanceof Boolean truth ? truth : null;
  }

  /** A count; 0 where there is none. */
  int count(String name) {
    return fields.get(name) instanceof Long number && number > 0 && number <= Integer.MAX_VALUE
        ? number.intValue()
        : 0;
  }

  /**
   * A date; null where there is none that can be understood. Importers have written some as numbers
   * of milliseconds. One below zero is no date of theirs but a mark for something else.
   */
  @Nullable ServerTime time(String name) {
    Object value = fields.get(name);
    if (value instanceof ServerTime time) {
      return time;
    }
    if (value instanceof Long millis) {
      return millis < 0 ? null : IsoDate.within(millis);
    }
    return value instanceof String text ? IsoDate.parse(text) : null;
  }

  /** What is wrong with its JSON, for people; null where nothing is. */
  @Nullable String flaw() {
    return flaw;
  }
}
