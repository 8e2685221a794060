package dev.strandline.transport.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.http.Fault;
import dev.strandline.error.MalformedResponseException;
import dev.strandline.error.NotAuthorizedException;
import dev.strandline.error.Recovery;
import dev.strandline.error.ServerErrorException;
import dev.strandline.error.StrandlineException;
import dev.strandline.error.SyncCancelledException;
import dev.strandline.error.UnreachableException;
import dev.strandline.model.Message;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of answers that do not come, or not as answers. */
class FaultTest extends WireTest {

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"CONNECTION_RESET_BY_PEER", "EMPTY_RESPONSE", "RANDOM_DATA_THEN_CLOSE"})
  void aConnectionThatBreaksIsTriedAgainLater(Fault fault) {
    answer(SYNC, aResponse().withFault(fault));

    assertThatThrownBy(() -> fetch(forward()))
        .isInstanceOfSatisfying(
            UnreachableException.class,
            e -> {
              assertThat(e.recovery()).isEqualTo(Recovery.RETRY);
              assertThat(e.timedOut()).isFalse();
              assertThat(e).hasMessageContaining("localhost");
            });
  }

  @Test
  void garbageInsteadOfABodyIsNotTakenForAnAnswer() {
    answer(SYNC, aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK));

    assertThatThrownBy(() -> fetch(forward()))
        .isInstanceOfAny(UnreachableException.class, MalformedResponseException.class);
    assertThat(sink.all).isEmpty();
  }

  @Test
  void anAnswerThatDribblesBeyondItsTimeIsGivenUp() {
    transport = builder().requestTimeout(Duration.ofMillis(300)).build();
    answer(SYNC, ok(page(message("a"), "", "null")).withChunkedDribbleDelay(200, 60_000));

    assertThatThrownBy(() -> fetch(forward()))
        .isInstanceOfSatisfying(UnreachableException.class, e -> assertThat(e.timedOut()).isTrue())
        .hasMessageContaining("300 ms");
  }

  @Test
  void anAnswerThatPausesTooLongIsGivenUp() {
    transport = builder().stallTimeout(Duration.ofMillis(50)).build();
    answer(SYNC, ok(page(message("a"), "", "null")).withChunkedDribbleDelay(200, 60_000));

    assertThatThrownBy(() -> fetch(forward()))
        .isInstanceOfSatisfying(UnreachableException.class, e -> assertThat(e.timedOut()).isTrue())
        .hasMessageContaining("nothing more for 50 ms");
  }

  @ParameterizedTest
  @ValueSource(strings = {"identity", "gzip"})
  void aRefusalWhoseWordsDoNotComeIsOneAllTheSame(String encoding) {
    transport = builder().stallTimeout(Duration.ofMillis(50)).build();
    answer(
        SYNC,
        aResponse()
            .withStatus(401)
            .withHeader("Content-Encoding", encoding)
            .withBody("x".repeat(100))
            .withChunkedDribbleDelay(100, 60_000));

    assertThatThrownBy(() -> fetch(forward())).isInstanceOf(NotAuthorizedException.class);
  }

  @Test
  void anAnswerThatDoesNotBeginIsGivenUp() {
    transport = builder().requestTimeout(Duration.ofMillis(50)).build();
    answer(SYNC, ok(EMPTY_PAGE).withFixedDelay(60_000));

    assertThatThrownBy(() -> fetch(forward()))
        .isInstanceOfSatisfying(UnreachableException.class, e -> assertThat(e.timedOut()).isTrue());
  }

  @Test
  void aBodyShorterThanAnnouncedIsUnreachableAndNotAnAnswer() throws IOException {
    String body = page(message("a") + "," + message("b"), "", "null");
    String head = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n";
    try (Raw raw = new Raw(head + body.substring(0, body.length() / 2))) {
      transport = raw.transport(this);
      // Java's client may see the connection's end before it has handed on what came before it.
      assertThatThrownBy(() -> fetch(forward()))
          .isInstanceOf(UnreachableException.class)
          .message()
          .containsAnyOf("broke while the answer was arriving", "before its answer was complete");
    }
  }

  @Test
  void aPortWhereNobodyListensIsNamedInPlainWords() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    transport =
        HttpTransport.builder(URI.create("http://localhost:" + port))
            .credentials(new Credentials(USER, TOKEN))
            .build();
    assertThatThrownBy(() -> fetch(forward()))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("localhost:" + port)
        .hasMessageContaining("refused");
  }

  @Test
  void aNameThatDoesNotResolveIsNamedInPlainWords() {
    transport =
        HttpTransport.builder(URI.create("https://strandline.invalid"))
            .credentials(new Credentials(USER, TOKEN))
            .build();
    assertThatThrownBy(() -> fetch(forward()))
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining("strandline.invalid")
        .hasMessageContaining("does not resolve");
  }

  @Test
  void aServerThatSpeaksNoTlsIsNamedInPlainWords() throws IOException {
    try (Raw raw = new Raw("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")) {
      transport =
          HttpTransport.builder(URI.create("https://localhost:" + raw.port()))
              .credentials(new Credentials(USER, TOKEN))
              .build();
      assertThatThrownBy(() -> fetch(forward()))
          .isInstanceOf(UnreachableException.class)
          .hasMessageContaining("TLS");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503, 504})
  void anErrorPageOfSomethingInBetweenIsRetriedLater(int status) {
    String filler = "<p>proxy</p>".repeat(10_000);
    answer(
        SYNC,
        aResponse().withStatus(status).withBody("<html>\u0007Bad\n\nGateway " + TOKEN + filler));

    assertThatThrownBy(() -> fetch(forward()))
        .isInstanceOfSatisfying(
            ServerErrorException.class,
            e -> {
              assertThat(e.status()).isEqualTo(status);
              assertThat(e.errorType()).isEmpty();
              assertThat(e.recovery()).isEqualTo(Recovery.RETRY);
              assertThat(e).hasMessageContaining("<html>Bad Gateway [withheld]");
              assertThat(e.getMessage()).hasSizeLessThan(400);
            });
  }

  @Test
  void otherRefusalsCarryTheServersCodeAndWords() {
    answer(
        SYNC,
        ok("{\"success\":false,\"error\":\"Cursor not found [error-cursor-not-found]\","
                + "\"errorType\":\"error-cursor-not-found\"}")
            .withStatus(400));
    assertThatThrownBy(() -> fetch(forward()))
        .isInstanceOfSatisfying(
            ServerErrorException.class,
            e -> {
              assertThat(e.errorType()).isEqualTo("error-cursor-not-found");
              assertThat(e.recovery()).isEqualTo(Recovery.SKIP_SCOPE);
            })
        .hasMessageContaining("Cursor not found");
    answer(SYNC, aResponse().withStatus(404).withBody("404 Not Found"));
    assertThatThrownBy(() -> fetch(forward()))
        .isInstanceOf(ServerErrorException.class)
        .hasMessageContaining("root of a Rocket.Chat server");
    answer(SYNC, aResponse().withStatus(204));
    assertThatThrownBy(() -> fetch(forward())).isInstanceOf(StrandlineException.class);
  }

  @Test
  void anAnswerOfFiftyThousandMessagesIsReadOneByOne() {
    StringBuilder entries = new StringBuilder();
    for (int i = 0; i < 50_000; i++) {
      entries.append(i == 0 ? "" : ",").append(message("m" + i));
    }
    answer(SYNC, ok(page(entries.toString(), "", "null")));
    int[] count = {0};
    var counting =
        new CollectingSink() {
          @Override
          public void upsert(Message message) {
            assertThat(message.id().value()).isEqualTo("m" + count[0]);
            count[0]++;
          }
        };
    transport.fetch(forward(), counting, call);

    assertThat(count[0]).isEqualTo(50_000);
  }

  @Test
  void compressedAnswersAreRead() throws IOException {
    String body = page(message("🌊"), "", "null");
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(body.getBytes(StandardCharsets.UTF_8));
    }
    answer(
        SYNC,
        aResponse()
            .withHeader("Content-Encoding", "gzip")
            .withHeader("Content-Type", "application/json")
            .withBody(compressed.toByteArray()));

    assertThat(fetch(forward()).bytes()).isEqualTo(body.getBytes(StandardCharsets.UTF_8).length);
    assertThat(sink.messages.get(0).json()).isEqualTo(message("🌊"));
  }

  @Test
  void aCancelledRunIsLeftWhileTheServerKeepsItWaiting() {
    answer(SYNC, ok(EMPTY_PAGE).withFixedDelay(60_000));
    RecordingCall cancelledOnceSent =
        new RecordingCall(clock) {
          @Override
          public void requestSent(String route) {
            cancelled = true;
          }
        };

    assertThatThrownBy(() -> transport.fetch(forward(), sink, cancelledOnceSent))
        .isInstanceOf(SyncCancelledException.class);
  }

  @Test
  void aCancelledRunIsLeftBetweenTwoMessages() {
    answer(SYNC, ok(page(message("a") + "," + message("b"), "", "null")));
    CollectingSink cancelling =
        new CollectingSink() {
          @Override
          public void upsert(Message message) {
            super.upsert(message);
            call.cancelled = true;
          }
        };

    assertThatThrownBy(() -> transport.fetch(forward(), cancelling, call))
        .isInstanceOf(SyncCancelledException.class);
    assertThat(cancelling.messages).hasSize(1);
  }

  @Test
  void anInterruptEndsACallAndStaysSet() {
    answer(SYNC, ok(EMPTY_PAGE));
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> fetch(forward())).isInstanceOf(SyncCancelledException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void closingEndsTheCallsOfOtherThreads() throws InterruptedException {
    assertEndsACallUnderWay(transport::close);
    transport.close();
  }

  @Test
  void closingWhatIsSharedEndsTheCallsOfItsTransports() throws InterruptedException {
    SharedHttp shared = SharedHttp.create();
    transport = builder().shared(shared).build();

    assertEndsACallUnderWay(shared::close);
    shared.close();
  }

  private void assertEndsACallUnderWay(Runnable close) throws InterruptedException {
    answer(SYNC, ok(EMPTY_PAGE).withFixedDelay(60_000));
    CountDownLatch asked = new CountDownLatch(1);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    RecordingCall telling =
        new RecordingCall(clock) {
          @Override
          public void requestSent(String route) {
            asked.countDown();
          }
        };
    Thread other =
        new Thread(
            () -> {
              try {
                transport.fetch(forward(), sink, telling);
              } catch (StrandlineException e) {
                failure.set(e);
              }
            });
    other.start();
    asked.await();
    close.run();
    other.join();

    assertThat(failure.get()).isInstanceOf(SyncCancelledException.class);
    assertThatThrownBy(() -> fetch(forward())).isInstanceOf(IllegalStateException.class);
  }

  /** A server that sends the same bytes to whoever connects, and hangs up. */
  private static final class Raw implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0);

    Raw(String answer) throws IOException {
      Thread thread =
          new Thread(
              () -> {
                while (!socket.isClosed()) {
                  try (Socket client = socket.accept()) {
                    byte[] request = new byte[64 * 1024];
                    var unused = client.getInputStream().read(request);
                    client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
                  } catch (IOException e) {
                    // The client left, or the test is over.
                  }
                }
              });
      thread.setDaemon(true);
      thread.start();
    }

    int port() {
      return socket.getLocalPort();
    }

    HttpTransport transport(WireTest test) {
      return HttpTransport.builder(URI.create("http://127.0.0.1:" + port()))
          .credentials(new Credentials(USER, TOKEN))
          .clock(test.clock)
          .build();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
