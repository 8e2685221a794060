package dev.strandline.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Asks a server as its page does, or as somebody else would. */
final class Visitor {
  static final ObjectMapper JSON = new ObjectMapper();

  private final InspectServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private String session = "";

  Visitor(InspectServer server) {
    this.server = server;
  }

  /** Uses the link. */
  Visitor withSession() throws Exception {
    HttpResponse<String> answer = begin(token());
    assertThat(answer.statusCode()).isEqualTo(200);
    session = JSON.readTree(answer.body()).path("session").asText();
    return this;
  }

  String token() {
    return server.link().substring(server.link().indexOf("#token=") + "#token=".length());
  }

  HttpResponse<String> begin(String token) throws Exception {
    return client.send(
        HttpRequest.newBuilder(URI.create(server.address() + "api/session"))
            .POST(HttpRequest.BodyPublishers.ofString(token))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** A GET of a path, with the session where there is one, and with more headers. */
  HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(server.address() + path))
            .header("Authorization", "Bearer " + session);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** What the page would be told. */
  JsonNode ask(String name, String... parameters) throws Exception {
    HttpResponse<String> answer = get("api/" + name + query(parameters));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  static String query(String... parameters) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < parameters.length; i += 2) {
      pairs.add(parameters[i] + "=" + URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
    }
    return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
  }

  /** The status line for a request that no well-behaved client can be made to send. */
  String raw(String request) throws IOException {
    URI address = URI.create(server.address());
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return answer.substring(0, answer.indexOf("\r\n"));
    }
  }
}
