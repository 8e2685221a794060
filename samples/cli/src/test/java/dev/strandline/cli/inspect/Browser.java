package dev.strandline.cli.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A headless Chromium with one page, driven over its DevTools protocol. Notes every exception,
 * console error, dialog and refused resource of the page.
 */
final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long PATIENCE_SECONDS = 60;

  private final Process process;
  private final HttpClient client;
  private final WebSocket socket;
  private final AtomicInteger numbers = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private @Nullable String session;

  private Browser(Process process, URI endpoint) {
    this.process = process;
    client = HttpClient.newHttpClient();
    socket = client.newWebSocketBuilder().buildAsync(endpoint, new Ear()).join();
  }

  /** The program, where one is installed: {@code STRANDLINE_CHROMIUM}, or one on the path. */
  static Optional<Path> installed() {
    String named = System.getenv("STRANDLINE_CHROMIUM");
    if (named != null) {
      return Optional.of(Path.of(named));
    }
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .flatMap(
            folder ->
                Stream.of("chromium", "chromium-browser", "google-chrome", "chrome")
                    .map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Starts it with a profile of its own and one empty page. */
  static Browser start(Path program, Path profile) throws IOException {
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--headless=new",
                "--remote-debugging-port=0",
                "--no-sandbox", // refuses to start as root otherwise
                "--no-first-run",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--disable-component-update",
                "--force-color-profile=srgb",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectErrorStream(true)
            .start();
    Browser browser = null;
    try {
      browser = new Browser(process, endpoint(process));
      browser.attach();
      return browser;
    } finally {
      if (browser == null) {
        process.destroyForcibly();
      }
    }
  }

  private static URI endpoint(Process process) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String marker = "DevTools listening on ";
    List<String> said = new ArrayList<>();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      said.add(line);
      if (line.startsWith(marker)) {
        Thread drain = new Thread(() -> out.lines().forEach(ignored -> {}), "chromium-output");
        drain.setDaemon(true);
        drain.start();
        return URI.create(line.substring(marker.length()));
      }
    }
    throw new IOException("The browser did not start: " + said);
  }

  private void attach() {
    JsonNode page = send("Target.createTarget", JSON.createObjectNode().put("url", "about:blank"));
    session =
        send(
                "Target.attachToTarget",
                JSON.createObjectNode()
                    .put("targetId", page.path("targetId").asText())
                    .put("flatten", true))
            .path("sessionId")
            .asText();
    for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
      send(domain + ".enable", JSON.createObjectNode());
    }
  }

  /** Opens an address; {@link #until} waits for what it shows. */
  void open(String address) {
    send("Page.navigate", JSON.createObjectNode().put("url", address));
  }

  void size(int width, int height, boolean dark) {
    send(
        "Emulation.setDeviceMetricsOverride",
        JSON.createObjectNode()
            .put("width", width)
            .put("height", height)
            .put("deviceScaleFactor", 1)
            .put("mobile", false));
    ObjectNode media = JSON.createObjectNode();
    media
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", dark ? "dark" : "light");
    send("Emulation.setEmulatedMedia", media);
  }

  /** What an expression is worth; a promise is waited for. */
  JsonNode evaluate(String expression) {
    JsonNode result =
        send(
            "Runtime.evaluate",
            JSON.createObjectNode()
                .put("expression", expression)
                .put("awaitPromise", true)
                .put("returnByValue", true));
    if (result.has("exceptionDetails")) {
      throw new AssertionError(result.path("exceptionDetails").toString());
    }
    return result.path("result").path("value");
  }

  /**
   * Waits until a condition of the page holds, looking at every change of its nodes.
   *
   * @param condition a JavaScript expression
   */
  void until(String condition) {
    evaluateWhereverThePageIs(
        """
        new Promise((resolve, reject) => {
          const check = () => { try { return %1$s; } catch (error) { return false; } };
          if (check()) { resolve(true); return; }
          const observer = new MutationObserver(() => {
            if (check()) { observer.disconnect(); resolve(true); }
          });
          observer.observe(document,
            { subtree: true, childList: true, attributes: true, characterData: true });
          setTimeout(() => reject(new Error('not so: ' + %2$s + '\\n' + document.body?.innerText)), 30000);
        })
        """
            .formatted(condition, quoted(condition)));
  }

  /** A navigation under way takes the promise with it: then it is asked of the new page. */
  private void evaluateWhereverThePageIs(String expression) {
    for (int attempt = 0; ; attempt++) {
      try {
        evaluate(expression);
        return;
      } catch (Gone e) {
        if (attempt == 5) {
          throw e;
        }
      }
    }
  }

  void press(String key) {
    for (String type : List.of("keyDown", "keyUp")) {
      ObjectNode event = JSON.createObjectNode().put("type", type).put("key", key);
      if (key.length() == 1) {
        event.put("text", type.equals("keyDown") ? key : "");
      } else if (key.equals("Enter")) {
        event.put("text", type.equals("keyDown") ? "\r" : "").put("windowsVirtualKeyCode", 13);
      } else if (key.equals("Escape")) {
        event.put("windowsVirtualKeyCode", 27);
      }
      send("Input.dispatchKeyEvent", event);
    }
  }

  /** The page as an image, as far as it is seen. */
  byte[] screenshot() {
    return Base64.getDecoder()
        .decode(
            send("Page.captureScreenshot", JSON.createObjectNode().put("format", "png"))
                .path("data")
                .asText());
  }

  /** Exceptions, console errors, dialogs and refusals so far. */
  List<String> complaints() {
    return complaints;
  }

  /** Every address that was asked for so far. */
  List<String> requests() {
    return requests;
  }

  static String quoted(String text) {
    return JSON.getNodeFactory().textNode(text).toString();
  }

  /** The page that was asked has gone. */
  private static final class Gone extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Gone(String message) {
      super(message);
    }
  }

  JsonNode send(String method, ObjectNode parameters) {
    int number = numbers.incrementAndGet();
    ObjectNode message = JSON.createObjectNode().put("id", number).put("method", method);
    message.set("params", parameters);
    if (session != null) {
      message.put("sessionId", session);
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(number, answer);
    socket.sendText(message.toString(), true).join();
    JsonNode given = answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    if (given.has("error")) {
      String error = given.path("error").path("message").asText();
      if (error.contains("context") || error.contains("navigated")) {
        throw new Gone(error);
      }
      throw new AssertionError(method + ": " + error);
    }
    return given.path("result");
  }

  private final class Ear implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        String whole = text.toString();
        text.setLength(0);
        try {
          heard(JSON.readTree(whole));
        } catch (IOException e) {
          complaints.add("unreadable: " + e);
        }
      }
      from.request(1);
      return CompletableFuture.completedStage(null);
    }

    private void heard(JsonNode message) {
      JsonNode parameters = message.path("params");
      switch (message.path("method").asText()) {
        case "Runtime.exceptionThrown" -> complaints.add(parameters.toString());
        case "Runtime.consoleAPICalled" -> complaints.add("console: " + parameters.path("args"));
        case "Page.javascriptDialogOpening" -> complaints.add("dialog: " + parameters);
        case "Log.entryAdded" -> complaints.add("log: " + parameters.path("entry").path("text"));
        case "Network.requestWillBeSent" ->
            requests.add(parameters.path("request").path("url").asText());
        default -> {
          CompletableFuture<JsonNode> answer = waiting.remove(message.path("id").asInt());
          if (answer != null) {
            answer.complete(message);
          }
        }
      }
    }
  }

  @Override
  public void close() {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    // The profile is deleted next, and its writers must be gone.
    process.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
  }
}
