package dev.strandline.transport.http;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a transport is built from, and what it refuses. */
class HttpTransportBuilderTest extends WireTest {

  private static HttpTransportBuilder to(String url) {
    return HttpTransport.builder(URI.create(url)).credentials(new Credentials(USER, TOKEN));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/chat", "/chat/", "/a/b%20c//"})
  void aServerBelowAPathIsAskedThere(String path) {
    String prefix = path.replaceAll("/+$", "");
    answer(prefix.replace("%20", " ") + SYNC, ok(EMPTY_PAGE));
    answer(prefix + SYNC, ok(EMPTY_PAGE));
    transport = to("http://localhost:" + server().port() + path).build();

    assertThatCode(() -> fetch(forward())).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:secret@chat.example.org",
        "https://chat.example.org?x=1",
        "https://chat.example.org/#x",
        "ftp://chat.example.org",
        "chat.example.org",
        "https:///path",
        "mailto:a@b"
      })
  void otherUrlsAreRefusedWithAdvice(String url) {
    assertThatThrownBy(() -> to(url).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("server URL")
        .hasMessageNotContaining("secret");
  }

  @Test
  void credentialsAreNotSentUnencryptedToAnotherDeviceUnlessAllowed() {
    assertThatThrownBy(() -> to("http://chat.example.org").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("allowPlainHttp");
    assertThatThrownBy(() -> to("http://127.example.org").build())
        .isInstanceOf(IllegalArgumentException.class);
    to("http://chat.example.org").allowPlainHttp(true).build().close();
    for (String here : new String[] {"localhost:3000", "127.0.0.1", "127.1.2.3", "[::1]:3000"}) {
      to("http://" + here).build().close();
    }
  }

  @Test
  void settingsOutOfRangeAreRefusedWithTheirName() {
    HttpTransportBuilder builder = to("https://chat.example.org");
    assertThatThrownBy(() -> builder.requestTimeout(Duration.ZERO))
        .hasMessageContaining("requestTimeout");
    assertThatThrownBy(() -> builder.stallTimeout(Duration.ofDays(2)))
        .hasMessageContaining("stallTimeout");
    assertThatThrownBy(() -> builder.connectTimeout(Duration.ofMillis(-1)))
        .hasMessageContaining("connectTimeout");
    assertThatThrownBy(() -> builder.maxWait(Duration.ofMillis(-1)))
        .hasMessageContaining("maxWait");
    assertThatThrownBy(() -> builder.maxMessageBytes(10)).hasMessageContaining("maxMessageBytes");
    assertThatThrownBy(() -> builder.userAgent("a\nb")).hasMessageContaining("userAgent");
    assertThatThrownBy(() -> HttpTransport.builder(URI.create("https://chat.example.org")).build())
        .hasMessageContaining("credentials");
  }

  @Test
  void aSharedClientIsUsedAndLeftOpen() {
    HttpClient shared = HttpClient.newHttpClient();
    answer(SYNC, ok(EMPTY_PAGE));
    transport = builder().httpClient(shared).userAgent("Sample/1").build();
    fetch(forward());
    transport.close();
    transport = builder().httpClient(shared).build();
    fetch(forward());

    server()
        .verify(
            1, getRequestedFor(urlPathEqualTo(SYNC)).withHeader("User-Agent", equalTo("Sample/1")));
  }

  @Test
  void aSharedClientThatWouldTakeCredentialsElsewhereIsRefused() {
    HttpClient following =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();
    assertThatThrownBy(() -> builder().httpClient(following).build())
        .hasMessageContaining("followRedirects");
    assertThatThrownBy(
            () ->
                builder()
                    .httpClient(HttpClient.newHttpClient())
                    .connectTimeout(Duration.ofSeconds(1))
                    .build())
        .hasMessageContaining("connectTimeout");
  }
}
