package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.strandline.journal.Answer;
import dev.strandline.journal.Ending;
import dev.strandline.journal.PageCounts;
import dev.strandline.journal.PageEntry;
import dev.strandline.journal.Purpose;
import dev.strandline.journal.Question;
import dev.strandline.journal.RunEntry;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.InQuestion;
import dev.strandline.store.sqlite.SqliteStore;
import dev.strandline.testkit.server.FakeRoomType;
import dev.strandline.testkit.server.FakeServer;
import dev.strandline.testkit.server.FakeUser;
import dev.strandline.testkit.server.FakeWorkspace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The queries of {@code docs/schema.md}, as they stand there, on a store that was synchronised. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentedQueriesTest {
  /** The fake server's writes are a millisecond apart; minutes are enough for us. */
  private static final Pattern SECONDS = Pattern.compile(":\\d\\d\\.\\d{3}Z");

  private static final Pattern SQL = Pattern.compile("(?s)```sql\n(.*?)```");

  private final FakeWorkspace workspace = FakeWorkspace.create();
  private final FakeUser ada = workspace.users().create("ada", "Ada");
  private final FakeUser ben = workspace.users().create("ben", "Ben");
  private final FakeServer server = FakeServer.start(workspace);
  private final String general = room("general");
  private final String kitchen = room("kitchen");
  private final String archive = room("archive");
  private Path db = Path.of("");
  private Path compact = Path.of("");
  private String page = "";

  private String room(String name) {
    return workspace.rooms().create(FakeRoomType.CHANNEL, name, ada, ben);
  }

  /** A minute later each. */
  private void post(String id, String room, FakeUser author, String text) {
    workspace.clock().advance(Duration.ofMinutes(1));
    workspace.messages().postWithId(id, room, author, text);
  }

  private void reply(String id, String root, FakeUser author, String text) {
    workspace.clock().advance(Duration.ofMinutes(1));
    workspace.messages().replyWithId(id, root, author, text);
  }

  @BeforeAll
  void synchronise(@TempDir Path folder) throws Exception {
    db = folder.resolve("chat.db");
    page = Files.readString(DocumentationTest.root().resolve("docs/schema.md"));
    for (int i = 0; i < 30; i++) {
      post("old" + i, archive, ada, "log " + i);
    }
    post("hello", general, ada, "good morning");
    post("sail", general, ben, "shall we sail?");
    reply("yes", "sail", ada, "at high tide 🚀");
    reply("no", "sail", ben, "low tide it is");
    post("key", general, ada, "who has the key?");
    reply("me", "key", ben, "I have");
    post("soup", kitchen, ben, "soup ".repeat(200));
    post("gone", kitchen, ben, "a typo");
    sync("--room", general, "--room", kitchen);
    sync("--all", "--history", "none", "--page-size", "10");
    workspace.clock().advance(Duration.ofHours(1));
    workspace.messages().edit("hello", ada, "good morning, all");
    workspace.clock().advance(Duration.ofMinutes(1));
    workspace.removals().delete("gone", ben);
    Instant now = workspace.clock().now();
    ObjectNode odd = JsonNodeFactory.instance.objectNode().put("rid", general).put("msg", "no id");
    workspace.raw().putMessage(odd.put("_updatedAt", now.toString()), now, now);
    sync("--all", "--history", "none");
    // The fake server counts nobody's unread messages.
    execute("UPDATE rooms SET unread = 3 WHERE name = 'kitchen'");
    journal();
    Cli.of(ada).run("search", "--db", db, "--index");
    compact = folder.resolve("compact.db");
    execute("VACUUM INTO '" + compact + "'");
    SqliteStore.builder().documents(SqliteStore.Documents.COMPACT).open(compact).close();
  }

  /** Two runs later than any, with numbers that we know. */
  private void journal() {
    Instant at = Instant.EPOCH;
    PageCounts counts = new PageCounts(3, 2, 1, 0, 1, 5, 0, 0, 0);
    RunEntry whole = RunEntry.begun(1_000_001, RunEntry.Kind.SYNC, "everything", 1_000_001, at);
    try (SqliteStore store = SqliteStore.open(db)) {
      store.write(
          w -> {
            w.putRun(whole.ended(at, Ending.COMPLETE, 2, counts, null));
            w.putPage(page(1_000_001, new Answer(5, 100L, null, null)));
            w.putPage(page(1_000_002, new Answer(7, 50L, null, null)));
            w.putInQuestion(
                new InQuestion(
                    new MessageId("old29"),
                    new RoomId(archive),
                    ServerTime.ofEpochMilli(
                        Instant.parse("2025-10-09T09:30:00.000Z").toEpochMilli()),
                    InQuestion.Why.DELETED_AND_SHOWN));
            w.putRun(
                RunEntry.begun(1_000_002, RunEntry.Kind.SYNC, "room:" + general, 1_000_003, at));
            return 0;
          });
    }
  }

  private static PageEntry page(long number, Answer answer) {
    Question question = new Question(Question.What.SINCE, "chat.syncMessages", null, null, 0);
    return new PageEntry(
        number,
        1_000_001,
        0,
        Purpose.CATCH_UP,
        question,
        1,
        1,
        Instant.EPOCH,
        Duration.ZERO,
        answer,
        PageCounts.NONE,
        null,
        null,
        PageEntry.State.APPLIED,
        null);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private void sync(Object... what) {
    workspace.clock().advance(Duration.ofMinutes(5));
    Cli.Result result = Cli.of(ada).sync(server, db, what);
    assertThat(result.state()).as(result.err()).isZero();
  }

  @Test
  void thereAreEleven() {
    assertThat(queries()).hasSize(11);
  }

  @Test
  void theLatestMessagesOfARoom() throws SQLException {
    assertThat(answer(1))
        .containsExactly(
            "2025-10-09T09:31 | ada | good morning, all",
            "2025-10-09T09:32 | ben | shall we sail?",
            "2025-10-09T09:33 | ada | at high tide 🚀",
            "2025-10-09T09:34 | ben | low tide it is",
            "2025-10-09T09:35 | ada | who has the key?",
            "2025-10-09T09:36 | ben | I have");
  }

  @Test
  void theLiveliestThread() throws SQLException {
    assertThat(answer(2))
        .containsExactly(
            "2025-10-09T09:32 | ben | shall we sail?",
            "2025-10-09T09:33 | ada | at high tide 🚀",
            "2025-10-09T09:34 | ben | low tide it is");
  }

  @Test
  void theRoomsThatAreNotComplete() throws SQLException {
    assertThat(answer(3))
        .singleElement(InstanceOfAssertFactories.STRING)
        .startsWith("archive | incomplete: complete from 2025-10-09T09:")
        .endsWith(" | complete | null");
  }

  @Test
  void whatIsUnread() throws SQLException {
    assertThat(answer(4)).containsExactly("kitchen | 3");
  }

  @Test
  void whoWritesMost() throws SQLException {
    long ofArchive =
        Cli.of(ada).run("messages", "--db", db, "--room", archive, "--json").lines().size();
    assertThat(ofArchive).as("a part of the archive").isBetween(10L, 29L);
    assertThat(answer(5))
        .containsExactly(
            "ada | " + (3 + ofArchive) + " | 2025-10-09T09:35", "ben | 4 | 2025-10-09T09:37");
  }

  @Test
  void whatWasEdited() throws SQLException {
    assertThat(answer(6))
        .containsExactly("general | ada | 2025-10-09T09:31 | 2025-10-09T10:48 | good morning, all");
  }

  @Test
  void whatWentOnOneDay() throws SQLException {
    assertThat(answer(7)).containsExactly("kitchen | gone | 2025-10-09T10:49 | DELETED");
  }

  @Test
  void whatCouldNotBeUnderstood() throws SQLException {
    assertThat(answer(8))
        .singleElement(InstanceOfAssertFactories.STRING)
        .startsWith("general | it has no _id | 1 | ")
        .contains("\"msg\":\"no id\"");
  }

  @Test
  void whatTheLastRunsBrought() throws SQLException {
    assertThat(answer(9))
        .startsWith(
            "1000002 | SYNC | room:"
                + general
                + " | has not ended | 0 | 0 | null | null | 0 | 0 | 0",
            "1000001 | SYNC | everything | COMPLETE | 2 | 2 | 12 | 150 | 3 | 2 | 1");
  }

  @Test
  void theBiggestMessages() throws SQLException {
    String soup =
        Cli.of(ada).run("messages", "--db", db, "--room", kitchen, "--json").out().strip();
    int bytes = soup.getBytes(StandardCharsets.UTF_8).length;
    assertThat(answer(10)).hasSize(10).startsWith("kitchen | ben | 2025-10-09T09:37 | " + bytes);
  }

  @Test
  void whatIsInQuestion() throws SQLException {
    assertThat(answer(11))
        .containsExactly("archive | old29 | 2025-10-09T09:30 | DELETED_AND_SHOWN | 1");
  }

  @Test
  void theIndexCanBeAsked() throws SQLException {
    String section = section("## The search index");
    assertThat(rows(blocks(section).get(0)))
        .containsExactly("general | 2025-10-09T09:33 | ada | at high tide 🚀");
  }

  @Test
  void aCompactFileAnswersAllButTheTwoThatAskForDocuments() throws SQLException {
    for (int number = 1; number <= 11; number++) {
      String query = queries().get(number - 1);
      if (number == 6 || number == 10) {
        assertThatThrownBy(() -> rows(compact, query)).hasMessageContaining("no such column: json");
      } else {
        assertThat(rows(compact, query)).as("query " + number).isEqualTo(answer(number));
      }
    }
  }

  @Test
  void aCompactFileTellsItsBiggestMessagesToo() throws SQLException {
    String query = blocks(section("## Compact files")).get(0);
    assertThat(rows(compact, query)).isEqualTo(answer(10));
  }

  private List<String> answer(int number) throws SQLException {
    return rows(queries().get(number - 1));
  }

  private List<String> queries() {
    return blocks(section("## Eleven queries"));
  }

  private String section(String heading) {
    int start = page.indexOf("\n" + heading + "\n") + 1;
    assertThat(start).as(heading).isPositive();
    int end = page.indexOf("\n## ", start);
    return page.substring(start, end < 0 ? page.length() : end);
  }

  private static List<String> blocks(String section) {
    return SQL.matcher(section).results().map((MatchResult found) -> found.group(1)).toList();
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + db);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private List<String> rows(String sql) throws SQLException {
    return rows(db, sql);
  }

  /** Opened as the page says: for reading. */
  private static List<String> rows(Path file, String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:file:" + file + "?mode=ro");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getString(i));
        }
        rows.add(SECONDS.matcher(String.join(" | ", row)).replaceAll(""));
      }
    }
    return rows;
  }
}
