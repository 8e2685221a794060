package dev.strandline.samples.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.strandline.testkit.server.FakeUser;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who listens hears of every change, or that it has missed some. */
@Timeout(120)
final class ChangesTest {
  @TempDir Path folder;

  private Harbour harbour;
  private FakeUser ada;
  private String room;

  @BeforeEach
  void build() {
    harbour = new Harbour(folder);
    ada = harbour.person("ada");
    room = harbour.room("quay", ada);
    harbour.workspace.messages().post(room, ada, "the first");
  }

  @AfterEach
  void close() {
    harbour.close();
  }

  private String post(String text) {
    return harbour.workspace.messages().post(room, ada, text);
  }

  @Test
  void aChangeIsHeardOfAndCanBeReadAtOnce() {
    try (Backend backend = harbour.start()) {
      App app = new App(backend.url(), "ada");
      app.awaitFirstRun();
      try (App.Stream stream = app.listen(null)) {
        assertThat(stream.next().json().get("resumed").asBoolean()).isFalse();
        String id = post("news");
        app.ask("POST", "sync");
        App.Event event = stream.next("change");
        assertThat(event.json().get("room").asText()).isEqualTo(room);
        assertThat(event.json().get("added")).extracting(JsonNode::asText).containsExactly(id);
        assertThat(app.get("messages/" + id).at("/message/text").asText()).isEqualTo("news");
        assertThat(stream.next("sync").json().get("outcome").asText()).isEqualTo("complete");

        harbour.workspace.messages().edit(id, ada, "better news");
        app.ask("POST", "sync");
        assertThat(stream.next("change").json().get("changed"))
            .extracting(JsonNode::asText)
            .containsExactly(id);
        harbour.workspace.removals().delete(id, ada);
        app.ask("POST", "sync");
        assertThat(stream.next("change").json().get("removed"))
            .extracting(JsonNode::asText)
            .containsExactly(id);
      }
    }
  }

  @Test
  void whoComesBackHearsWhatItHasMissedAndNothingTwice() {
    try (Backend backend = harbour.start()) {
      App app = new App(backend.url(), "ada");
      app.awaitFirstRun();
      String seen;
      try (App.Stream stream = app.listen(null)) {
        seen = stream.next("ready").id();
      }
      String first = post("missed");
      app.sync();
      String second = post("missed too");
      app.sync();
      try (App.Stream stream = app.listen(seen)) {
        App.Event one = stream.next("change");
        assertThat(one.json().at("/added/0").asText()).isEqualTo(first);
        seen = one.id();
      }
      try (App.Stream stream = app.listen(seen)) {
        assertThat(stream.next("change").json().at("/added/0").asText()).isEqualTo(second);
        assertThat(stream.next("ready").json().get("resumed").asBoolean()).isTrue();
      }
    }
  }

  @Test
  void whoHasMissedTooMuchIsToldToReadAgain() {
    String seen;
    try (Backend backend = harbour.start()) {
      App app = new App(backend.url(), "ada");
      app.awaitFirstRun();
      try (App.Stream stream = app.listen(null)) {
        seen = stream.next("ready").id();
      }
    }
    post("while nobody was there");
    try (Backend backend = harbour.start()) {
      App app = new App(backend.url(), "ada");
      app.awaitFirstRun();
      for (String unknown : new String[] {seen, "", "nonsense", seen + "0"}) {
        try (App.Stream stream = app.listen(unknown)) {
          App.Event event = stream.next();
          assertThat(event.type()).isEqualTo("reload");
          assertThat(event.json().get("room").isNull()).isTrue();
        }
      }
    }
  }

  @Test
  void manyChangesAtOnceAreOneReloadOfTheirRoom() {
    try (Backend backend = harbour.start()) {
      App app = new App(backend.url(), "ada");
      app.awaitFirstRun();
      try (App.Stream stream = app.listen(null)) {
        stream.next("ready");
        for (int i = 0; i < 150; i++) {
          post("message " + i);
        }
        app.ask("POST", "sync");
        App.Event event = stream.next("reload");
        assertThat(event.json().get("room").asText()).isEqualTo(room);
        assertThat(event.json().get("reason").asText()).isEqualTo("many-changes");
      }
    }
  }

  @Test
  void anAccountHearsOfItsOwnChangesOnly() {
    FakeUser bob = harbour.person("bob");
    String his = harbour.room("his", bob);
    try (Backend backend = harbour.start()) {
      App app = new App(backend.url(), "ada");
      App other = new App(backend.url(), "bob");
      app.awaitFirstRun();
      other.awaitFirstRun();
      try (App.Stream stream = app.listen(null)) {
        stream.next("ready");
        harbour.workspace.messages().post(his, bob, "to myself");
        other.sync();
        String mine = post("to all");
        app.ask("POST", "sync");
        assertThat(stream.next().json().at("/added/0").asText()).isEqualTo(mine);
      }
    }
  }

  @Test
  void thereAreNoMoreListenersThanAllowed() {
    try (Backend backend = harbour.start("--listeners", "2")) {
      App app = new App(backend.url(), "ada");
      App.Stream first = app.listen(null);
      try (App.Stream second = app.listen(null)) {
        first.next("ready");
        second.next("ready");
        App.Answer refused = app.ask("GET", "changes");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.code()).isEqualTo("too-many-listeners");
        assertThat(app.get("rooms").get("rooms")).isNotNull();
      } finally {
        first.close();
      }
    }
  }

  @Test
  void theEndOfTheServiceEndsTheStreams() {
    App.Stream stream;
    try (Backend backend = harbour.start()) {
      stream = new App(backend.url(), "ada").listen(null);
      stream.next("ready");
    }
    App.Event event = stream.next();
    while (event != null) {
      event = stream.next();
    }
  }
}
