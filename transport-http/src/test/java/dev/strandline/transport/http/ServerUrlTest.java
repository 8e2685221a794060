package dev.strandline.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The URL of a server as people write it. */
class ServerUrlTest {

  private static HttpTransport to(URI url) {
    return HttpTransport.builder(url).credentials(new Credentials("me", "secret")).build();
  }

  @ParameterizedTest
  @CsvSource({
    "https://чат.example.org, https://xn--80a0bn.example.org",
    "https://ЧАТ.Example.org:443/, https://xn--80a0bn.example.org",
    "https://bücher.example:8443/chat/, https://xn--bcher-kva.example:8443/chat",
    "https://チャット。example, https://xn--7ckep0i.example",
    "'  https://chat.example.org/  ', https://chat.example.org",
    "HTTPS://Chat.Example.ORG, https://chat.example.org",
  })
  void anInternationalNameIsItsAsciiForm(String written, String taken) {
    assertThat(HttpTransport.serverUrl(written)).hasToString(taken);
    to(HttpTransport.serverUrl(written)).close();
  }

  @Test
  void bothFormsOfANameAreOneAccount() {
    try (HttpTransport one = to(URI.create("https://bücher.example"));
        HttpTransport other = to(URI.create("https://xn--bcher-kva.example"))) {
      assertThat(one.account()).isEqualTo(other.account());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http://chat_server:3000", "https://chat_server", "https://a_b.example/x"})
  void aNameThatJavaCannotUseIsNamedWithWhatToDo(String url) {
    assertThatThrownBy(() -> HttpTransport.serverUrl(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("_")
        .hasMessageContaining("alias");
    assertThatThrownBy(() -> to(URI.create(url))).hasMessageContaining("alias");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://chat.example.org/a b",
        "https://chat example.org",
        "https://chat.example.org:abc",
        "https://chat.example.org:70000",
        "https://chat.example.org:0",
        "https://straße.example",
        "https://[::1",
        "https://",
        "https:/chat.example.org",
        "http://%D1%87.example.org",
        "chat.example.org",
        "chat.example.org:3000",
        "",
        "https://user:secret@chat.example.org",
        "https://user:secret@chat_server",
        "https://user:sec ret@chat.example.org",
        "user:secret@chat.example.org",
        "https://chat.example.org/?token=1#x"
      })
  void whatIsNoServersUrlIsSaidInOurWordsAndWithoutItsPassword(String text) {
    assertThatThrownBy(() -> HttpTransport.serverUrl(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("server URL")
        .hasMessageNotContainingAny(
            "secret", "sec ret", "java.", "URISyntax", "Illegal", "Malformed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://[0:0:0:0:0:0:0:1]:3000",
        "http://[::1]",
        "http://[::ffff:127.0.0.1]:3000",
        "http://LOCALHOST:3000",
        "http://localhost.:3000"
      })
  void thisDeviceIsKnownByAllItsNames(String url) {
    to(HttpTransport.serverUrl(url)).close();
  }
}
