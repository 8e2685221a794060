package dev.strandline.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.strandline.LocalCopy;
import dev.strandline.model.Message;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A room as the fake server itself has it, read past the API: every live message's JSON as the
 * caller would see it.
 *
 * @param documents JSON by message id, oldest first
 */
record Truth(Map<String, String> documents) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Truth of(String server, String room, String userId)
      throws IOException, InterruptedException {
    URI listing = URI.create(server + "/_fake/rooms/" + room + "/messages?user=" + userId);
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(listing).build(), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException("The fake server answered " + response.statusCode());
    }
    Map<String, String> documents = new LinkedHashMap<>();
    for (String line : (Iterable<String>) response.body().lines()::iterator) {
      JsonNode document = JSON.readTree(line);
      documents.put(document.path("_id").asText(), line);
    }
    return new Truth(documents);
  }

  /** How many messages differ from the local rows in anything: presence, order or a byte. */
  int differencesFrom(LocalCopy local, RoomId room) {
    List<Message> rows = new ArrayList<>();
    local.forEachMessage(Scope.room(room), rows::add);
    List<String> ours = rows.stream().map(Message::json).toList();
    List<String> theirs = List.copyOf(documents.values());
    int differences = Math.abs(ours.size() - theirs.size());
    for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
      if (!ours.get(i).equals(theirs.get(i))) {
        differences++;
      }
    }
    return differences;
  }
}
