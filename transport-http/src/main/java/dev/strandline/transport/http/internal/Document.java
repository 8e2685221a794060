package dev.strandline.transport.http.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.strandline.model.ServerTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
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
  private boolean isObject;
  private int depth;
  private long bytes;
  private @Nullable String json;

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
      start = parser.currentTokenLocation().getByteOffset();
      body.window().keepFrom(start);
      parser.finishToken();
    }
    long end = body.offsetBehind();
    document.bytes = end - start;
    document.json = exactly(body, body.window().between(start, end));
    return document;
  }

  private static @Nullable String exactly(JsonBody body, byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.indexOf('\ufffd') >= 0) {
      // Either the server sent this character, or Java put it where the bytes are no UTF-8.
      try {
        var unused = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      } catch (CharacterCodingException e) {
        throw body.malformed("it holds bytes that are no UTF-8");
      }
    }
    return text;
  }

  private void readFields(JsonParser parser, Set<String> wanted) throws IOException {
    depth = 1;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (wanted.contains(name)) {
        fields.put(name, token.isStructStart() ? readStruct(parser, "", wanted) : scalar(parser));
      } else if ("u".equals(name) && token == JsonToken.START_OBJECT) {
        fields.remove("u._id");
        fields.remove("u.username");
        readStruct(parser, "u.", wanted);
      } else if (token.isStructStart()) {
        skip(parser);
      }
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
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (token.isStructStart()) {
        skip(parser);
      } else if (prefix.isEmpty() && "$date".equals(name)) {
        Object value = scalar(parser);
        date = value instanceof Long millis ? dateOf(millis) : value;
      } else if (!prefix.isEmpty() && wanted.contains(prefix + name)) {
        fields.put(prefix + name, scalar(parser));
      }
    }
    return date;
  }

  private static Object dateOf(long millis) {
    return millis <= ServerTime.MAX.epochMilli() ? ServerTime.ofEpochMilli(millis) : OTHER;
  }

  /** Passes over a nested object or array, taking note of how deep it goes. */
  private void skip(JsonParser parser) throws IOException {
    int open = isObject ? 2 : 1;
    int outside = open - 1;
    depth = Math.max(depth, open);
    while (open > outside) {
      JsonToken token = parser.nextToken();
      if (token.isStructStart()) {
        open++;
        depth = Math.max(depth, open);
      } else if (token.isStructEnd()) {
        open--;
      }
    }
  }

  private static Object scalar(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> parser.getText();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> NOTHING;
      // Longer ones are no count and no date, and turning them into a number is costly.
      case VALUE_NUMBER_INT -> parser.getTextLength() <= 18 ? parser.getLongValue() : OTHER;
      default -> OTHER;
    };
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

  /** Its JSON exactly as it was sent; null where that is too long to keep. */
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

  /** A date; null where there is none that can be understood. */
  @Nullable ServerTime time(String name) {
    Object value = fields.get(name);
    return value instanceof ServerTime time
        ? time
        : value instanceof String text ? IsoDate.parse(text) : null;
  }
}
