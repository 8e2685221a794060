package dev.strandline.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A client that does what the API seems to ask for: remember the latest stamp, ask for what is
 * newer, and follow the cursors that the server hands out until there is none. It makes no mistake
 * that the server's documentation would warn of. Here to be measured against.
 */
final class CursorFollower {
  private static final int PAGE = 50;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final String server;
  private final String userId;
  private final String token;
  private final String room;
  private final Map<String, JsonNode> messages = new LinkedHashMap<>();
  private int requests;

  /** One with a perfect copy of the room as it is now. */
  CursorFollower(String server, String userId, String token, String room, Truth now) {
    this.server = server;
    this.userId = userId;
    this.token = token;
    this.room = room;
    now.documents().forEach((id, json) -> messages.put(id, parsed(json)));
  }

  /** Catches up with the server, feed by feed. */
  void catchUp() throws IOException, InterruptedException {
    long latest =
        messages.values().stream()
            .mapToLong(m -> Instant.parse(m.path("_updatedAt").asText()).toEpochMilli())
            .max()
            .orElse(0);
    follow("UPDATED", latest);
    follow("DELETED", latest);
  }

  private void follow(String feed, long from) throws IOException, InterruptedException {
    String cursor = Long.toString(from);
    while (cursor != null) {
      JsonNode result = ask(feed, cursor).path("result");
      for (JsonNode message : result.path("updated")) {
        messages.put(message.path("_id").asText(), message);
      }
      for (JsonNode message : result.path("deleted")) {
        messages.remove(message.path("_id").asText());
      }
      cursor = result.path("cursor").path("next").textValue();
    }
  }

  private JsonNode ask(String feed, String next) throws IOException, InterruptedException {
    requests++;
    String query = "?roomId=" + room + "&type=" + feed + "&next=" + next + "&count=" + PAGE;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + "/api/v1/chat.syncMessages" + query))
            .header("X-User-Id", userId)
            .header("X-Auth-Token", token)
            .build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("The fake server answered " + response.statusCode());
    }
    return JSON.readTree(response.body());
  }

  int requests() {
    return requests;
  }

  /** What it has wrong now. */
  Losses comparedWith(Truth truth) {
    int missing = 0;
    int outdated = 0;
    for (Map.Entry<String, String> message : truth.documents().entrySet()) {
      JsonNode mine = messages.get(message.getKey());
      if (mine == null) {
        missing++;
      } else if (!mine.equals(parsed(message.getValue()))) {
        outdated++;
      }
    }
    int ghosts =
        (int) messages.keySet().stream().filter(id -> !truth.documents().containsKey(id)).count();
    return new Losses(missing, outdated, ghosts);
  }

  private static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new IllegalStateException("The fake server lists a message that is no JSON", e);
    }
  }

  /**
   * What a copy has wrong.
   *
   * @param missing messages of the server's that it does not have
   * @param outdated messages that it has in an old version
   * @param ghosts messages that it has and the server deleted
   */
  record Losses(int missing, int outdated, int ghosts) {}
}
