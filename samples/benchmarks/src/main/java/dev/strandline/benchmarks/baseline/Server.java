package dev.strandline.benchmarks.baseline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/** The two questions that a client without Strandline asks. */
final class Server {
  static final int PAGE = 1000;
  static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI address;

  Server(URI address) {
    this.address = address;
  }

  List<String> rooms() throws IOException, InterruptedException {
    List<String> rooms = new ArrayList<>();
    JsonNode answer = JSON.readTree(ask("/api/v1/subscriptions.get", BodyHandlers.ofString()));
    for (JsonNode subscription : answer.path("update")) {
      rooms.add(subscription.path("rid").asText());
    }
    return rooms;
  }

  /** A page of history: what was last written before {@code before}. */
  <T> T page(String room, long before, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    return ask(
        "/api/v1/chat.syncMessages?roomId="
            + room
            + "&type=UPDATED&previous="
            + before
            + "&count="
            + PAGE,
        handler);
  }

  private <T> T ask(String target, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve(target))
            .header("X-User-Id", "me")
            .header("X-Auth-Token", "token")
            .build();
    return client.send(request, handler).body();
  }
}
