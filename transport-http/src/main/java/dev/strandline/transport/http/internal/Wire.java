package dev.strandline.transport.http.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Map;

/** The one place where requests leave and bytes come back. */
public interface Wire {

  /**
   * Sends one GET request and waits for the answer's headers.
   *
   * @throws dev.strandline.error.UnreachableException where no answer comes
   * @throws dev.strandline.error.SyncCancelledException where {@code watch} says so
   */
  Reply send(Request request, Watch watch);

  /** A request. A class and not a record, since a record would print its headers. */
  final class Request {
    private final String route;
    private final URI uri;
    private final Map<String, String> headers;
    private final Secrets secrets;

    Request(String route, URI uri, Map<String, String> headers, Secrets secrets) {
      this.route = route;
      this.uri = uri;
      this.headers = Map.copyOf(headers);
      this.secrets = secrets;
    }

    String route() {
      return route;
    }

    URI uri() {
      return uri;
    }

    Map<String, String> headers() {
      return headers;
    }

    /** What the headers hold that no message may show. */
    Secrets secrets() {
      return secrets;
    }

    @Override
    public String toString() {
      return "GET " + route;
    }
  }

  /**
   * An answer whose body is still arriving.
   *
   * @param body as it came, compressed or not; throws {@code UnreachableException} where it breaks
   *     off. Closing it before its end gives the connection up.
   * @param elapsed from sending the request to receiving the answer's headers
   */
  record Reply(int status, HttpHeaders headers, InputStream body, Duration elapsed)
      implements AutoCloseable {
    @Override
    public void close() {
      try {
        body.close();
      } catch (IOException e) {
        // Nothing is written, so closing loses nothing.
      }
    }
  }
}
