package dev.strandline.samples.backend;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.strandline.error.StoreException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The HTTP side: finds out who asks for what, answers, and turns what goes wrong into JSON. */
final class HttpFace implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(HttpFace.class.getName());
  private static final int IDLE_SECONDS = 10;

  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final Map<String, Tenant> tenants;
  private final Handling handling;
  private final Metrics metrics;

  /** One permit is taken for each request while it is answered. */
  private final Semaphore answering = new Semaphore(Integer.MAX_VALUE);

  /** What is not about a page of the copy. */
  interface Handling {
    /** An account's app has asked for something. */
    void used(Tenant tenant);

    /** {@code POST sync}. */
    ObjectNode syncNow(Tenant tenant);

    /** {@code GET status}. */
    ObjectNode status(Tenant tenant);

    /** {@code GET changes}: takes the exchange over. */
    void listen(Tenant tenant, Asked asked);

    /** {@code GET /health/live}. */
    Health live();

    /** {@code GET /health/ready}. */
    Health ready();

    /** {@code GET /metrics}. */
    String metrics();
  }

  /**
   * How the service is.
   *
   * @param why what is wrong; empty where nothing is
   */
  record Health(String why) {}

  HttpFace(
      InetSocketAddress address,
      int mostThreads,
      Map<String, Tenant> tenants,
      Handling handling,
      Metrics metrics)
      throws IOException {
    this.tenants = tenants;
    this.handling = handling;
    this.metrics = metrics;
    server = HttpServer.create(address, 0);
    threads =
        new ThreadPoolExecutor(
            mostThreads,
            mostThreads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> new Thread(work, "backend-http"));
    threads.allowCoreThreadTimeOut(true);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  void start() {
    server.start();
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  private void handle(HttpExchange exchange) throws IOException {
    answering.acquireUninterruptibly();
    try {
      answer(new Asked(exchange));
    } catch (Refusal e) {
      refuse(exchange, e);
    } catch (StoreException e) {
      LOG.log(Level.WARNING, "{0}: {1}", exchange.getRequestURI().getPath(), e.getMessage());
      refuse(
          exchange,
          new Refusal(
              503,
              e.kind(),
              "The account's database cannot be used.",
              "Try again; where that does not help, the service's log says what to do."));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a bug met " + exchange.getRequestURI().getPath(), e);
      refuse(
          exchange,
          new Refusal(500, "bug", "Something here is broken.", "Report it, with the time."));
    } finally {
      answering.release();
    }
  }

  private void answer(Asked asked) throws IOException {
    List<String> path = asked.path();
    switch (String.join("/", path)) {
      case "health/live" -> health(asked, handling.live());
      case "health/ready" -> health(asked, handling.ready());
      case "metrics" -> {
        require(asked, "GET");
        send(
            asked.exchange(),
            200,
            "text/plain; version=0.0.4; charset=utf-8",
            handling.metrics().getBytes(StandardCharsets.UTF_8));
      }
      default -> {
        if (path.size() < 3 || !path.get(0).equals("accounts")) {
          throw nothingThere();
        }
        Tenant tenant = authorised(asked, path.get(1));
        handling.used(tenant);
        account(tenant, asked, path.subList(2, path.size()));
      }
    }
  }

  private void account(Tenant tenant, Asked asked, List<String> path) throws IOException {
    String id = path.size() > 1 ? path.get(1) : "";
    String what =
        path.get(0) + (path.size() > 1 ? "/ID" : "") + (path.size() > 2 ? "/" + path.get(2) : "");
    if (path.size() > 3) {
      throw nothingThere();
    }
    switch (what) {
      case "sync" -> {
        require(asked, "POST");
        asked.allowOnly(Set.of());
        send(asked.exchange(), 202, handling.syncNow(tenant));
      }
      case "changes" -> {
        get(asked).allowOnly(Set.of());
        handling.listen(tenant, asked);
        metrics.answered(200);
      }
      default -> send(asked.exchange(), 200, page(what, tenant, get(asked), id));
    }
  }

  private ObjectNode page(String what, Tenant tenant, Asked asked, String id) {
    return switch (what) {
      case "rooms" -> Api.rooms(tenant, asked);
      case "rooms/ID" -> Api.room(tenant, asked, id);
      case "rooms/ID/messages" -> Api.messages(tenant, asked, id);
      case "rooms/ID/threads" -> Api.threads(tenant, asked, id);
      case "threads/ID/messages" -> Api.replies(tenant, asked, id);
      case "messages/ID" -> Api.message(tenant, asked, id);
      case "search" -> Api.search(tenant, asked);
      case "status" -> handling.status(tenant);
      default -> throw nothingThere();
    };
  }

  private static Asked get(Asked asked) {
    require(asked, "GET");
    return asked;
  }

  private static void require(Asked asked, String method) {
    if (!asked.method().equals(method)) {
      asked.exchange().getResponseHeaders().set("Allow", method);
      throw new Refusal(
          405,
          "wrong-method",
          "This URL is not for " + asked.method() + ".",
          "Use " + method + ".");
    }
  }

  private static Refusal nothingThere() {
    return new Refusal(
        404,
        "unknown-url",
        "There is nothing at this URL.",
        "Begin with /accounts/NAME/rooms; the README lists the others.");
  }

  /** An unknown account is refused as a wrong token is, so that names cannot be found out. */
  private Tenant authorised(Asked asked, String name) {
    Tenant tenant = tenants.get(name);
    String header = asked.header("Authorization");
    String offered =
        header != null && header.regionMatches(true, 0, "Bearer ", 0, 7) ? header.substring(7) : "";
    Account.Token expected = tenant == null ? Account.Token.NOBODYS : tenant.account().token();
    if (!expected.matches(offered.strip()) || tenant == null) {
      asked.exchange().getResponseHeaders().set("WWW-Authenticate", "Bearer");
      throw new Refusal(
          401,
          "not-authorised",
          "There is no such account, or this is not its token.",
          "Send the header 'Authorization: Bearer TOKEN' with the account's token.");
    }
    return tenant;
  }

  private void health(Asked asked, Health health) throws IOException {
    require(asked, "GET");
    boolean well = health.why().isEmpty();
    send(
        asked.exchange(),
        well ? 200 : 503,
        Json.object().put("ok", well).put("why", well ? null : health.why()));
  }

  private void refuse(HttpExchange exchange, Refusal refusal) throws IOException {
    ObjectNode answer = Json.object();
    answer
        .putObject("error")
        .put("code", refusal.code())
        .put("message", refusal.getMessage())
        .put("next", refusal.advice());
    send(exchange, refusal.status(), answer);
  }

  private void send(HttpExchange exchange, int status, ObjectNode answer) throws IOException {
    send(exchange, status, "application/json; charset=utf-8", Json.bytes(answer));
  }

  private void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    metrics.answered(status);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  /** Lets answers that are under way end, for a second. */
  @Override
  public void close() {
    try {
      boolean unused = answering.tryAcquire(Integer.MAX_VALUE, 1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop(0);
    threads.shutdown();
  }
}
