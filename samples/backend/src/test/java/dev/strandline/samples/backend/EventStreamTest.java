package dev.strandline.samples.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An app that does not read does not hold anything up. */
@Timeout(60)
final class EventStreamTest {
  private final ChangeLog log = new ChangeLog();
  private final CountDownLatch stuck = new CountDownLatch(1);
  private volatile boolean closed;

  @Test
  void whoDoesNotReadIsDroppedAndNobodyWaitsForIt() throws Exception {
    EventStream stream = new EventStream(new Unread(), log, "ada", Duration.ofSeconds(15));
    Thread thread = new Thread(() -> stream.run(null));
    thread.start();
    stuck.await();
    // Nobody who makes events is kept.
    for (int i = 0; i < 1_000; i++) {
      log.add("ada", "change", "{}");
    }
    thread.join();
    assertThat(stream.wasDropped()).isTrue();
    assertThat(closed).isTrue();
    assertThat(log.isListening("ada")).isFalse();
  }

  @Test
  void theLogKeepsABoundedNumberOfEventsAndSaysWhatItHasForgotten() {
    for (int i = 0; i < 5_000; i++) {
      log.add(i % 2 == 0 ? "ada" : "bob", "change", "{\"n\":" + i + "}");
    }
    ChangeLog.Listener deaf = event -> {};
    assertThat(log.enter("ada", log.id(900), deaf).missed()).isNull();
    assertThat(log.enter("ada", log.id(4_990), deaf).missed())
        .extracting(ChangeLog.Event::number)
        .containsExactly(4_991L, 4_993L, 4_995L, 4_997L, 4_999L);
    assertThat(log.enter("ada", log.id(5_000), deaf).missed()).isEmpty();
    assertThat(log.enter("ada", log.id(5_001), deaf).missed()).isNull();
  }

  /** A connection of which nobody reads the other end: a write waits until it is interrupted. */
  private final class Unread extends HttpExchange {
    private final Headers headers = new Headers();

    @Override
    public OutputStream getResponseBody() {
      return new OutputStream() {
        @Override
        public void write(int b) throws IOException {
          stuck.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            throw (IOException) new InterruptedIOException("closed by interrupt").initCause(e);
          }
        }
      };
    }

    @Override
    public void close() {
      closed = true;
    }

    @Override
    public Headers getResponseHeaders() {
      return headers;
    }

    @Override
    public void sendResponseHeaders(int status, long length) {}

    @Override
    public Headers getRequestHeaders() {
      throw new UnsupportedOperationException();
    }

    @Override
    public URI getRequestURI() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String getRequestMethod() {
      throw new UnsupportedOperationException();
    }

    @Override
    public HttpContext getHttpContext() {
      throw new UnsupportedOperationException();
    }

    @Override
    public InputStream getRequestBody() {
      throw new UnsupportedOperationException();
    }

    @Override
    public InetSocketAddress getRemoteAddress() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int getResponseCode() {
      throw new UnsupportedOperationException();
    }

    @Override
    public InetSocketAddress getLocalAddress() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String getProtocol() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Object getAttribute(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void setAttribute(String name, Object value) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void setStreams(InputStream in, OutputStream out) {
      throw new UnsupportedOperationException();
    }

    @Override
    public HttpPrincipal getPrincipal() {
      throw new UnsupportedOperationException();
    }
  }
}
