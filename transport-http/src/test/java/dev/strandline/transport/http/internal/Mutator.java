package dev.strandline.transport.http.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Makes hostile answers of honest ones: other values, names twice, things left out, other bytes,
 * too few of them. One seed makes the same answer.
 */
public final class Mutator {
  private static final JsonFactory JSON = new JsonFactory();

  private static final String[] NAMES = {
    "_id",
    "rid",
    "ts",
    "_updatedAt",
    "tmid",
    "_deletedAt",
    "u",
    "msg",
    "t",
    "tlm",
    "tcount",
    "_hidden",
    "updated",
    "deleted",
    "cursor",
    "next",
    "previous",
    "result",
    "success",
    "update",
    "remove",
    "messages",
    "message",
    "settings",
    "value",
    "uniqueID",
    "__proto__",
    "",
    "\\u0000",
    "x".repeat(300)
  };

  private static final String[] VALUES = {
    "null",
    "true",
    "false",
    "0",
    "-1",
    "1e400",
    "-0.0",
    "9223372036854775808",
    "1".repeat(400),
    "\"\"",
    "\" \"",
    "{}",
    "[]",
    "[[[[]]]]",
    "{\"$date\":1760000000000}",
    "{\"$date\":9223372036854775807}",
    "{\"$date\":{\"$date\":1}}",
    "\"'; DROP TABLE messages; --\"",
    "\"\\u0000\"",
    "\"a\\u0000b\"",
    "\"\\u001b[2J\\r\\n\\u0007\"",
    "\"\\ud800\"",
    "\"\\udc00\\ud800\"",
    "\"\\ufffe\\uffff\"",
    "\"\ud83c\udf0a\"",
    "\"2025-10-09T09:10:00.037Z\"",
    "\"2025-10-09T24:00:00.000Z\"",
    "\"2025-02-30T00:00:00.000Z\"",
    "\"9999-12-31T23:59:59.999Z\"",
    "\"+275760-09-13T00:00:00.000Z\"",
    "\"-000001-01-01T00:00:00.000Z\"",
    "\"0000-00-00T00:00:00.000Z\"",
    "\"1969-12-31T23:59:59.999Z\"",
    "\"2025-10-09T09:10:00.037+14:00\"",
    "\"1760000000000\"",
    "\"-1\"",
    "\"99999999999999999999\"",
    "1760000000000",
    "253402300799999",
    "253402300800000",
    "\"" + "x".repeat(10_000) + "\"",
    "\"" + "\\u0061".repeat(600) + "\"",
    "[".repeat(600) + "]".repeat(600),
    "{\"a\":".repeat(600) + "1" + "}".repeat(600)
  };

  private final Random random;

  /** Draws from {@code seed}. */
  public Mutator(long seed) {
    random = new Random(seed);
  }

  /** Where a token stands, and what it is. */
  private record Span(JsonToken token, int from, int to) {}

  /** One to three changes; {@code honest} is JSON. */
  public byte[] mutate(byte[] honest) {
    byte[] body = honest;
    for (int changes = 1 + random.nextInt(3); changes > 0 && body.length > 0; changes--) {
      body = random.nextInt(4) == 0 ? otherBytes(body) : otherTokens(body);
    }
    return body;
  }

  private byte[] otherTokens(byte[] body) {
    List<Span> spans = spans(body);
    if (spans.isEmpty()) {
      return otherBytes(body);
    }
    Span one = spans.get(random.nextInt(spans.size()));
    return switch (one.token()) {
      case FIELD_NAME -> splice(body, one.from(), one.to(), "\"" + any(NAMES) + "\"");
      // Its first field twice, or one that was missing.
      case START_OBJECT ->
          splice(body, one.to(), one.to(), "\"" + any(NAMES) + "\":" + any(VALUES) + ",");
      case START_ARRAY -> splice(body, one.to(), one.to(), any(VALUES) + ",");
      case END_ARRAY, END_OBJECT -> splice(body, one.from(), one.to(), "");
      default -> splice(body, one.from(), one.to(), any(VALUES));
    };
  }

  private String any(String[] words) {
    return words[random.nextInt(words.length)];
  }

  private byte[] otherBytes(byte[] body) {
    int at = random.nextInt(body.length);
    return switch (random.nextInt(6)) {
      case 0 -> java.util.Arrays.copyOf(body, at);
      case 1 -> {
        byte[] other = body.clone();
        other[at] = (byte) random.nextInt(256);
        yield other;
      }
      case 2 -> splice(body, at, at, new byte[] {(byte) (0x80 + random.nextInt(128))});
      case 3 -> splice(body, at, Math.min(body.length, at + 1 + random.nextInt(50)), new byte[0]);
      case 4 -> {
        int to = Math.min(body.length, at + 1 + random.nextInt(500));
        yield splice(body, at, at, java.util.Arrays.copyOfRange(body, at, to));
      }
      default -> splice(body, body.length, body.length, "{\"success\":true}");
    };
  }

  private static byte[] splice(byte[] body, int from, int to, String between) {
    return splice(body, from, to, between.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] splice(byte[] body, int from, int to, byte[] between) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + between.length);
    out.write(body, 0, from);
    out.writeBytes(between);
    out.write(body, to, body.length - to);
    return out.toByteArray();
  }

  /** All tokens up to where it stops being JSON. */
  private static List<Span> spans(byte[] body) {
    List<Span> spans = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(body)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        parser.finishToken();
        int from = (int) parser.currentTokenLocation().getByteOffset();
        int to = (int) parser.currentLocation().getByteOffset();
        // Behind a name the parser stands where its value begins.
        if (token == JsonToken.FIELD_NAME) {
          to = from + parser.getTextLength() + 2;
        }
        if (from >= 0 && to > from && to <= body.length) {
          spans.add(new Span(token, from, to));
        }
      }
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      // Mutated before; what was read can be mutated again.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return spans;
  }
}
