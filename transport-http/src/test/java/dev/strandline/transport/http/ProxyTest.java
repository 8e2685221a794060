package dev.strandline.transport.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.error.UnreachableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Proxies that do not let requests through, with a client that an application supplies. */
class ProxyTest {
  private static final URI ENCRYPTED = URI.create("https://chat.example.org");
  private static final URI PLAIN = URI.create("http://chat.example.org");
  private static final RecordingCall CALL = new RecordingCall(new TestClock());

  private static HttpTransport over(HttpClient client, URI server) {
    return HttpTransport.builder(server)
        .credentials(new Credentials("me", "token"))
        .allowPlainHttp(true)
        .httpClient(client)
        .build();
  }

  private static HttpClient through(InetSocketAddress proxy) {
    return HttpClient.newBuilder().proxy(ProxySelector.of(proxy)).build();
  }

  /** Answers every request with the same. */
  private record Answering(ServerSocket socket) implements AutoCloseable {
    static Answering with(String head) throws IOException {
      ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      Thread thread =
          new Thread(
              () -> {
                while (true) {
                  try (Socket one = socket.accept()) {
                    BufferedReader in =
                        new BufferedReader(
                            new InputStreamReader(one.getInputStream(), StandardCharsets.US_ASCII));
                    String line = in.readLine();
                    while (line != null && !line.isEmpty()) {
                      line = in.readLine();
                    }
                    one.getOutputStream()
                        .write(
                            ("HTTP/1.1 "
                                    + head
                                    + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                  } catch (IOException e) {
                    return;
                  }
                }
              });
      thread.setDaemon(true);
      thread.start();
      return new Answering(socket);
    }

    InetSocketAddress address() {
      return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    String name() {
      return address().getHostString() + ":" + address().getPort();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"corp\"",
        "407 Proxy Authentication Required\r\nProxy-Authenticate: Negotiate",
        "407 Proxy Authentication Required",
        "403 Forbidden",
        "502 Bad Gateway",
        "503 Service Unavailable"
      })
  void aProxyThatRefusesTheWayIsNamedWithItsStatus(String head) throws IOException {
    try (Answering proxy = Answering.with(head);
        HttpTransport transport = over(through(proxy.address()), ENCRYPTED)) {
      assertThatThrownBy(() -> transport.rooms(null, CALL))
          .isInstanceOf(UnreachableException.class)
          .hasMessageContaining("through the proxy " + proxy.name())
          .hasMessageContaining(head.substring(0, 3));
    }
  }

  @Test
  void aProxyThatAsksForAPasswordOfAPlainRequestIsNamed() throws IOException {
    try (Answering proxy = Answering.with("407 Authenticate\r\nProxy-Authenticate: Basic realm=x");
        HttpTransport transport = over(through(proxy.address()), PLAIN)) {
      assertThatThrownBy(() -> transport.rooms(null, CALL))
          .isInstanceOf(UnreachableException.class)
          .hasMessageContaining(proxy.name())
          .hasMessageContaining("407");
    }
  }

  @Test
  void aPasswordThatAProxyRefusesIsToldAsSuch() throws IOException {
    Authenticator wrong =
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication("me", "wrong".toCharArray());
          }
        };
    for (String challenge : new String[] {"\r\nProxy-Authenticate: Basic realm=x", ""}) {
      try (Answering proxy = Answering.with("407 Authenticate" + challenge)) {
        HttpClient client =
            HttpClient.newBuilder()
                .proxy(ProxySelector.of(proxy.address()))
                .authenticator(wrong)
                .build();
        for (URI server : List.of(PLAIN, ENCRYPTED)) {
          try (HttpTransport transport = over(client, server)) {
            assertThatThrownBy(() -> transport.rooms(null, CALL))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining(proxy.name())
                .hasMessageContaining("407");
          }
        }
      }
    }
  }

  @Test
  void aProxyThatIsNotThereIsNamedAndNotTheServer() {
    // Port 1 is nobody's.
    try (HttpTransport transport =
        over(through(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)), ENCRYPTED)) {
      assertThatThrownBy(() -> transport.rooms(null, CALL))
          .isInstanceOf(UnreachableException.class)
          .hasMessageContaining("through the proxy ")
          .hasMessageContaining(":1: ")
          .hasMessageContaining("the proxy refuses the connection");
    }
  }

  @Test
  void aProxyWhoseNameDoesNotResolveIsNamed() {
    InetSocketAddress nowhere = InetSocketAddress.createUnresolved("proxy.invalid", 3128);
    try (HttpTransport transport = over(through(nowhere), ENCRYPTED)) {
      assertThatThrownBy(() -> transport.rooms(null, CALL))
          .isInstanceOf(UnreachableException.class)
          .hasMessageContaining("proxy.invalid:3128")
          .hasMessageContaining("does not resolve");
    }
  }

  @Test
  void aSocksProxyIsSaidNotToBeUsed() {
    ProxySelector socks =
        new ProxySelector() {
          @Override
          public List<Proxy> select(URI uri) {
            return List.of(
                new Proxy(
                    Proxy.Type.SOCKS, InetSocketAddress.createUnresolved("socks.invalid", 9)));
          }

          @Override
          public void connectFailed(URI uri, SocketAddress address, IOException e) {}
        };
    HttpClient client = HttpClient.newBuilder().proxy(socks).build();
    try (HttpTransport transport = over(client, URI.create("https://127.0.0.1:1"))) {
      assertThatThrownBy(() -> transport.rooms(null, CALL))
          .hasMessageContaining("SOCKS")
          .hasMessageContaining("socks.invalid:9");
    }
    assertThat(CALL).isNotNull();
  }
}
