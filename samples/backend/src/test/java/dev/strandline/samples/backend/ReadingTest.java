package dev.strandline.samples.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.strandline.testkit.server.FakeUser;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an app reads is what Rocket.Chat shows its account, and it says what it is worth. */
@Timeout(120)
final class ReadingTest {
  @TempDir Path folder;

  private Harbour harbour;
  private FakeUser ada;
  private FakeUser bob;
  private String room;

  @BeforeEach
  void build() {
    harbour = new Harbour(folder);
    ada = harbour.person("ada");
    bob = harbour.person("bob");
    room = harbour.room("quay", ada, bob);
  }

  @AfterEach
  void close() {
    harbour.close();
  }

  private static List<String> ids(Iterable<JsonNode> messages) {
    return StreamSupport.stream(messages.spliterator(), false)
        .map(message -> message.get("id").asText())
        .toList();
  }

  @Test
  void pagesOfARoomHoldWhatTheServerShowsEachMessageOnce() {
    harbour.workspace.conversation().fill(room, 250);
    try (Backend backend = harbour.start()) {
      App app = new App(backend.url(), "ada");
      app.awaitFirstRun();
      List<JsonNode> all = app.all("rooms/" + room + "/messages", "messages", 17);
      List<String> shown =
          harbour.workspace.visibleMessages(room, ada).stream()
              .map(message -> message.get("_id").asText())
              .toList();
      assertThat(ids(all)).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(shown);
      JsonNode first = app.get("rooms/" + room + "/messages?limit=3");
      assertThat(first.at("/coverage/state").asText()).isEqualTo("complete");
      JsonNode message = first.at("/messages/0");
      assertThat(message.at("/document/_id")).isEqualTo(message.get("id"));
      assertThat(message.at("/document/rid").asText()).isEqualTo(room);
    }
  }

  @Test
  void aPageStaysWhereItWasWhileMessagesCome() {
    for (int i = 0; i < 10; i++) {
      harbour.workspace.messages().post(room, ada, "message " + i);
    }
    try (Backend backend = harbour.start()) {
      App app = new App(backend.url(), "ada");
      app.awaitFirstRun();
      String path = "rooms/" + room + "/messages?limit=5";
      JsonNode first = app.get(path);
      harbour.workspace.messages().post(room, bob, "another");
      assertThat(app.sync().get("outcome").asText()).isEqualTo("complete");
      JsonNode second = app.get(path + "&before=" + first.get("next").asText());
      assertThat(second.findValuesAsText("text")).startsWith("message 4").endsWith("message 0");
      assertThat(second.get("next").isNull()).isTrue();
    }
  }

  @Test
  void roomsThreadsMessagesAndSearchAreThere() {
    String root = harbour.workspace.messages().post(room, ada, "Who saw the Möwe today?");
    String reply = harbour.workspace.messages().reply(root, bob, "Low tide, gulls everywhere");
    String gone = harbour.workspace.messages().post(room, bob, "typo");
    try (Backend backend = harbour.start()) {
      App app = new App(backend.url(), "ada");
      app.awaitFirstRun();
      harbour.workspace.removals().delete(gone, bob);
      app.sync();

      JsonNode rooms = app.get("rooms");
      assertThat(rooms.at("/rooms/0/name").asText()).isEqualTo("quay");
      assertThat(rooms.at("/rooms/0/coverage/state").asText()).isEqualTo("complete");
      assertThat(rooms.at("/rooms/0/messages").asInt()).isEqualTo(2);
      assertThat(rooms.at("/sync/failure").isNull()).isTrue();
      assertThat(rooms.at("/sync/lastCompleteAt").isTextual()).isTrue();
      assertThat(app.get("rooms/" + room).get("id").asText()).isEqualTo(room);

      JsonNode threads = app.get("rooms/" + room + "/threads");
      assertThat(threads.at("/threads/0/root").asText()).isEqualTo(root);
      assertThat(threads.at("/threads/0/message/text").asText()).contains("Möwe");
      JsonNode replies = app.get("threads/" + root + "/messages");
      assertThat(ids(replies.get("messages"))).containsExactly(reply);

      JsonNode deleted = app.get("messages/" + gone);
      assertThat(deleted.get("deleted").asBoolean()).isTrue();
      assertThat(deleted.get("message").isNull()).isTrue();

      JsonNode found = app.get("search?q=mowe");
      assertThat(found.at("/hits/0/message/id").asText()).isEqualTo(root);
      assertThat(found.at("/hits/0/places/0/0").asInt()).isEqualTo(12);
      assertThat(found.at("/coverage/state").asText()).isEqualTo("complete");
      assertThat(app.get("search?q=tide&room=" + room + "&author=bob").get("hits")).hasSize(1);
      assertThat(app.get("search?q=tide&author=ada").get("hits")).isEmpty();
    }
  }

  @Test
  void whatIsFoundIsReadPageByPage() {
    for (int i = 0; i < 23; i++) {
      harbour.workspace.messages().post(room, ada, "tide " + i);
    }
    try (Backend backend = harbour.start()) {
      App app = new App(backend.url(), "ada");
      app.awaitFirstRun();
      List<JsonNode> hits = app.all("search?q=tide", "hits", 7);
      assertThat(hits.stream().map(hit -> hit.at("/message/text").asText()).toList())
          .hasSize(23)
          .doesNotHaveDuplicates()
          .startsWith("tide 22")
          .endsWith("tide 0");
    }
  }

  @Test
  void eachAccountReadsItsOwnCopy() {
    String secret = harbour.room("secret", bob);
    harbour.workspace.messages().post(secret, bob, "not for Ada");
    try (Backend backend = harbour.start()) {
      App hers = new App(backend.url(), "ada");
      App his = new App(backend.url(), "bob");
      hers.awaitFirstRun();
      his.awaitFirstRun();
      assertThat(his.get("rooms/" + secret + "/messages").get("messages")).hasSize(1);
      assertThat(hers.ask("GET", "rooms/" + secret + "/messages").code()).isEqualTo("unknown-room");
      assertThat(hers.get("search?q=Ada").get("hits")).isEmpty();
      assertThat(folder.resolve("data/ada.db")).isNotEmptyFile();
      assertThat(folder.resolve("data/bob.db")).isNotEmptyFile();
    }
  }
}
