package dev.strandline.samples.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.testkit.server.FakeUser;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong with a request is said as JSON: a code, a sentence, and what to do. */
@Timeout(120)
final class RefusalsTest {
  @TempDir static Path folder;

  private static Harbour harbour;
  private static Backend backend;
  private static String room;
  private static String other;

  @BeforeAll
  static void start() {
    harbour = new Harbour(folder);
    FakeUser ada = harbour.person("ada");
    harbour.person("bob");
    room = harbour.room("quay", ada);
    other = harbour.room("pier", ada);
    harbour.workspace.conversation().fill(room, 30);
    harbour.workspace.conversation().fill(other, 30);
    backend = harbour.start();
    new App(backend.url(), "ada").awaitFirstRun();
  }

  @AfterAll
  static void stop() {
    backend.close();
    harbour.close();
  }

  private static App.Answer asAda(String method, String path) {
    return new App(backend.url(), "ada").ask(method, path);
  }

  private static void assertRefused(App.Answer answer, int status, String code) {
    assertThat(answer.status()).as("%s", answer.json()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.json().at("/error/message").asText()).endsWith(".");
    assertThat(answer.json().at("/error/next").asText()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, rooms/nosuchroom, 404, unknown-room",
    "GET, rooms/nosuchroom/messages, 404, unknown-room",
    "GET, rooms/nosuchroom/threads, 404, unknown-room",
    "GET, threads/nosuchroot/messages, 404, unknown-thread",
    "GET, messages/nosuchmessage, 404, unknown-message",
    "GET, messages/, 400, bad-id",
    "GET, nosuchthing, 404, unknown-url",
    "GET, rooms/a/b/c/d, 404, unknown-url",
    "POST, rooms, 405, wrong-method",
    "GET, sync, 405, wrong-method",
    "GET, rooms?colour=red, 400, unknown-parameter",
    "GET, search, 400, bad-parameter",
    "GET, search?q=%20, 400, bad-parameter",
    "GET, search?q=-tide, 400, bad-parameter",
    "GET, search?q=a&q=b, 400, bad-parameter",
    "GET, search?q=tide&room=nosuchroom, 404, unknown-room"
  })
  void whatCannotBeAnsweredIsRefused(String method, String path, int status, String code) {
    assertRefused(asAda(method, path), status, code);
  }

  @ParameterizedTest
  @CsvSource({"0", "201", "-1", "many", "''", "99999999999999999999"})
  void aPageIsNoLargerThanAllowed(String limit) {
    String messages = "rooms/" + room + "/messages";
    assertRefused(asAda("GET", messages + "?limit=" + limit), 400, "bad-parameter");
    assertThat(asAda("GET", messages + "?limit=200").status()).isEqualTo(200);
  }

  @Test
  void aCursorOfAnotherListIsRefused() {
    String next = asAda("GET", "rooms/" + room + "/messages?limit=5").json().get("next").asText();
    String suffix = "/messages?before=" + next;
    assertThat(asAda("GET", "rooms/" + room + suffix).status()).isEqualTo(200);
    assertRefused(asAda("GET", "rooms/" + other + suffix), 400, "unknown-cursor");
    String found = asAda("GET", "search?q=the&limit=1").json().get("next").asText();
    assertRefused(asAda("GET", "search?q=a&before=" + found), 400, "unknown-cursor");
  }

  @Test
  void aCursorThatWasChangedIsRefused() {
    String next = asAda("GET", "rooms/" + room + "/messages?limit=5").json().get("next").asText();
    String path = "rooms/" + room + "/messages?before=";
    for (int i = 0; i < next.length(); i++) {
      char changed = next.charAt(i) == 'A' ? 'B' : 'A';
      String wrong = next.substring(0, i) + changed + next.substring(i + 1);
      App.Answer answer = asAda("GET", path + wrong);
      // The last character has bits that mean nothing.
      if (i < next.length() - 1 || answer.status() != 200) {
        assertRefused(answer, 400, "unknown-cursor");
      }
    }
    for (String wrong : new String[] {"", "*", "AAAA", next + next, "2024-01-01T00:00:00Z"}) {
      assertRefused(asAda("GET", path + wrong), 400, "unknown-cursor");
    }
  }

  @Test
  void aWrongTokenIsAnsweredLikeAnUnknownAccount() {
    App.Answer wrong = new App(backend.url(), "ada", "token-of-ada-0123456780").ask("GET", "rooms");
    App.Answer none = new App(backend.url(), "ada", null).ask("GET", "rooms");
    App.Answer bobs = new App(backend.url(), "ada", Harbour.token("bob")).ask("GET", "rooms");
    App.Answer unknown = new App(backend.url(), "eve").ask("GET", "rooms");
    App.Answer hidden = new App(backend.url(), "eve").ask("GET", "nosuchthing");
    for (App.Answer answer : new App.Answer[] {wrong, none, bobs, unknown, hidden}) {
      assertRefused(answer, 401, "not-authorised");
      assertThat(answer.json()).isEqualTo(wrong.json());
      assertThat(answer.response().headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }
  }

  @Test
  void whatIsOutsideOfAccountsNeedsNoTokenAndTellsNoNames() {
    App nobody = new App(backend.url(), "nobody", null);
    assertThat(nobody.send("GET", "/health/live").status()).isEqualTo(200);
    assertThat(nobody.send("GET", "/health/ready").json().get("ok").asBoolean()).isTrue();
    assertThat(nobody.send("GET", "/metrics").response().body())
        .contains("strandline_backend_accounts{state=\"asleep\"}")
        .doesNotContain("ada");
    assertRefused(nobody.send("GET", "/"), 404, "unknown-url");
    assertRefused(nobody.send("GET", "/accounts"), 404, "unknown-url");
    assertRefused(nobody.send("DELETE", "/metrics"), 405, "wrong-method");
  }
}
