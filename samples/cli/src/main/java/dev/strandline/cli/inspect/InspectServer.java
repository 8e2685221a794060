package dev.strandline.cli.inspect;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.strandline.cli.text.JsonObject;
import dev.strandline.error.StoreBusyException;
import dev.strandline.error.StoreException;
import dev.strandline.store.sqlite.SqliteStore;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves the page to look into one store, to this machine only, and only to whoever has the link.
 * Reads the store and writes nothing. Closing it ends the answers under way; the store stays the
 * caller's to close.
 */
public final class InspectServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(InspectServer.class.getName());
  private static final int THREADS = 4;
  private static final int LARGEST_BODY = 1024;

  /**
   * Nothing from elsewhere is loaded or asked, nothing inline is run, nobody frames the page, and
   * no text ever becomes markup: the last line makes the browser refuse to.
   */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'"
          + " data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
          + " require-trusted-types-for 'script'; trusted-types 'none'";

  private final HttpServer server;
  private final ExecutorService threads;
  private final Keys keys = new Keys();
  private final Assets assets = new Assets();
  private final Gate gate;
  private final Api api;

  private InspectServer(HttpServer server, Api api) {
    this.server = server;
    this.api = api;
    gate = new Gate(server.getAddress().getPort(), keys);
    threads =
        Executors.newFixedThreadPool(
            THREADS,
            work -> {
              Thread thread = new Thread(work, "strandline-inspect");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts serving.
   *
   * @param file the store's name, for showing
   * @param port on 127.0.0.1; 0 for a free one
   * @throws IOException where the port is taken
   */
  public static InspectServer start(SqliteStore store, Path file, int port, InstantSource clock)
      throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    HttpServer http = HttpServer.create(new InetSocketAddress(loopback, port), 0);
    InspectServer server = new InspectServer(http, new Api(store, file, clock));
    http.createContext("/", server::handle);
    http.setExecutor(server.threads);
    http.start();
    return server;
  }

  /** The address, without the token. */
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  /**
   * The link to open. The token stands behind the {@code #}, which browsers do not send: it is in
   * no log and no Referer header.
   */
  public String link() {
    return address() + "#token=" + keys.token();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      send(exchange, answer(exchange));
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    try {
      gate.checkAddress(exchange.getRequestHeaders());
      String path = exchange.getRequestURI().getPath();
      return path.startsWith("/api/")
          ? asked(exchange, path.substring("/api/".length()))
          : asset(exchange, path);
    } catch (Refusal e) {
      return Answer.failed(e.status(), e.kind(), String.valueOf(e.getMessage()));
    } catch (StoreException e) {
      int status = e instanceof StoreBusyException ? 503 : 500;
      return Answer.failed(status, e.kind(), String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "A bug of Strandline's", e);
      return Answer.failed(500, "bug", "This is a bug of Strandline's: " + e);
    }
  }

  private Answer asset(HttpExchange exchange, String path) {
    checkMethod(exchange, "GET", "HEAD");
    Answer file = assets.at(path);
    if (file == null) {
      throw Refusal.notFound("There is nothing at " + path + ".");
    }
    return file;
  }

  private Answer asked(HttpExchange exchange, String name) throws IOException {
    Headers headers = exchange.getRequestHeaders();
    gate.checkOrigin(headers);
    if (name.equals("session")) {
      checkMethod(exchange, "POST");
      return session(exchange);
    }
    checkMethod(exchange, "GET");
    gate.checkSession(headers);
    return api.answer(name, new Parameters(exchange.getRequestURI().getRawQuery()));
  }

  /** Begins the session in exchange for the token, which is the body. */
  private Answer session(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY);
    String session =
        keys.exchange(new String(body, StandardCharsets.UTF_8))
            .orElseThrow(
                () ->
                    new Refusal(
                        403,
                        "used-token",
                        "This link has been used, or is an old one. Start strandline inspect again"
                            + " for a new one."));
    return Answer.json(new JsonObject().put("session", session));
  }

  private static void checkMethod(HttpExchange exchange, String... allowed) {
    for (String method : allowed) {
      if (exchange.getRequestMethod().equals(method)) {
        return;
      }
    }
    throw new Refusal(
        405, "wrong-method", "This is only answered to " + String.join(" and ", allowed) + ".");
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", answer.type());
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    headers.set("Cache-Control", "no-store");
    boolean bodiless = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(answer.status(), bodiless ? -1 : length(answer));
    if (!bodiless) {
      try (OutputStream body = exchange.getResponseBody()) {
        body.write(answer.body());
      }
    }
  }

  /** The server takes 0 for "unknown". */
  private static long length(Answer answer) {
    return answer.body().length == 0 ? -1 : answer.body().length;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
