package dev.strandline.transport.http.internal;

import static dev.strandline.transport.http.internal.Answers.message;
import static dev.strandline.transport.http.internal.Answers.room;
import static dev.strandline.transport.http.internal.Answers.updated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.error.MalformedResponseException;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer that is not the API's is refused as a whole, with the place. */
class MalformedTest {

  private static void assertRefused(byte[] body, String pointer, String problem) {
    assertThatThrownBy(() -> room(body))
        .isInstanceOfSatisfying(
            MalformedResponseException.class,
            e -> {
              assertThat(e.endpoint()).isEqualTo("chat.syncMessages");
              assertThat(e.pointer()).isEqualTo(pointer);
              assertThat(e).hasMessageContaining(problem).hasNoCause();
            });
  }

  private static void assertRefused(String body, String pointer, String problem) {
    assertRefused(body.getBytes(StandardCharsets.UTF_8), pointer, problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|/result|missing",
        "{\"success\":true}|/result|missing",
        "{\"result\":null}|/result|null",
        "{\"result\":[]}|/result|an array",
        "{\"result\":\"x\"}|/result|text",
        "{\"result\":{\"updated\":{}}}|/result/updated|an object",
        "{\"result\":{\"updated\":null}}|/result/updated|null",
        "{\"result\":{\"deleted\":5}}|/result/deleted|a number",
        "{\"result\":{},\"success\":false}|/success|no success",
        "{\"result\":{},\"success\":\"false\"}|/success|no success",
        "{\"result\":{},\"success\":1}|/success|no success",
        "[]||an array",
        "5||a number",
        "null||null",
        "{\"result\":{}} x||not JSON",
        "{\"result\":{}}{}||something follows",
        "{\"result\":{},}|/result|",
        "{result:{}}||not JSON",
        "{\"result\":{\"updated\":[],\"deleted\":[],\"x\":NaN}}|/result/x|a number that JSON does not know",
        "nonsense||not JSON",
        "<html><body>busy</body></html>||HTML",
        "`   `||empty"
      })
  void anotherShapeIsToldWithItsPlace(String body, String pointer, String problem) {
    assertRefused(body, pointer == null ? "" : pointer, problem == null ? "" : problem);
  }

  @Test
  void anEmptyBodyIsTold() {
    assertRefused("", "", "the body is empty");
  }

  @Test
  void aBodyThatEndsAnywhereInTheMiddleIsTold() {
    String whole = updated(message("a", ",\"msg\":\"x🌊\""), message("b", ""));
    byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> room(cut))
          .as("cut at %s", length)
          .isInstanceOf(MalformedResponseException.class);
    }
  }

  @Test
  void aCutIsToldWithItsPlace() {
    String whole = updated(message("a", ""), message("b", ""));
    assertRefused(
        whole.substring(0, whole.indexOf("\"b\"") + 4), "/result/updated/1/_id", "middle");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE"})
  void otherEncodingsAreRefused(String charset) {
    assertRefused(updated().getBytes(Charset.forName(charset)), "", "UTF-8");
  }

  @Test
  void aByteOrderMarkIsRefused() {
    assertRefused("\ufeff" + updated(), "", "byte order mark");
  }

  @Test
  void unknownFieldsAreSkippedWhateverTheyHold() {
    String odd =
        "{\"x\":[{\"result\":5}],\"result\":{\"y\":{\"updated\":7},\"updated\":[],\"z\":null,"
            + "\"deleted\":[],\"cursor\":\"not asked for\"},\"w\":"
            + "[".repeat(5000)
            + "]".repeat(5000)
            + ",\"success\":\"true\"}";
    assertThat(room(odd).answer.bytes()).isEqualTo(odd.length());
  }

  @Test
  void nestingWithoutEndIsRefusedAndDoesNotExhaustTheStack() {
    assertThatThrownBy(() -> room(updated(message("a", ",\"x\":" + "[".repeat(1_000_000)))))
        .isInstanceOf(MalformedResponseException.class);
  }

  @Test
  void damagedCompressionIsRefused() {
    byte[] noise = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 17, 42, 99, 1, 2, 3};
    assertThatThrownBy(() -> compressed("gzip", noise))
        .isInstanceOf(MalformedResponseException.class)
        .hasMessageContaining("compression");
    assertThatThrownBy(() -> compressed("gzip", new byte[0]))
        .isInstanceOf(MalformedResponseException.class);
    assertThatThrownBy(() -> compressed("br", updated().getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(MalformedResponseException.class)
        .hasMessageContaining("not asked for");
  }

  private static void compressed(String encoding, byte[] body) {
    Answers.read(
        new ByteArrayInputStream(body),
        java.net.http.HttpHeaders.of(
            Map.of("Content-Encoding", List.of(encoding)), (name, value) -> true),
        Answers.LIMIT,
        Answers.uncut(new Answers.Held()));
  }

  @Test
  void whatIsQuotedOfABodyHoldsNoSecret() {
    assertThatThrownBy(() -> room("{\"result\": planted-token }"))
        .hasMessageNotContaining("planted-token")
        .hasNoCause();
    assertThatThrownBy(() -> room("{\"planted-token\": {\"a\": !"))
        .hasMessageNotContaining("planted-token")
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"result\":{\"updated\":[{\"_id\":\"a\" \"b\"}]}}",
        "{\"result\":{\"updated\":[{\"_id\":'a'}]}}",
        "{\"result\":{\"updated\":[{\"_id\":01}]}}",
        "{\"result\":{\"updated\":[{\"_id\":tru}]}}",
        "{\"result\":{\"updated\":[,]}}",
        "{\"result\":{\"x\":[1,NaN]}}"
      })
  void whatIsNotJsonIsSaidInOurWords(String body) {
    assertThatThrownBy(() -> room(body))
        .isInstanceOf(MalformedResponseException.class)
        .hasMessageNotContainingAny(
            "Unexpected", "enable", "Feature", "token", "StreamRead", "code");
  }
}
