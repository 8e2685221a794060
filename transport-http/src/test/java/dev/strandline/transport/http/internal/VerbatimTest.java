package dev.strandline.transport.http.internal;

import static dev.strandline.transport.http.internal.Answers.message;
import static dev.strandline.transport.http.internal.Answers.room;
import static dev.strandline.transport.http.internal.Answers.updated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.model.Message;
import dev.strandline.transport.http.internal.Answers.Held;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** R14: each row holds the message's JSON as the server sent it. */
class VerbatimTest {
  private static final List<String> ODD =
      List.of(
          message("a", ",\"msg\":\"\\u00e4\\n\\t\\\"\\/ \\ud83c\\udf0a\""),
          message("b", ",\"msg\":\"wave 🌊 日本 ümlaut \u2028 \ufffd\""),
          message(
              "c", " ,\r\n\t \"custom\" : [ 1.50, 1e3 , -0.0, 1E+2, {\"x\" :null } ] ,\"f\":true "),
          message(
              "d", ",\"msg\":\"" + "🌊".repeat(50) + "\",\"big\":123456789012345678901234567890"),
          "{ }");

  @Test
  void r14_everyByteOfAMessageIsKeptWhereverTheBufferEnds() {
    String body = " \n" + String.join(" , \n", ODD) + " ";
    int length = body.getBytes(StandardCharsets.UTF_8).length;
    // Jackson reads 8000 bytes at a time: the first buffer's end falls on every byte once.
    for (int padding = 7_900 - length; padding < 8_050; padding++) {
      String whole =
          "{\"pad\":\""
              + " ".repeat(padding)
              + "\",\"result\":{\"deleted\":[],\"updated\":["
              + body
              + "]}}";
      Held held = room(whole);

      assertThat(held.messages).extracting(Message::json).isEqualTo(ODD.subList(0, 4));
      assertThat(held.unreadable.get(0).json()).isEqualTo("{ }");
      assertThat(held.answer.bytes()).isEqualTo(whole.getBytes(StandardCharsets.UTF_8).length);
    }
  }

  @Test
  void r14_everyByteIsKeptHoweverTheBodyArrives() {
    byte[] body = updated(ODD.toArray(String[]::new)).getBytes(StandardCharsets.UTF_8);
    for (int seed = 0; seed < 200; seed++) {
      Held held = room(new Dribble(body, new Random(seed)), Answers.LIMIT);

      assertThat(held.messages)
          .as("seed %s", seed)
          .extracting(Message::json)
          .isEqualTo(ODD.subList(0, 4));
    }
  }

  @Test
  void fieldsAreReadAsTheyAreMeant() {
    List<Message> messages = room(updated(ODD.toArray(String[]::new))).messages;

    assertThat(messages.get(0).text()).isEqualTo("ä\n\t\"/ 🌊");
    assertThat(messages.get(1).text()).isEqualTo("wave 🌊 日本 ümlaut \u2028 \ufffd");
    assertThat(messages.get(2).text()).isEmpty();
  }

  @Test
  void aMessageLongerThanAnyBufferIsKeptToo() {
    String text = "🌊x".repeat(200_000);
    Held held =
        room(
            new ByteArrayInputStream(
                updated(
                        message("a", ""),
                        message("b", ",\"msg\":\"" + text + "\""),
                        message("c", ""))
                    .getBytes(StandardCharsets.UTF_8)),
            2 << 20);

    assertThat(held.messages).hasSize(3);
    assertThat(held.messages.get(1).text()).isEqualTo(text);
    assertThat(held.messages.get(1).json()).endsWith(text + "\"}");
  }

  @Test
  void valuesThatAreNoObjectsAreKeptVerbatimToo() {
    Held held = room(updated("null", " 12 ", "-1.5e3", "\"te\\u0078t\"", "[1, [2]]", "true"));

    assertThat(held.unreadable)
        .extracting(entry -> entry.json())
        .containsExactly("null", "12", "-1.5e3", "\"te\\u0078t\"", "[1, [2]]", "true");
    assertThat(held.unreadable).allMatch(entry -> entry.reason().contains("not an object"));
  }

  @Test
  void aCompressedBodyIsKeptAsItWasBefore() throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(updated(ODD.toArray(String[]::new)).getBytes(StandardCharsets.UTF_8));
    }
    Held held = new Held();
    Answers.read(
        new Dribble(compressed.toByteArray(), new Random(1)),
        java.net.http.HttpHeaders.of(
            java.util.Map.of("Content-Encoding", List.of("gzip")), (name, value) -> true),
        Answers.LIMIT,
        Answers.uncut(held));

    assertThat(held.messages).extracting(Message::json).isEqualTo(ODD.subList(0, 4));
  }

  /** A body that arrives in parts of a few bytes. */
  private static final class Dribble extends InputStream {
    private final InputStream bytes;
    private final Random random;

    Dribble(byte[] bytes, Random random) {
      this.bytes = new ByteArrayInputStream(bytes);
      this.random = random;
    }

    @Override
    public int read() throws IOException {
      return bytes.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return bytes.read(target, offset, Math.min(length, 1 + random.nextInt(7)));
    }
  }
}
