package dev.strandline.transport.http.internal;

import dev.strandline.spi.DeviceClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The wire over {@code java.net.http}.
 *
 * <p>That client repeats a GET by itself, unseen from here, where a connection closes before the
 * first byte of an answer: servers drop connections that were idle, and a request that meets such a
 * one has not been acted upon.
 */
public final class HttpClientWire implements Wire {
  private static final int PROXY_AUTHENTICATION = 407;
  private static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (name, value) -> true);

  private final HttpClient client;
  private final Duration requestTimeout;
  private final Duration stallTimeout;
  private final DeviceClock clock;

  /**
   * @param client one that follows no redirects: it would take the credentials along
   * @param clock measures how long answers take; the time-outs are real time
   */
  public HttpClientWire(
      HttpClient client, Duration requestTimeout, Duration stallTimeout, DeviceClock clock) {
    this.client = client;
    this.requestTimeout = requestTimeout;
    this.stallTimeout = stallTimeout;
    this.clock = clock;
  }

  @Override
  public Reply send(Request request, Watch watch) {
    String host = request.uri().getAuthority();
    Patience patience =
        new Patience(watch, host + " (" + request.route() + ")", requestTimeout, stallTimeout);
    Unreachable unreachable =
        new Unreachable(host, Proxies.of(client, request.uri()), request.secrets());
    HttpRequest.Builder builder = HttpRequest.newBuilder(request.uri()).GET();
    if (request.uri().getScheme().equals("http")) {
      // A client that may speak HTTP/2 would ask a plain server to change to it: a server that
      // expects WebSockets, as Rocket.Chat does, takes that for one and never answers.
      builder.version(HttpClient.Version.HTTP_1_1);
    }
    request.headers().forEach(builder::header);
    CompletableFuture<HttpResponse<InputStream>> answer;
    AtomicBoolean begun = new AtomicBoolean();
    long sent = clock.nanoTime();
    try {
      answer =
          client.sendAsync(
              builder.build(),
              head -> {
                begun.set(true);
                return new ArrivingBody(patience, unreachable);
              });
    } catch (RejectedExecutionException e) {
      // Closed between the last look and this: the client's workers are gone.
      watch.check();
      throw unreachable.before(e);
    }
    try {
      HttpResponse<InputStream> response =
          patience.first(nanos -> poll(answer, begun, unreachable, nanos));
      InputStream body = response.body();
      // Without a body it is the answer of a proxy that was asked for a way to the server; and who
      // asks for the credentials of a proxy is always one.
      if (body == null || response.statusCode() == PROXY_AUTHENTICATION) {
        abandon(answer);
        throw unreachable.refusedByProxy(response.statusCode());
      }
      return new Reply(response.statusCode(), response.headers(), body, since(sent));
    } catch (UnspokenRefusal e) {
      return new Reply(401, NO_HEADERS, InputStream.nullInputStream(), since(sent));
    } catch (RuntimeException e) {
      abandon(answer);
      // Whatever breaks because the transport was closed is a cancellation.
      watch.check();
      throw e;
    }
  }

  private static @Nullable HttpResponse<InputStream> poll(
      CompletableFuture<HttpResponse<InputStream>> answer,
      AtomicBoolean begun,
      Unreachable unreachable,
      long nanos)
      throws InterruptedException {
    try {
      return answer.get(nanos, TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (UnspokenRefusal.is(cause)) {
        throw new UnspokenRefusal(cause);
      }
      throw begun.get() ? unreachable.midway(cause) : unreachable.before(cause);
    }
  }

  private Duration since(long sent) {
    return Duration.ofNanos(clock.nanoTime() - sent);
  }

  /**
   * A 401 that a client with an {@link java.net.Authenticator}, as proxies need one, turns into an
   * exception, since it names no scheme to log in by: Rocket.Chat's never does.
   */
  private static final class UnspokenRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String TEXT = "WWW-Authenticate header missing for response code 401";

    UnspokenRefusal(Throwable cause) {
      super(cause);
    }

    static boolean is(Throwable problem) {
      return problem instanceof IOException && TEXT.equals(problem.getMessage());
    }
  }

  /** Cancels a request; an answer that comes all the same is not left holding its connection. */
  private static void abandon(CompletableFuture<HttpResponse<InputStream>> answer) {
    var unused =
        answer.whenComplete(
            (response, problem) -> {
              // The JDK says of no body what it says of none at all: null.
              InputStream body = response == null ? null : response.body();
              if (body != null) {
                try {
                  body.close();
                } catch (IOException e) {
                  // It was given up anyway.
                }
              }
            });
    answer.cancel(true);
  }
}
