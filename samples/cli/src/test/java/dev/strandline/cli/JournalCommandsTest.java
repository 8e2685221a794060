package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** explain, history and diff: what the journal tells people. */
class JournalCommandsTest {
  private static final String SECRET = "heave-ho-and-up-she-rises";

  @TempDir private Path folder;
  private Town town;
  private Path db;
  private String edited;
  private String gone;
  private String added;

  @BeforeEach
  void fill() {
    town = new Town();
    db = folder.resolve("chat.db");
    edited = town.post("What shall we do?");
    gone = town.post("Nothing. " + SECRET);
    town.post("Wait.");
    assertThat(town.cli.sync(town.server, db, "--all").state()).isZero();
    town.workspace.messages().edit(edited, town.ben, "What shall we do with it?");
    town.workspace.removals().delete(gone, town.ben);
    added = town.post("Wait for the tide.");
    assertThat(town.cli.sync(town.server, db, "--all").state()).isZero();
  }

  @AfterEach
  void stop() {
    town.close();
  }

  private Cli.Result run(Object... args) {
    List<Object> all = new ArrayList<>(List.of(args));
    all.addAll(1, List.of("--db", db));
    return town.cli.run(all.toArray());
  }

  @Test
  void explainTellsWhichRunStoredChangedAndRemovedAMessage() {
    Cli.Result changed = run("explain", edited);
    assertThat(changed.state()).isZero();
    assertThat(changed.lines().get(0)).contains(edited + " is here, in square: sent at 2025-10-09");
    assertThat(changed.out()).containsPattern("stored +\\S+ \\S+ +1 +sync everything +square");
    assertThat(changed.out()).containsPattern("changed +\\S+ \\S+ +2 +sync everything +square");

    JsonNode removed = run("explain", "--json", gone).json();
    assertThat(removed.path("verdict").asText()).isEqualTo("deleted");
    assertThat(removed.path("room").asText()).isEqualTo(town.square);
    assertThat(removed.path("stored").path("run").asInt()).isEqualTo(1);
    assertThat(removed.path("removed").path("run").asInt()).isEqualTo(2);
    assertThat(removed.path("removed").path("purpose").asText()).isEqualTo("catch-up");
    assertThat(removed.path("removed").path("question").path("what").asText()).isEqualTo("since");
  }

  @Test
  void explainTellsWhereAMessageCouldBeThatIsNotHere() {
    Cli.Result never = run("explain", "4vqAhCxm3bTmPPvpr");
    assertThat(never.state()).isZero();
    assertThat(never.out())
        .contains("4vqAhCxm3bTmPPvpr is not here, and no answer that is stored has shown it.")
        .contains("THE MESSAGE WOULD HAVE TO BE")
        .contains("written after 2025-10-09");
    JsonNode json = run("explain", "--json", "--room", "square", "4vqAhCxm3bTmPPvpr").json();
    assertThat(json.path("places").size()).isEqualTo(1);
    assertThat(json.path("places").path(0).path("coverage").path("state").asText())
        .isEqualTo("complete");
  }

  @Test
  void historyListsRunsPassesAndPages() {
    Cli.Result runs = run("history");
    assertThat(runs.state()).isZero();
    assertThat(runs.lines()).hasSize(3);
    assertThat(runs.lines().get(1)).containsPattern("^ *2 .* complete +sync everything ");
    assertThat(run("history", "--room", "square", "--json").lines())
        .extracting(line -> Cli.parsed(line).path("run").asInt())
        .containsExactly(2, 1);
    Cli.Result pages = run("history", "--run", "1");
    assertThat(pages.out()).contains("meet the server").contains("anchor").contains("catch up");
    assertThat(run("history", "--run", "9").state()).isEqualTo(2);
    assertThat(run("history", "--run", "9").err()).contains("It has runs 1 to 2");
    assertThat(run("history", "--thread", "none").err()).contains("No pass over it");
    assertThat(run("history", "--limit", "0").state()).isEqualTo(2);
  }

  @Test
  void diffListsWhatChangedFromOneRunToAnother() {
    Cli.Result diff = run("diff", "1", "2");
    assertThat(diff.state()).isZero();
    assertThat(diff.lines()).hasSize(4);
    assertThat(diff.lines().get(1)).startsWith("added").contains("Wait for the tide.");
    assertThat(diff.lines().get(2)).startsWith("changed").endsWith(edited);
    assertThat(diff.lines().get(3)).startsWith("removed").endsWith(gone);
    assertThat(run("diff", "1", "--json").lines())
        .extracting(line -> Cli.parsed(line).path("id").asText())
        .containsExactly(added, edited, gone);
    assertThat(run("diff", "2", "1").state()).isEqualTo(2);
    assertThat(run("diff", "1", "7").state()).isEqualTo(2);
    assertThat(run("diff", "0", "1").lines()).hasSizeGreaterThan(3);
  }

  @Test
  void nothingOfAMessageNorOfTheAccountIsInTheJournal() throws Exception {
    StringBuilder journal = new StringBuilder();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + db);
        Statement statement = connection.createStatement()) {
      for (String table : List.of("journal_runs", "journal_passes", "journal_pages")) {
        try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
          while (rows.next()) {
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
              journal.append(rows.getString(i)).append('\n');
            }
          }
        }
      }
    }
    assertThat(journal.toString())
        .contains("room:" + town.square)
        .doesNotContain(SECRET)
        .doesNotContain("shall we")
        .doesNotContain(town.ada.authToken())
        .doesNotContain(town.ada.id())
        .doesNotContain("127.0.0.1")
        .doesNotContain("localhost");
    assertThat(new String(Files.readAllBytes(db), StandardCharsets.ISO_8859_1))
        .doesNotContain(town.ada.authToken());
  }

  @Test
  void theGuideShowsWhatTheCommandsPrint() throws Exception {
    String guide = Files.readString(root().resolve("docs/journal.md"));
    assertThat(shape(block(guide, "explain"))).isEqualTo(shape(run("explain", gone).out()));
    assertThat(shape(block(guide, "history"))).isEqualTo(shape(run("history").out()));
    assertThat(shape(block(guide, "diff"))).isEqualTo(shape(run("diff", "1", "2").out()));
  }

  /** What a command of the guide prints, up to the end of its block. */
  private static String block(String guide, String command) {
    int begin = guide.indexOf('\n', guide.indexOf("$ strandline " + command)) + 1;
    return guide.substring(begin, guide.indexOf("```", begin));
  }

  /** Moments, ids, durations and the space between columns differ from run to run. */
  private static String shape(String text) {
    return text.strip()
        .replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d(:\\d\\d)?", "MOMENT")
        .replaceAll("\\b\\d+ (ms|s)\\b", "DURATION")
        .replaceAll("\\b[A-Za-z0-9]{17}\\b", "ID")
        .replaceAll("[ ]+", " ")
        .toLowerCase(Locale.ROOT);
  }

  private static Path root() {
    Path root = Path.of("").toAbsolutePath();
    while (!Files.exists(root.resolve("docs/sync-rules.md"))) {
      root = root.getParent();
    }
    return root;
  }
}
