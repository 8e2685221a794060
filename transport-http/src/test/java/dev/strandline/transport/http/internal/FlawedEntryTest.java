package dev.strandline.transport.http.internal;

import static dev.strandline.transport.http.internal.Answers.deleted;
import static dev.strandline.transport.http.internal.Answers.message;
import static dev.strandline.transport.http.internal.Answers.room;
import static dev.strandline.transport.http.internal.Answers.updated;
import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.Unreadable;
import dev.strandline.transport.http.internal.Answers.Held;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R14: what no parser takes spoils the entry that it is in, and not the page. */
class FlawedEntryTest {
  /** Where the bytes go that no text can hold. */
  private static final String PLACE = "PLACE";

  static List<byte[]> noTexts() {
    return List.of(
        new byte[] {(byte) 0xff},
        new byte[] {(byte) 0x80},
        new byte[] {(byte) 0xc3, '('},
        new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
        new byte[] {(byte) 0xc0, (byte) 0xaf},
        new byte[] {(byte) 0xe0, (byte) 0x80, (byte) 0xaf},
        new byte[] {(byte) 0xf0, (byte) 0x9f, (byte) 0x8c},
        new byte[] {(byte) 0xf5, (byte) 0x80, (byte) 0x80, (byte) 0x80},
        new byte[] {0x07},
        new byte[] {'\n'});
  }

  private static byte[] withBytes(String body, byte[] bad) {
    return body.replace(PLACE, new String(bad, StandardCharsets.ISO_8859_1))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @MethodSource("noTexts")
  void r14_bytesThatNoTextCanHoldSpoilTheirEntryOnly(byte[] bad) {
    for (String field : new String[] {"msg", "custom", "u\":{\"name\":\"x\"},\"z"}) {
      String flawed = message("bad", ",\"" + field + "\":\"" + PLACE + "\"");
      Held held = room(withBytes(updated(message("a", ""), flawed, message("b", "")), bad));

      assertThat(held.messages).extracting(m -> m.id().value()).containsExactly("a", "b");
      assertThat(held.messages).extracting(Message::json).contains(message("b", ""));
      assertThat(held.unreadable).extracting(Unreadable::id).containsExactly(new MessageId("bad"));
      assertThat(held.unreadable.get(0).json())
          .isEqualTo(new String(withBytes(flawed, bad), StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 100})
  void charactersOfSeveralBytesSurviveHoweverTheBodyArrives(int together) {
    String text = "é潮🌊".repeat(5_000);
    byte[] body =
        updated(message("a", ",\"msg\":\"" + text + "\"")).getBytes(StandardCharsets.UTF_8);
    InputStream drop =
        new ByteArrayInputStream(body) {
          @Override
          public synchronized int read(byte[] target, int offset, int count) {
            return super.read(target, offset, Math.min(count, together));
          }
        };
    Held held = room(drop, Answers.LIMIT);
    assertThat(held.unreadable).isEmpty();
    assertThat(held.messages.get(0).text()).isEqualTo(text);
  }

  @Test
  void anIdThatCannotBeReadIsNobodys() {
    Held held =
        room(
            withBytes(
                updated(message("x" + PLACE, ""))
                    .replace(
                        "\"deleted\":[",
                        "\"deleted\":["
                            + "{\"_id\":\"y"
                            + PLACE
                            + "\",\"_deletedAt\":\"2025-10-09T09:26:40.071Z\"}"),
                new byte[] {(byte) 0xff}));
    assertThat(held.messages).isEmpty();
    assertThat(held.tombstones).isEmpty();
    assertThat(held.unreadable).hasSize(2).extracting(Unreadable::id).containsOnlyNulls();
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "Infinity", "-Infinity"})
  void r14_aNumberThatJsonDoesNotKnowSpoilsItsEntryOnly(String number) {
    for (String more :
        new String[] {
          ",\"tcount\":N", ",\"x\":N", ",\"x\":[[N]]", ",\"u\":N", ",\"ts\":{\"a\":N}"
        }) {
      Held held = room(updated(message("bad", more.replace("N", number)), message("b", "")));
      assertThat(held.messages).extracting(m -> m.id().value()).containsExactly("b");
      assertThat(held.unreadable.get(0).json()).contains(number);
    }
  }

  @Test
  void numbersOutOfEveryRangeAreKeptAsTheyAre() {
    for (String number :
        new String[] {"1e999", "-1e-999", "9".repeat(5_000), "0." + "3".repeat(5_000)}) {
      String odd = message("a", ",\"x\":" + number + ",\"tcount\":" + number);
      Held held = room(updated(odd, message("b", "")));
      assertThat(held.messages).extracting(Message::json).containsExactly(odd, message("b", ""));
    }
  }

  @Test
  void r14_textsNamesAndNumbersOfAnyLengthSpoilTheirEntryOnly() {
    int length = 2_000_000;
    String escapes = "\\\"\\u00e9é\\\\".repeat(length / 14);
    for (String more :
        new String[] {
          ",\"msg\":\"" + "x".repeat(length) + "\"",
          ",\"msg\":\"" + escapes + "\"",
          ",\"x\":[\"" + escapes + "\"]",
          ",\"" + escapes + "\":1",
          ",\"" + "n".repeat(length) + "\":{}",
          ",\"tcount\":1" + "1".repeat(length),
          ",\"x\":[-1." + "1".repeat(length) + "e5]"
        }) {
      String huge = message("huge", more);
      Held held = room(updated(message("a", ""), huge, message("b", ""), message("c", "")));
      assertThat(held.messages)
          .extracting(Message::json)
          .containsExactly(message("a", ""), message("b", ""), message("c", ""));
      assertThat(held.unreadable).extracting(Unreadable::id).containsExactly(new MessageId("huge"));
      assertThat(held.unreadable.get(0).reason())
          .contains("" + huge.getBytes(StandardCharsets.UTF_8).length);
    }
  }

  @Test
  void aLongNameIsKeptWithItsMessage() {
    String odd = message("a", ",\"" + "n".repeat(60_000) + "\":{\"y\":1}");
    assertThat(room(updated(odd)).messages).extracting(Message::json).containsExactly(odd);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        ",'msg':'1','msg':'2'|,'msg':'2'",
        ",'msg':'1', 'x':5,'msg':'2'|,'x':5,'msg':'2'",
        ",'u':{'_id':'x'},'u':{}|,'u':{}",
        ",'u':{'_id':'x'},'u':null|,'u':null",
        ",'u':{'username':'a','username':'b'}|,'u':{'username':'b'}",
        ",'x':[{'a':1,'a':{'a':2,'a':3}}]|,'x':[{'a':{'a':3}}]",
        ",'a':{'b':1,'b':2},'a':{'b':3,'b':4}|,'a':{'b':4}",
        ",'\\u006dsg':'1','msg':'2'|,'msg':'2'"
      })
  void ofAKeyThatOccursTwiceTheDocumentHoldsTheLast(String sent, String kept) {
    Held held = room(updated(message("a", sent.replace('\'', '"'))));
    assertThat(held.messages.get(0).json().replace(", ", ","))
        .isEqualTo(message("a", kept.replace('\'', '"')));
  }

  @Test
  void ofAManyFieldsNoneIsLostAndOfTwoStampsTheLastCounts() {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 500; i++) {
      many.append(",\"f").append(i).append("\":").append(i);
    }
    String odd = message("a", many.toString());
    assertThat(room(updated(odd)).messages).extracting(Message::json).containsExactly(odd);
    Message twice =
        room(updated(message("a", ",\"_updatedAt\":1,\"_updatedAt\":1760002000000")))
            .messages
            .get(0);
    assertThat(twice.updatedAt().epochMilli()).isEqualTo(1_760_002_000_000L);
    assertThat(room(deleted("{\"_id\":\"x\",\"_id\":\"y\",\"_deletedAt\":5}")).tombstones)
        .extracting(t -> t.id().value())
        .containsExactly("y");
  }
}
