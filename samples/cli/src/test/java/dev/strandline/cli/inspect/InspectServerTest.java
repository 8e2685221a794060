package dev.strandline.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.strandline.model.MessageId;
import dev.strandline.model.Scope;
import dev.strandline.spi.Origin;
import dev.strandline.store.sqlite.SqliteStore;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server tells, to whom, and what it does not. */
class InspectServerTest {
  @TempDir private Path folder;
  private Path file;
  private SqliteStore store;
  private InspectServer server;
  private Visitor page;

  @BeforeEach
  void start() throws Exception {
    file = folder.resolve("chat.db");
    Sample.fill(file);
    store = SqliteStore.openReadOnly(file);
    server =
        InspectServer.start(store, file, 0, InstantSource.fixed(Instant.ofEpochMilli(Sample.NOW)));
    page = new Visitor(server);
  }

  @AfterEach
  void stop() {
    server.close();
    store.close();
  }

  @Test
  void theTokenOfTheLinkBeginsOneSessionAndNoOther() throws Exception {
    assertThat(page.begin("wrong").statusCode()).isEqualTo(403);
    assertThat(page.begin("").statusCode()).isEqualTo(403);
    page.withSession();
    assertThat(page.ask("store").path("file").asText()).isEqualTo("chat.db");
    assertThat(page.begin(page.token()).statusCode()).isEqualTo(403);
    assertThat(page.ask("store").path("file").asText()).isEqualTo("chat.db");
  }

  @Test
  void nothingOfTheDatabaseIsToldWithoutTheSession() throws Exception {
    for (String name : List.of("store", "rooms", "change", "message?id=edited", "nothing")) {
      HttpResponse<String> answer = page.get("api/" + name);
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).contains("no-session").doesNotContain("chat.db");
    }
    page.withSession();
    Visitor another = new Visitor(server);
    assertThat(another.get("api/store").statusCode()).isEqualTo(401);
  }

  @Test
  void aRequestForAnotherHostIsRefused() throws Exception {
    int port = URI.create(server.address()).getPort();
    for (String host :
        List.of("evil.example:" + port, "127.0.0.1", "127.0.0.1:1", "localhost." + port, "")) {
      assertThat(page.raw("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
          .as(host)
          .contains(" 421 ");
    }
    assertThat(page.raw("GET / HTTP/1.0\r\n\r\n")).contains(" 421 ");
    String own = "Host: localhost:" + port + "\r\nConnection: close\r\n\r\n";
    assertThat(page.raw("GET / HTTP/1.1\r\n" + own)).contains(" 200 ");
  }

  @Test
  void aRequestFromAnotherPageIsRefusedEvenWithTheSession() throws Exception {
    page.withSession();
    for (String origin : List.of("http://evil.example", "null", "http://127.0.0.1:1")) {
      assertThat(page.get("api/store", "Origin", origin).statusCode()).isEqualTo(403);
    }
    for (String site : List.of("cross-site", "same-site")) {
      assertThat(page.get("api/store", "Sec-Fetch-Site", site).statusCode()).isEqualTo(403);
    }
    String own = server.address().substring(0, server.address().length() - 1);
    assertThat(page.get("api/store", "Origin", own).statusCode()).isEqualTo(200);
    assertThat(page.get("api/store", "Sec-Fetch-Site", "same-origin").statusCode()).isEqualTo(200);
  }

  @Test
  void everyAnswerForbidsWhatThePageDoesNotNeed() throws Exception {
    page.withSession();
    for (String path : List.of("", "main.js", "nothing", "api/store", "api/nothing")) {
      HttpResponse<String> answer = page.get(path);
      String policy = answer.headers().firstValue("Content-Security-Policy").orElseThrow();
      assertThat(policy)
          .startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
          .contains("frame-ancestors 'none'", "require-trusted-types-for 'script'")
          .doesNotContain("unsafe", "http", "*");
      assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
      assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }
  }

  @Test
  void onlyReadingIsAnswered() throws Exception {
    page.withSession();
    HttpClient client = HttpClient.newHttpClient();
    for (String method : List.of("POST", "PUT", "DELETE", "OPTIONS", "PATCH")) {
      for (String path : List.of("", "api/store")) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(server.address() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
            .isEqualTo(405);
      }
    }
    assertThat(page.get("api/session").statusCode()).isEqualTo(405);
  }

  @Test
  void thePageAsksForNothingFromElsewhereAndMakesNoMarkupOfText() throws Exception {
    Path sources = Path.of("src/main/resources/dev/strandline/cli/inspect/page");
    try (Stream<Path> files = Files.list(sources)) {
      for (Path source : files.toList()) {
        String text = Files.readString(source).replace("http://www.w3.org/2000/svg", "");
        assertThat(text)
            .as(source.toString())
            .doesNotContainPattern("https?://|//[a-z]+\\.[a-z]")
            .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write")
            .doesNotContain("eval(", "new Function", "javascript:", " style=\"", "onclick=\"");
        // Each file is served, under its own name and with a type of its own.
        assertThat(page.get(source.getFileName().toString()).statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  void whatIsNotUnderstoodIsRefusedAndNotIgnored() throws Exception {
    page.withSession();
    for (String path :
        List.of(
            "rooms?sort=name",
            "rooms?order=size",
            "rooms?limit=0",
            "rooms?limit=1000",
            "rooms?afterKey=x&afterId=y",
            "room",
            "room?id=",
            "room/messages?id=square&before=nowhere",
            "room/messages?id=square&id=square",
            "room/messages?id=square&at=yesterday",
            "store?x=1",
            "message?id=" + "x".repeat(600))) {
      HttpResponse<String> answer = page.get("api/" + path);
      assertThat(answer.statusCode()).as(path).isEqualTo(400);
      assertThat(answer.body()).contains("bad-request");
    }
    for (String path : List.of("nothing", "room?id=nowhere", "message?id=nobody", "thread?id=x")) {
      assertThat(page.get("api/" + path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void pagesOfMessagesJoinWithoutGapOrRepetitionInBothDirections() throws Exception {
    page.withSession();
    List<String> expected = new ArrayList<>();
    store.query(
        (reader, connection) -> {
          reader.forEachMessage(
              Scope.room(Sample.SQUARE), message -> expected.add(message.id().value()));
          return true;
        });
    List<String> downwards = new ArrayList<>();
    JsonNode at = page.ask("room/messages", "id", "square");
    assertThat(at.path("newer").isNull()).isTrue();
    downwards.addAll(0, ids(at.path("messages")));
    while (!at.path("older").isNull()) {
      at = page.ask("room/messages", "id", "square", "before", at.path("older").asText());
      downwards.addAll(0, ids(at.path("messages")));
    }
    List<String> upwards = new ArrayList<>();
    at = page.ask("room/messages", "id", "square", "first", "yes");
    assertThat(at.path("older").isNull()).isTrue();
    upwards.addAll(ids(at.path("messages")));
    while (!at.path("newer").isNull()) {
      at = page.ask("room/messages", "id", "square", "after", at.path("newer").asText());
      // Near the end a page is filled up with what was there before.
      ids(at.path("messages")).stream().filter(id -> !upwards.contains(id)).forEach(upwards::add);
    }
    assertThat(downwards).isEqualTo(expected).hasSizeGreaterThan(400);
    assertThat(upwards).isEqualTo(expected);
  }

  @Test
  void aPageCanBeAroundAMessageOrFromAMomentOn() throws Exception {
    page.withSession();
    for (String id : List.of("m000", "m120", "edited", "root0")) {
      JsonNode around = page.ask("room/messages", "id", "square", "around", id);
      assertThat(ids(around.path("messages"))).contains(id).hasSize(50);
    }
    long at = Sample.NOW - 5 * Sample.MINUTE - 10;
    JsonNode from = page.ask("room/messages", "id", "square", "at", String.valueOf(at));
    assertThat(from.path("messages").path(0).path("sentAt").asLong()).isEqualTo(at);
    assertThat(from.path("older").isNull()).isFalse();
  }

  @Test
  void whatWasDeletedInTheTimeOfAPageStandsBesideIt() throws Exception {
    page.withSession();
    JsonNode newest = page.ask("room/messages", "id", "square");
    assertThat(newest.path("deletions")).hasSize(100);
    assertThat(newest.path("deletions").path(0).path("id").asText()).isEqualTo("gone229");
    JsonNode oldest = page.ask("room/messages", "id", "square", "first", "yes");
    assertThat(oldest.path("deletions")).isEmpty();
  }

  @Test
  void editsAreTold() throws Exception {
    page.withSession();
    JsonNode edited = page.ask("message", "id", "edited").path("message");
    assertThat(edited.path("editedBy").asText()).isEqualTo("ben");
    assertThat(edited.path("editedAt").asLong()).isEqualTo(Sample.NOW - Sample.MINUTE);
    assertThat(edited.path("json").asText()).contains("better words");
  }

  @Test
  void pagesOfEveryListJoinWithoutGapOrRepetition() throws Exception {
    page.withSession();
    for (String order : List.of("activity", "name", "lag")) {
      assertThat(all("rooms", "rooms", "id", "order", order)).doesNotHaveDuplicates().hasSize(115);
    }
    assertThat(all("rooms", "rooms", "id", "show", "complete")).hasSize(112);
    assertThat(all("rooms", "rooms", "id", "containing", "rOOm 1")).hasSize(33);
    assertThat(all("room/threads", "threads", "root", "id", "square"))
        .doesNotHaveDuplicates()
        .hasSize(60);
    assertThat(all("room/deleted", "tombstones", "id", "id", "square"))
        .doesNotHaveDuplicates()
        .hasSize(231);
    assertThat(all("quarantine", "entries", "key")).doesNotHaveDuplicates().hasSize(55);
    assertThat(all("quarantine", "entries", "key", "room", "square")).isEmpty();
    assertThat(all("scopes", "runs", "room")).doesNotHaveDuplicates().hasSize(112);
    assertThat(all("scopes", "runs", "room", "failed", "yes")).hasSize(56);
  }

  @Test
  void roomsAreChosenByTheStateThatTheirCoverageHas() throws Exception {
    page.withSession();
    for (String state : List.of("complete", "incomplete", "stale")) {
      JsonNode rooms = page.ask("rooms", "show", state).path("rooms");
      assertThat(rooms).isNotEmpty();
      rooms.forEach(
          room ->
              assertThat(room.path("coverage").path("state").asText())
                  .as(room.toString())
                  .isEqualTo(state));
    }
    JsonNode never = page.ask("rooms", "show", "never").path("rooms");
    assertThat(never).hasSize(1);
    assertThat(never.path(0).path("coverage").isNull()).isTrue();
  }

  @Test
  void hostileTextsArriveAsTheyAreAndNoLongerThanAListNeeds() throws Exception {
    page.withSession();
    HttpResponse<String> list = page.get("api/room/messages?id=hostile");
    assertThat(list.headers().firstValue("Content-Type"))
        .contains("application/json; charset=utf-8");
    assertThat(list.body().length()).isLessThan(50_000);
    for (int i = 0; i < Sample.TEXTS.size(); i++) {
      JsonNode message = page.ask("message", "id", "h" + i).path("message");
      assertThat(message.path("text").asText()).isEqualTo(Sample.TEXTS.get(i));
    }
  }

  @Test
  void commitsOfOthersAreNoticedAndReadAtOnce() throws Exception {
    page.withSession();
    long before = page.ask("change").path("change").asLong();
    assertThat(page.ask("change").path("change").asLong()).isEqualTo(before);
    try (SqliteStore writing = SqliteStore.open(file)) {
      writing.write(
          writer -> {
            writer.putMessage(
                Sample.message(Sample.SQUARE, "new", Sample.NOW, "just now"), Origin.ROOM);
            return unchecked(
                () -> {
                  // A transaction under way keeps nobody waiting, and shows nothing.
                  assertThat(page.ask("change").path("change").asLong()).isEqualTo(before);
                  assertThat(page.get("api/message?id=new").statusCode()).isEqualTo(404);
                });
          });
      assertThat(page.ask("change").path("change").asLong()).isNotEqualTo(before);
      assertThat(ids(page.ask("room/messages", "id", "square").path("messages"))).contains("new");
    }
  }

  private interface Step {
    void run() throws Exception;
  }

  private static boolean unchecked(Step step) {
    try {
      step.run();
      return true;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aDamagedFileIsSaidToBeOneAndWhatCanBeReadIsShown() throws Exception {
    server.close();
    List<Long> roots =
        store.query(
            (reader, connection) ->
                new Sql(connection)
                    .list(
                        "SELECT rootpage FROM sqlite_schema WHERE tbl_name = 'messages'",
                        row -> row.getLong(1)));
    store.close();
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      for (long root : roots) {
        raw.seek((root - 1) * 8192);
        raw.write(new byte[8192]);
      }
    }
    store = SqliteStore.openReadOnly(file);
    server = InspectServer.start(store, file, 0, InstantSource.system());
    page = new Visitor(server).withSession();
    for (String path : List.of("room/messages?id=square", "totals", "message?id=edited")) {
      HttpResponse<String> answer = page.get("api/" + path);
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).contains("store-corrupt", "Keep a copy");
    }
    for (String path : List.of("store", "quarantine", "scopes", "room/deleted?id=square")) {
      assertThat(page.get("api/" + path).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void lookingChangesNothing() throws Exception {
    byte[] before = Files.readAllBytes(file);
    page.withSession();
    page.ask("store");
    page.ask("rooms");
    page.ask("room", "id", "square");
    page.ask("room/about", "id", "square");
    page.ask("room/counts", "id", "square");
    page.ask("thread", "id", "root1");
    page.ask("thread/messages", "id", "root1");
    page.ask("totals");
    page.ask("find", "text", "sq");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void roomsAreFoundByNameAndAnythingByItsId() throws Exception {
    page.withSession();
    assertThat(page.ask("find", "text", "QUAR").path("rooms").path(0).path("id").asText())
        .isEqualTo("square");
    for (String id : List.of("edited", "gone001", "odd")) {
      assertThat(page.ask("find", "text", id).path("message").asBoolean()).isTrue();
      assertThat(page.ask("message", "id", id).path("id").asText())
          .isEqualTo(new MessageId(id).value());
    }
    assertThat(page.ask("find", "text", "100%").path("rooms")).isEmpty();
  }

  @Test
  void messagesAreFoundByTheirWordsWithThePlacesMarked() throws Exception {
    page.withSession();
    JsonNode found = page.ask("search", "text", "BETTER");
    assertThat(found.path("hits")).hasSize(1);
    JsonNode pieces = found.path("hits").path(0).path("pieces");
    assertThat(pieces.path(0).path("text").asText()).isEqualTo("better");
    assertThat(pieces.path(0).path("found").asBoolean()).isTrue();
    assertThat(pieces.path(1).path("text").asText()).isEqualTo(" words");
    assertThat(all("search", "hits", "id", "text", "number", "room", "square"))
        .doesNotHaveDuplicates()
        .hasSize(300);
    // Nothing in these is a word.
    assertThat(page.ask("search", "text", "-only -excluded").path("hits")).isEmpty();
    assertThat(page.ask("search", "text", "\"'*%").path("hits")).isEmpty();
  }

  @Test
  void aFileWithoutAnIndexSaysSoAndIsReadThrough() throws Exception {
    server.close();
    store.close();
    SqliteStore.builder().searchIndexing(SqliteStore.SearchIndexing.OFF).open(file).close();
    store = SqliteStore.openReadOnly(file);
    server = InspectServer.start(store, file, 0, InstantSource.system());
    JsonNode found = new Visitor(server).withSession().ask("search", "text", "better");
    assertThat(found.path("indexed").asBoolean()).isFalse();
    assertThat(found.path("hits")).hasSize(1);
  }

  @Test
  void runsTheirPassesAndTheirPagesAreListedWhole() throws Exception {
    page.withSession();
    assertThat(all("runs", "runs", "number")).doesNotHaveDuplicates().hasSize(SampleJournal.RUNS);
    JsonNode newest = page.ask("runs").path("runs").path(0);
    assertThat(newest.path("ending").isNull()).isTrue();
    assertThat(newest.path("newest").asBoolean()).isTrue();
    String big = String.valueOf(SampleJournal.BIG_RUN);
    assertThat(page.ask("run", "id", big).path("error").asText()).isEqualTo("rate-limited");
    assertThat(all("run", "passes", "number", "id", big))
        .doesNotHaveDuplicates()
        .hasSize(SampleJournal.PASSES);
    assertThat(all("run/pages", "pages", "number", "id", big))
        .doesNotHaveDuplicates()
        .hasSize(SampleJournal.PAGES);
  }

  @Test
  void aMessageTellsWhichPagesWroteIt() throws Exception {
    page.withSession();
    JsonNode told = page.ask("message", "id", "told").path("story");
    assertThat(told)
        .extracting(chapter -> chapter.path("what").asText())
        .containsExactly("added", "changed");
    assertThat(told.path(1).path("page").path("run").asInt()).isEqualTo(SampleJournal.BIG_RUN);
    JsonNode gone = page.ask("message", "id", "gone-told").path("story");
    assertThat(gone)
        .extracting(chapter -> chapter.path("what").asText())
        .startsWith("was-added", "removed");
    // Written outside of any run.
    JsonNode never = page.ask("message", "id", "edited").path("story");
    assertThat(never.path(0).path("number").asInt()).isZero();
    assertThat(never.path(0).path("page").isNull()).isTrue();
  }

  /** Every entry of a list, page by page. */
  private List<String> all(String name, String list, String key, String... parameters)
      throws Exception {
    List<String> found = new ArrayList<>();
    JsonNode answer = page.ask(name, parameters);
    while (true) {
      answer.path(list).forEach(entry -> found.add(entry.path(key).asText()));
      JsonNode next = answer.path("next");
      if (next.isNull()) {
        return found;
      }
      List<String> more = new ArrayList<>(List.of(parameters));
      if (next.isObject()) {
        next.properties()
            .forEach(
                field -> {
                  if (!field.getValue().isNull()) {
                    more.add(field.getKey());
                    more.add(field.getValue().asText());
                  }
                });
      } else {
        more.add(name.startsWith("run") && !name.equals("runs") ? "after" : "before");
        more.add(next.asText());
      }
      answer = page.ask(name, more.toArray(String[]::new));
    }
  }

  private static List<String> ids(JsonNode entries) {
    List<String> ids = new ArrayList<>();
    entries.forEach(entry -> ids.add(entry.path("id").asText()));
    return ids;
  }
}
