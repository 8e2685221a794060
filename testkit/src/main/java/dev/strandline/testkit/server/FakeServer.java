package dev.strandline.testkit.server;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A fake Rocket.Chat server on a loopback port.
 *
 * <pre>{@code
 * FakeWorkspace workspace = FakeWorkspace.create();
 * FakeUser me = workspace.users().create("ada", "Ada");
 * String room = workspace.rooms().create(FakeRoomType.CHANNEL, "general", me);
 * workspace.messages().post(room, me, "hello");
 * try (FakeServer server = FakeServer.start(workspace)) {
 *   // point the client at server.url(), with me.id() and me.authToken()
 * }
 * }</pre>
 *
 * <p>HTTP/1.1 with keep-alive, gzip where the client takes it. Everything under {@code /_fake/}
 * belongs to the server's driver and not to the API; see {@code docs/fake-server.md}. Thread-safe;
 * a connection costs a thread.
 */
public final class FakeServer implements AutoCloseable {
  private final FakeRocketChat api;
  private final FaultPlan faults = new FaultPlan();
  private final RequestLog log;
  private final HttpListener listener;
  private final ControlEndpoints control;
  private final boolean controlled;
  private final CountDownLatch stopped = new CountDownLatch(1);

  private FakeServer(FakeWorkspace workspace, FakeServerOptions options) {
    api = new FakeRocketChat(workspace, options.form(), options.rateLimit(), options.tieOrder());
    log = new RequestLog(options.recordedRequests());
    control = new ControlEndpoints(api, faults, log, stopped::countDown);
    controlled = options.controlEndpoints();
    listener = new HttpListener(options.port(), this::handle);
  }

  /** Starts a server of form 8.7 without rate limit on a free port. */
  public static FakeServer start(FakeWorkspace workspace) {
    return start(workspace, FakeServerOptions.builder().build());
  }

  /**
   * Starts a server.
   *
   * @throws java.io.UncheckedIOException where the port is taken
   */
  public static FakeServer start(FakeWorkspace workspace, FakeServerOptions options) {
    FakeServer server = new FakeServer(workspace, options);
    server.listener.start();
    return server;
  }

  /** Returns where it listens, without a slash at the end: {@code http://127.0.0.1:40123}. */
  public String url() {
    return "http://" + listener.host() + ":" + listener.port();
  }

  /** Returns the port it listens on. */
  public int port() {
    return listener.port();
  }

  /** Returns the workspace that it serves. */
  public FakeWorkspace workspace() {
    return api.workspace();
  }

  /** Returns the API behind it, for instance to change its rate limit. */
  public FakeRocketChat api() {
    return api;
  }

  /** Returns the faults armed for the calls to come. */
  public FaultPlan faults() {
    return faults;
  }

  /** Returns the latest API requests, oldest first, up to the bound set in the options. */
  public List<SeenRequest> requests() {
    return log.all();
  }

  /**
   * Returns the latest requests to one route, for example {@code chat.syncMessages}, oldest first.
   */
  public List<SeenRequest> requestsTo(String route) {
    return log.all().stream().filter(seen -> seen.route().equals(route)).toList();
  }

  /** Forgets the requests seen so far. */
  public void clearRequests() {
    log.clear();
  }

  /** Waits until somebody asks the server to stop ({@code POST /_fake/stop}) or closes it. */
  public void awaitStop() throws InterruptedException {
    stopped.await();
  }

  private HttpConnection.Reply handle(Request request) {
    if (controlled && request.path().startsWith("/_fake/")) {
      return HttpConnection.Reply.regular(control.handle(request));
    }
    Optional<Fault> fault = faults.take(request.route());
    HttpConnection.Reply reply =
        fault.map(f -> withFault(request, f)).orElseGet(() -> plain(request));
    log.add(
        new SeenRequest(
            request.method(),
            request.route(),
            request.query(),
            reply.response().status(),
            fault.orElse(null)));
    return reply;
  }

  private HttpConnection.Reply plain(Request request) {
    return HttpConnection.Reply.regular(api.handle(request));
  }

  private HttpConnection.Reply withFault(Request request, Fault fault) {
    if (fault instanceof Fault.Reset) {
      return HttpConnection.Reply.none(HttpConnection.End.RESET);
    } else if (fault instanceof Fault.Hang) {
      return HttpConnection.Reply.none(HttpConnection.End.HANG);
    } else if (fault instanceof Fault.Answer answer) {
      return HttpConnection.Reply.regular(answer.response());
    } else if (fault instanceof Fault.Rewrite rewrite) {
      return HttpConnection.Reply.regular(rewrite.change().apply(api.handle(request)));
    } else if (fault instanceof Fault.Cut cut) {
      return new HttpConnection.Reply(api.handle(request), HttpConnection.End.CUT, cut.bytes());
    } else if (fault instanceof Fault.Delay delay && closedWithin(delay.by())) {
      return HttpConnection.Reply.none(HttpConnection.End.RESET);
    }
    return plain(request);
  }

  /** A late answer is late in real time; closing the server ends the wait. */
  private boolean closedWithin(Duration time) {
    try {
      return stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Stops listening and breaks every connection; the workspace stays as it is. */
  @Override
  public void close() {
    stopped.countDown();
    listener.close();
  }
}
