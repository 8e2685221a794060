package dev.strandline.transport.http.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.strandline.error.MalformedResponseException;
import dev.strandline.error.UnreachableException;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * An answer's JSON, read token by token while it arrives. Belongs to one thread.
 *
 * <p>Where a key occurs twice in an object the last one counts, as in the server's own language.
 */
final class JsonBody {
  private static final int POINTER_CHARACTERS = 200;

  private final String route;
  private final Secrets secrets;
  private final Watch watch;
  private final Format format;
  private final ByteWindow window;
  private final MendedInput mended;
  private final JsonParser parser;

  private JsonBody(String route, Secrets secrets, Format format, Watch watch, InputStream json)
      throws IOException {
    this.route = route;
    this.secrets = secrets;
    this.format = format;
    this.watch = watch;
    window = new ByteWindow(utf8(json), format.maxMessageBytes);
    mended = new MendedInput(window, format.longestText);
    parser = format.factory.createParser(mended);
  }

  /** How bodies are parsed: what Jackson is allowed to accept. Safe for several threads. */
  static final class Format {
    /**
     * Deeper than this a message is kept in quarantine: consumers, SQLite's JSON functions among
     * them, give up not much further down.
     */
    static final int MOST_DEPTH = 500;

    /** Deeper than this not even the rest of the answer is read. */
    private static final int MOST_PARSED_DEPTH = 100_000;

    /** Of a text at least so much is read, although a message may be shorter. */
    private static final int LONGEST_TEXT = 1 << 20;

    private final JsonFactory factory;
    private final int maxMessageBytes;
    private final int longestText;

    Format(int maxMessageBytes) {
      this.maxMessageBytes = maxMessageBytes;
      longestText = Math.max(maxMessageBytes, LONGEST_TEXT);
      factory =
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(MOST_PARSED_DEPTH)
                      // Longer ones have been cut before they come here.
                      .maxStringLength(longestText)
                      .maxNumberLength(10_000)
                      .maxNameLength(50_000)
                      // An uncut answer may be as long as it likes: it is never held whole.
                      .maxDocumentLength(-1)
                      .maxTokenCount(-1)
                      .build())
              // Names come from users too (reactions, custom fields), so they are not
              // kept for ever.
              .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
              // Read, so that they can be told from what is no JSON at all.
              .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
              .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
              .build();
    }
  }

  /** Something to do with a field's or an entry's value, whose first token is the current one. */
  interface Value {
    void read() throws IOException;
  }

  /** Something to do with each field of an object. */
  interface Field {
    /** Reads the value, or answers false: it is skipped then. */
    boolean read(String name) throws IOException;
  }

  /** Reads a success. */
  static <T> T read(
      String route,
      Wire.Reply reply,
      Secrets secrets,
      Format format,
      Watch watch,
      Reading<T> reading,
      Asked asked) {
    JsonBody body = null;
    try {
      body = new JsonBody(route, secrets, format, watch, decoded(reply));
      T result = reading.read(body, asked);
      drain(reply.body());
      return result;
    } catch (NotJson e) {
      return reading.notFromApi(malformed(route, "", e.problem), asked);
    } catch (JsonProcessingException e) {
      throw malformed(route, body == null ? "" : body.pointer(), inWords(e));
    } catch (IOException e) {
      throw malformed(
          route, body == null ? "" : body.pointer(), "the compression of the body is damaged");
    } finally {
      watch.call().bodyRead(route, body == null ? 0 : body.bytes());
    }
  }

  /** The parser's own words are for programmers, and quote the body, which may quote the token. */
  private static String inWords(JsonProcessingException problem) {
    String words = String.valueOf(problem.getOriginalMessage());
    if (problem instanceof JsonEOFException || words.startsWith("Unexpected end")) {
      return "the JSON ends in the middle";
    }
    if (problem instanceof StreamConstraintsException) {
      return "it is longer or nested more deeply than any answer is";
    }
    return problem instanceof InputCoercionException
        ? "the number is out of range"
        : "what stands there is not JSON";
  }

  /** Reads a refusal. */
  static Refusal refusal(String route, Wire.Reply reply, Secrets secrets, Watch watch) {
    InputStream body;
    try {
      body = decoded(reply);
    } catch (IOException | UnreachableException e) {
      // The start of what is compressed is read at once. The status is worth more, here too.
      body = InputStream.nullInputStream();
    }
    Counted counted = new Counted(body);
    Refusal refusal = Refusal.read(route, reply.status(), counted, secrets);
    watch.call().bodyRead(route, counted.bytes);
    return refusal;
  }

  private static InputStream decoded(Wire.Reply reply) throws IOException {
    String encoding = reply.headers().firstValue("Content-Encoding").orElse("identity").strip();
    return switch (encoding.toLowerCase(Locale.ROOT)) {
      case "gzip", "x-gzip" -> new GZIPInputStream(reply.body(), 8192);
      case "identity", "" -> reply.body();
      default -> throw new NotJson("it is compressed in a way that was not asked for");
    };
  }

  /**
   * Reads what is left, so that the connection can be used again; more than a little is given up.
   */
  private static void drain(InputStream body) throws IOException {
    byte[] rest = new byte[1024];
    for (int i = 0; i < 16 && body.read(rest) >= 0; i++) {}
  }

  private static InputStream utf8(InputStream json) throws IOException {
    byte[] start = json.readNBytes(4);
    if (start.length == 0) {
      throw new NotJson("the body is empty");
    }
    // Jackson would quietly read other encodings, in which its offsets are not those of the bytes.
    boolean mark = (start[0] & 0xff) >= 0xef;
    for (byte each : start) {
      mark |= each == 0;
    }
    if (mark) {
      throw new NotJson("it starts with a byte order mark or is not in UTF-8");
    }
    if (start[0] == '<') {
      throw new NotJson("it is a page of HTML or XML, not JSON");
    }
    return new SequenceInputStream(new ByteArrayInputStream(start), json);
  }

  /** Reads the whole body, which must be one object, and checks that nothing follows it. */
  void root(Field field) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw malformed("the body is empty");
    }
    object(field);
    if (parser.nextToken() != null) {
      throw malformed(route, "", "something follows the end of the JSON");
    }
  }

  /** Reads the object that the current token must start. */
  void object(Field field) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw malformed("an object is expected, and " + found() + " is there");
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      window.keepFrom(offsetBehind() - 1);
      if (!field.read(name)) {
        skip();
      }
    }
  }

  /** Passes over a value of no interest, which has to be JSON all the same. */
  void skip() throws IOException {
    int open = 0;
    do {
      JsonToken token = open == 0 ? parser.currentToken() : parser.nextToken();
      if (token == null) {
        // The parser tells a body that ends in the middle by itself, unless it is of no value.
        throw malformed("the JSON ends in the middle");
      }
      open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      if (isNoNumber(parser)) {
        throw malformed("it is a number that JSON does not know, such as NaN");
      }
    } while (open > 0);
  }

  /** Whether the current token is NaN or Infinity, which no JSON can hold. */
  static boolean isNoNumber(JsonParser parser) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT && parser.isNaN();
  }

  /** Reads the array that the current token must start. */
  void array(Value entry) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw malformed("an array is expected, and " + found() + " is there");
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      watch.check();
      entry.read();
    }
  }

  /** Reads {@code success}, which the published examples write as text. */
  void success() throws IOException {
    if (!isTrue()) {
      throw malformed("the server says that this is no success");
    }
  }

  boolean isTrue() throws IOException {
    return parser.currentToken() == JsonToken.VALUE_TRUE
        || (parser.currentToken() == JsonToken.VALUE_STRING && "true".equals(parser.getText()));
  }

  boolean isNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  JsonParser parser() {
    return parser;
  }

  ByteWindow window() {
    return window;
  }

  int maxMessageBytes() {
    return format.maxMessageBytes;
  }

  /** How many bytes the body has so far. */
  long bytes() {
    return window.count();
  }

  /** The offset of the byte behind what has been parsed. */
  long offsetBehind() {
    return mended.sourceOffset(parser.currentLocation().getByteOffset());
  }

  /** The offset of the current token's first byte. */
  long tokenOffset() {
    return mended.sourceOffset(parser.currentTokenLocation().getByteOffset());
  }

  /** Whether something between two offsets can be neither read nor kept as it was sent. */
  boolean isFlawed(long from, long to) {
    return mended.isFlawed(from, to);
  }

  /**
   * Demands that nothing is missing. Taken for an empty one, a list that did not come would mean
   * that nothing has changed.
   *
   * @param missing names of fields that have not come
   */
  void demandNone(String parent, Set<String> missing) {
    if (!missing.isEmpty()) {
      throw malformed(parent + missing.iterator().next(), "it is missing");
    }
  }

  /** The failure of not understanding the current place. */
  MalformedResponseException malformed(String problem) {
    return malformed(route, pointer(), problem);
  }

  /** The failure of not understanding a place, or of its absence. */
  MalformedResponseException malformed(String pointer, String problem) {
    return malformed(route, pointer, problem);
  }

  private static MalformedResponseException malformed(
      String route, String pointer, String problem) {
    return new MalformedResponseException(route, pointer, problem, null);
  }

  private String pointer() {
    return secrets.excerpt(
        parser.getParsingContext().pathAsPointer().toString(), POINTER_CHARACTERS);
  }

  private String found() {
    JsonToken token = parser.currentToken();
    return switch (token == null ? JsonToken.NOT_AVAILABLE : token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "text";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "true or false";
      case VALUE_NULL -> "null";
      default -> "something else";
    };
  }

  /** Counts what is read. */
  private static final class Counted extends FilterInputStream {
    private long bytes;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int one = super.read();
      bytes += one < 0 ? 0 : 1;
      return one;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int some = super.read(into, offset, length);
      bytes += Math.max(0, some);
      return some;
    }
  }

  /** A body that need not even be parsed. */
  private static final class NotJson extends IOException {
    private static final long serialVersionUID = 1L;
    private final String problem;

    NotJson(String problem) {
      super(problem);
      this.problem = problem;
    }
  }
}
