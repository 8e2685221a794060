package dev.strandline.samples.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The app of one account, as seen from outside. */
final class App {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI url;
  private final String account;
  private final @Nullable String token;

  App(URI url, String account) {
    this(url, account, Harbour.token(account));
  }

  App(URI url, String account, @Nullable String token) {
    this.url = url;
    this.account = account;
    this.token = token;
  }

  /** An answer. */
  record Answer(int status, JsonNode json, HttpResponse<String> response) {
    String code() {
      return json.at("/error/code").asText();
    }
  }

  /** What is at {@code path}, which has to be there. */
  JsonNode get(String path) {
    Answer answer = ask("GET", path);
    assertThat(answer.status()).as("%s: %s", path, answer.json()).isEqualTo(200);
    return answer.json();
  }

  Answer ask(String method, String path) {
    return send(method, "/accounts/" + account + "/" + path);
  }

  Answer send(String method, String path) {
    try {
      HttpResponse<String> response =
          CLIENT.send(request(method, path).build(), BodyHandlers.ofString());
      String body = response.body();
      JsonNode json = body.startsWith("{") ? JSON.readTree(body) : JSON.createObjectNode();
      return new Answer(response.statusCode(), json, response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest.Builder request(String method, String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  /** Asks for a run and waits for its end. */
  JsonNode sync() {
    try (Stream stream = listen(null)) {
      stream.next("ready");
      assertThat(ask("POST", "sync").status()).isEqualTo(202);
      return stream.next("sync").json();
    }
  }

  /** Waits for the end of the account's first run. */
  void awaitFirstRun() {
    try (Stream stream = listen(null)) {
      stream.next("ready");
      if (get("status").get("runs").asLong() == 0) {
        stream.next("sync");
      }
    }
  }

  /** All messages of a list, newest first, read in pages. */
  List<JsonNode> all(String path, String array, int limit) {
    List<JsonNode> all = new ArrayList<>();
    String begin = path + (path.contains("?") ? "&" : "?") + "limit=" + limit;
    JsonNode page = get(begin);
    while (true) {
      assertThat(page.get(array).size()).isLessThanOrEqualTo(limit);
      page.get(array).forEach(all::add);
      if (page.get("next").isNull()) {
        return all;
      }
      page = get(begin + "&before=" + page.get("next").asText());
    }
  }

  Stream listen(@Nullable String lastEventId) {
    HttpRequest.Builder request = request("GET", "/accounts/" + account + "/changes");
    if (lastEventId != null) {
      request.header("Last-Event-ID", lastEventId);
    }
    try {
      HttpResponse<InputStream> response =
          CLIENT.send(request.build(), BodyHandlers.ofInputStream());
      assertThat(response.statusCode()).isEqualTo(200);
      return new Stream(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One event. */
  record Event(String id, String type, JsonNode json) {}

  /** Events as they come. */
  static final class Stream implements AutoCloseable {
    private final BufferedReader lines;

    Stream(InputStream in) {
      lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /** Waits for the next event; null where the stream has ended. */
    @Nullable Event next() {
      String id = "";
      String type = "";
      try {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith("id: ")) {
            id = line.substring(4);
          } else if (line.startsWith("event: ")) {
            type = line.substring(7);
          } else if (line.startsWith("data: ")) {
            return new Event(id, type, JSON.readTree(line.substring(6)));
          }
        }
        return null;
      } catch (IOException e) {
        return null;
      }
    }

    /** Waits for the next event of a type. */
    Event next(String type) {
      for (Event event = next(); event != null; event = next()) {
        if (event.type().equals(type)) {
          return event;
        }
      }
      throw new AssertionError("the stream ended without an event " + type);
    }

    @Override
    public void close() {
      try {
        lines.close();
      } catch (IOException e) {
        // It has ended anyway.
      }
    }
  }
}
