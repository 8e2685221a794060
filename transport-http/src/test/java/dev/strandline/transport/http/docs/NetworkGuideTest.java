package dev.strandline.transport.http.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.error.UnreachableException;
import dev.strandline.spi.Call;
import dev.strandline.transport.http.Credentials;
import dev.strandline.transport.http.HttpTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The code of {@code docs/network.md}, run. */
class NetworkGuideTest {
  private static final Call CALL =
      new Call() {
        @Override
        public void requestSent(String route) {}

        @Override
        public void pause(Duration duration, String reason) {}

        @Override
        public void checkCancelled() {}
      };

  private static HttpTransport guide(
      URI serverUrl, Credentials credentials, String host, int port) {
    // snippet
    HttpClient client =
        HttpClient.newBuilder()
            .proxy(ProxySelector.of(InetSocketAddress.createUnresolved(host, port)))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    return HttpTransport.builder(serverUrl).credentials(credentials).httpClient(client).build();
    // end
  }

  @Test
  void aClientOfTheApplicationsOwnGoesThroughItsProxy() {
    URI server = HttpTransport.serverUrl("https://chat.example.org");
    try (HttpTransport transport =
        guide(server, new Credentials("me", "token"), "proxy.invalid", 3128)) {
      assertThatThrownBy(() -> transport.rooms(null, CALL))
          .isInstanceOf(UnreachableException.class)
          .hasMessageContaining("proxy.invalid:3128");
    }
  }

  @Test
  void theGuideShowsThisCode() throws IOException {
    String guide = words(Files.readString(Path.of("../docs/network.md")));
    String source = Files.readString(Path.of("src/test/java").resolve(ownFile()));
    String snippet =
        source.substring(source.indexOf("// snippet\n") + 11, source.indexOf("// end"));
    assertThat(guide).contains(words(snippet));
  }

  private static String ownFile() {
    return NetworkGuideTest.class.getName().replace('.', '/') + ".java";
  }

  private static String words(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
