package dev.strandline.transport.http.internal.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.strandline.transport.http.Scrubbing;
import dev.strandline.transport.http.Scrubbing.Treatment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left out of a body, and that nothing else is changed. */
class ScrubbedBodyTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ME = "aobEdbYhXfu5hkeqG";
  private static final String BEN = "rocketBenBenBen17";
  private static final String TOKEN = "9HqLlyZOugoStsXCUfD_0YdwnNnunAJF8V47U3QHXSq";
  private static final String MESSAGE =
      """
      {"_id":"7aDSXtjMA3KPLxLjt","rid":"GENERAL","msg":"Hello @ben, see http://a.example/1?é",
       "ts":"2021-09-24T19:19:47.911Z","u":{"_id":"%s","username":"ada","name":"Ada Lovelace"},
       "mentions":[{"_id":"%s","username":"ben","name":"Ben"}],"replies":["%s"],"tcount":3,
       "reactions":{":ship:":{"usernames":["ben"]}},"customFields":{"phone":4912345,"boss":"ada"},
       "md":[{"type":"PARAGRAPH","value":[{"type":"MENTION_USER","value":{"type":"PLAIN_TEXT",
       "value":"ben"}},{"type":"PLAIN_TEXT","value":"see"}]}],"newField":["x1"],
       "_updatedAt":"2021-09-24T19:19:48.048Z"}"""
          .formatted(ME, BEN, BEN);

  private final Pseudonyms pseudonyms = new Pseudonyms("key");

  private Scrubber scrubber(Scrubbing scrubbing) {
    Scrubber scrubber = new Scrubber(scrubbing, pseudonyms, ME, "chat.acme.example");
    scrubber.learnSecret(TOKEN);
    return scrubber;
  }

  private String scrubbed(Scrubbing scrubbing, String body) throws IOException {
    return scrubbed(scrubber(scrubbing), body);
  }

  private static String scrubbed(Scrubber scrubber, String body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ScrubbedBody scrubbed = new ScrubbedBody(out, scrubber);
    scrubbed.write(body.getBytes(StandardCharsets.UTF_8));
    scrubbed.end();
    return out.toString(StandardCharsets.UTF_8);
  }

  private JsonNode message(Scrubbing scrubbing) throws IOException {
    String page = "{\"result\":{\"updated\":[" + MESSAGE + "]},\"success\":true}";
    String scrubbed = scrubbed(scrubbing, page);
    assertThat(scrubbed).doesNotContain(ME).doesNotContain(BEN);
    assertThat(scrubbed.getBytes(StandardCharsets.UTF_8))
        .hasSameSizeAs(page.getBytes(StandardCharsets.UTF_8));
    return JSON.readTree(scrubbed).at("/result/updated/0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"additional", "Disabled", "messages", "cursorNotFound", "errorType"})
  void whatDecidesSomethingIsRecordedAsItIsWhateverAUsersIdIs(String userId) throws IOException {
    Scrubber scrubber =
        new Scrubber(Scrubbing.forSharing(), pseudonyms, userId, "chat.acme.example");
    for (String body :
        new String[] {
          "{\"success\":false,\"error\":\"must NOT have additional properties\","
              + "\"errorType\":\"invalid-params\"}",
          "{\"success\":false,\"error\":\"Threads Disabled [error-not-allowed]\","
              + "\"errorType\":\"error-not-allowed\"}",
          "{\"messages\":{\"update\":[],\"remove\":[]},\"success\":true}"
        }) {
      assertThat(scrubbed(scrubber, body)).isEqualTo(body);
    }
    assertThat(scrubbed(scrubber, "{\"error\":\"no " + userId + " here\"}"))
        .doesNotContain("no " + userId);
  }

  @Test
  void whatHoldsNoSecretIsPassedOnByteForByte() throws IOException {
    String odd =
        " {\n\"result\" :{ \"updated\":[{\"_id\":\"a\\u0062\\/c\",\"n\":-1.50E+3,\"x\":[],\"k\":null,"
            + "\"a\":1,\"a\":true,\"msg\":\"\\ud83d\\ude00 \\ud800 \u0000 é 😀\"}]}} \n";
    assertThat(scrubbed(Scrubbing.secretsOnly(), odd)).isEqualTo(odd);
  }

  @Test
  void usersAreReplacedEverywhereAndStayThemselves() throws IOException {
    JsonNode message = message(Scrubbing.secretsOnly());
    assertThat(message.at("/u/_id").asText()).isEqualTo(pseudonyms.id(ME)).hasSize(17);
    assertThat(message.at("/mentions/0/_id").asText()).isEqualTo(message.at("/replies/0").asText());
    assertThat(message.at("/msg").asText()).isEqualTo("Hello @ben, see http://a.example/1?é");
    assertThat(message.at("/u/name").asText()).isEqualTo("Ada Lovelace");
    assertThat(message.at("/customFields/phone").asInt()).isEqualTo(4912345);
  }

  @Test
  void aRecordingForSharingHoldsNoWordOfAnybodys() throws IOException {
    JsonNode message = message(Scrubbing.forSharing());
    String ben = message.at("/mentions/0/username").asText();
    assertThat(ben).hasSize(3).isNotEqualTo("ben");
    assertThat(message.at("/msg").asText())
        .isEqualTo("Xxxxx @" + ben + ", xxx xxxx://x.xxxxxxx/0?ø");
    assertThat(message.at("/md/0/value/0/value/value").asText()).isEqualTo(ben);
    assertThat(message.at("/md/0/value/1/value").asText()).isEqualTo("xxx");
    assertThat(message.at("/md/0/value/0/type").asText()).isEqualTo("MENTION_USER");
    assertThat(message.at("/reactions/:ship:/usernames/0").asText()).isEqualTo(ben);
    assertThat(message.at("/customFields/phone").asInt()).isEqualTo(1111111);
    assertThat(message.at("/customFields/boss").asText()).isEqualTo("xxx");
    assertThat(message.at("/newField/0").asText()).isEqualTo("x0");
    assertThat(message.at("/tcount").asInt()).isEqualTo(3);
    assertThat(message.at("/ts").asText()).isEqualTo("2021-09-24T19:19:47.911Z");
    assertThat(message.at("/_id").asText()).isEqualTo("7aDSXtjMA3KPLxLjt");
  }

  @Test
  void pseudonymsTieTheSameWordsAcrossNamesAndTexts() throws IOException {
    JsonNode message =
        message(
            Scrubbing.builder()
                .names(Treatment.PSEUDONYM)
                .texts(Treatment.PSEUDONYM)
                .otherFields(Treatment.PSEUDONYM)
                .build());
    String ada = message.at("/u/username").asText();
    assertThat(message.at("/u/name").asText()).startsWithIgnoringCase(ada + " ").hasSize(12);
    assertThat(message.at("/customFields/boss").asText()).isEqualTo(ada);
    assertThat(message.at("/msg").asText())
        .contains("@" + message.at("/mentions/0/username").asText() + ",")
        .doesNotContain("Hello");
  }

  @Test
  void keptTextsFollowTheNamesWhereTheseAreReplaced() throws IOException {
    JsonNode message = message(Scrubbing.builder().names(Treatment.PSEUDONYM).build());
    assertThat(message.at("/msg").asText())
        .isEqualTo(
            "Hello @" + message.at("/mentions/0/username").asText() + ", see http://a.example/1?é");
  }

  @Test
  void differentWordsStayDifferent() {
    Set<String> all = new HashSet<>();
    for (char a = 'a'; a <= 'z'; a++) {
      for (char b = 'a'; b <= 'z'; b++) {
        all.add(pseudonyms.words("" + a + b));
      }
    }
    assertThat(all).hasSize(26 * 26);
    assertThat(pseudonyms.words("ADA")).isEqualToIgnoringCase(pseudonyms.words("ada"));
    assertThat(new Pseudonyms("other").id(ME)).isNotEqualTo(pseudonyms.id(ME));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"success\":false,\"error\":\"no %s here\"}",
        "{\"%s\":1}",
        "{\"a\":{\"b\":[\"https://x.example/?t=%s\"]}}",
        "{\"msg\":\"%s\"}",
        "{\"settings\":[{\"_id\":\"%s\",\"value\":\"%s\"}]}",
        "{} %s",
        "<html>%s</html>",
        "{\"a\":%s}",
        "%s",
        "{\"a\":\"%s",
        "{\"a\":\"x\\u0061%s\"}"
      })
  void plantedSecretsAreNowhere(String shape) throws IOException {
    for (String secret :
        new String[] {
          TOKEN, ME, "chat.acme.example", "CHAT.acme.EXAMPLE", "wiki.chat.acme.example"
        }) {
      String scrubbed = scrubbed(Scrubbing.secretsOnly(), shape.replace("%s", secret));
      assertThat(scrubbed.toLowerCase(java.util.Locale.ROOT))
          .doesNotContain(TOKEN.toLowerCase(java.util.Locale.ROOT))
          .doesNotContain(ME.toLowerCase(java.util.Locale.ROOT))
          .doesNotContain("acme");
    }
  }

  @Test
  void theFirstHalfOfASecretIsNotLeftWhereAnAnswerIsCut() throws IOException {
    String half = TOKEN.substring(0, 20);
    assertThat(scrubbed(Scrubbing.secretsOnly(), "{\"error\":\"no " + half))
        .startsWith("{\"error\":\"")
        .doesNotContain(half.substring(0, 8));
  }

  @Test
  void anEscapedSecretIsOneToo() throws IOException {
    String escaped = "\\u00" + Integer.toHexString(TOKEN.charAt(0)) + TOKEN.substring(1);
    assertThat(scrubbed(Scrubbing.secretsOnly(), "{\"msg\":\"" + escaped + "\"}"))
        .isEqualTo("{\"msg\":\"" + "x".repeat(TOKEN.length()) + "\"}");
  }

  @Test
  void aDirectConversationIsStillThatOfTheTwo() throws IOException {
    Scrubber scrubber = scrubber(Scrubbing.secretsOnly());
    String both = pseudonyms.id(BEN) + pseudonyms.id(ME);
    assertThat(scrubbed(scrubber, "{\"rid\":\"" + BEN + ME + "\"}"))
        .isEqualTo("{\"rid\":\"" + both + "\"}");
    assertThat(scrubbed(scrubber, "{\"msg\":\"/direct/" + BEN + ME + " " + BEN + "\"}"))
        .isEqualTo("{\"msg\":\"/direct/" + both + " " + pseudonyms.id(BEN) + "\"}");
  }

  @Test
  void keysOfEncryptedRoomsAndCustomSecretsAreAlwaysMasked() throws IOException {
    Scrubbing scrubbing = Scrubbing.builder().secret("Waverley").build();
    assertThat(scrubbed(scrubbing, "{\"E2EKey\":\"AQk1\",\"msg\":\"to Waverley!\"}"))
        .isEqualTo("{\"E2EKey\":\"XXx0\",\"msg\":\"to xxxxxxxx!\"}");
  }

  @Test
  void whatIsNoJsonStaysNoJsonAtTheSamePlace() throws IOException {
    assertThat(scrubbed(Scrubbing.secretsOnly(), "{\"a\":1]}")).isEqualTo("{\"a\":1]");
    assertThat(scrubbed(Scrubbing.secretsOnly(), "{\"a\":NaN}")).isEqualTo("{\"a\":N");
    assertThat(scrubbed(Scrubbing.secretsOnly(), "{}{}")).isEqualTo("{}{");
    assertThat(scrubbed(Scrubbing.secretsOnly(), "")).isEmpty();
    assertThat(scrubbed(Scrubbing.secretsOnly(), "<title>Welcome</title>"))
        .isEqualTo("<title>Welcome</title>");
  }
}
