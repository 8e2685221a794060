package dev.strandline.transport.http.internal.recording;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;

/**
 * Passes an answer's body on while it arrives, scrubbed: JSON byte for byte but for the texts that
 * are replaced. At most one text of it is in memory.
 *
 * <p>What is no JSON from its first byte, such as a proxy's page, is passed on as far as a client
 * reads it. Behind a byte that no JSON has at its place nothing is passed on: a client stops there
 * too.
 */
final class ScrubbedBody extends OutputStream {
  private static final int MOST_OF_A_PAGE = 64 * 1024;
  private static final int LONGEST_TEXT = 16 << 20;
  private static final int LONGEST_LITERAL = 1 << 20;

  private static final Pattern LITERAL =
      Pattern.compile("true|false|null|-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");

  private enum State {
    START,
    VALUES,
    TEXT,
    ESCAPE,
    PAGE,
    SPOILT
  }

  private final OutputStream target;
  private final Scrubber scrubber;
  private final Deque<Place> places = new ArrayDeque<>();
  private final ByteArrayOutputStream held = new ByteArrayOutputStream();
  private State state = State.START;

  ScrubbedBody(OutputStream target, Scrubber scrubber) {
    this.target = target;
    this.scrubber = scrubber;
  }

  @Override
  public void write(int b) throws IOException {
    switch (state) {
      case START -> start(b & 0xff);
      case VALUES -> value(b & 0xff);
      case TEXT -> text(b & 0xff);
      case ESCAPE -> {
        hold(b);
        state = State.TEXT;
      }
      case PAGE -> {
        if (held.size() < MOST_OF_A_PAGE) {
          held.write(b);
        }
      }
      case SPOILT -> {}
    }
  }

  private void start(int b) throws IOException {
    if (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
      target.write(b);
    } else if (b == '{' || b == '[') {
      state = State.VALUES;
      places.push(Place.outermost(b == '{'));
      target.write(b);
    } else {
      state = State.PAGE;
      held.write(b);
    }
  }

  private void value(int b) throws IOException {
    if (isLiteral(b)) {
      if (held.size() < LONGEST_LITERAL) {
        held.write(b);
      }
      return;
    }
    flushLiteral();
    Place place = places.peek();
    if (state == State.SPOILT) {
      return;
    }
    target.write(b);
    if (place == null) {
      if (" \n\r\t".indexOf(b) < 0) {
        state = State.SPOILT;
      }
      return;
    }
    switch (b) {
      case '"' -> state = State.TEXT;
      case '{', '[' -> places.push(place.inner(b == '{'));
      case '}', ']' -> {
        if (place.isObject() == (b == '}')) {
          places.pop();
        } else {
          state = State.SPOILT;
        }
      }
      case ',' -> place.separated();
      case ':', ' ', '\n', '\r', '\t' -> {}
      default -> state = State.SPOILT;
    }
  }

  private static boolean isLiteral(int b) {
    return (b >= '0' && b <= '9')
        || (b >= 'a' && b <= 'z')
        || b == '-'
        || b == '+'
        || b == '.'
        || b == 'E';
  }

  private void flushLiteral() throws IOException {
    if (held.size() > 0) {
      Place place = places.peek();
      String literal = held.toString(StandardCharsets.US_ASCII);
      held.reset();
      String scrubbed = literal;
      if (place == null || !LITERAL.matcher(literal).matches()) {
        // No client takes this, and it may be anything.
        scrubbed = Scrubber.mask(literal);
        state = State.SPOILT;
      } else if (literal.charAt(0) < 'a' && place.numberIsPrivate()) {
        scrubbed = scrubber.number(literal);
      }
      target.write(scrubbed.getBytes(StandardCharsets.US_ASCII));
    }
  }

  private void text(int b) throws IOException {
    if (b == '"') {
      target.write(scrubbed(held.toByteArray()));
      held.reset();
      target.write(b);
      state = State.VALUES;
      return;
    }
    hold(b);
    if (b == '\\') {
      state = State.ESCAPE;
    }
  }

  /** A text that no client could take either stays one, of nothing. */
  private void hold(int b) throws IOException {
    if (held.size() >= LONGEST_TEXT) {
      target.write('x');
    } else {
      held.write(b);
    }
  }

  private byte[] scrubbed(byte[] raw) {
    Place place = places.element();
    String original = JsonText.decode(raw);
    if (place.expectsKey()) {
      place.key(original);
      return replaced(raw, original, scrubber.key(original));
    }
    Kind kind = place.kindOf(original);
    return replaced(raw, original, scrubber.text(kind, original));
  }

  private static byte[] replaced(byte[] raw, String original, String scrubbed) {
    return scrubbed.equals(original) ? raw : JsonText.encode(scrubbed);
  }

  /** Ends the body; what was cut in the middle ends in the middle. */
  void end() throws IOException {
    switch (state) {
      case VALUES -> flushLiteral();
      // The first half of a secret is not recognised as one.
      case TEXT, ESCAPE -> target.write(JsonText.encode(Scrubber.mask(heldText())));
      case PAGE ->
          target.write(
              scrubber
                  .page(held.toString(StandardCharsets.UTF_8))
                  .getBytes(StandardCharsets.UTF_8));
      case START, SPOILT -> {}
    }
    held.reset();
    target.flush();
  }

  private String heldText() {
    return JsonText.decode(held.toByteArray());
  }

  @Override
  public void flush() throws IOException {
    target.flush();
  }

  @Override
  public void close() throws IOException {
    target.close();
  }
}
