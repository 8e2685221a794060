package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.cli.text.Width;
import dev.strandline.testkit.server.Fault;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much commands say, and in what shape. */
class QuietTest {
  @TempDir private Path folder;
  private Town town;
  private Path db;

  @BeforeEach
  void fill() {
    town = new Town();
    db = folder.resolve("chat.db");
    town.post("high tide");
    assertThat(town.cli.sync(town.server, db, "--all").state()).isZero();
  }

  @AfterEach
  void stop() {
    town.close();
  }

  @Test
  void quietCommandsSayNothingButResults() {
    for (List<String> command :
        List.of(
            List.of("messages", "--room", "square"),
            List.of("search", "tide"),
            List.of("search", "nothing"),
            List.of("export"),
            List.of("rooms"),
            List.of("doctor"),
            List.of("history"))) {
      Cli.Result loud = run(command);
      Cli.Result quiet = run(command, "--quiet");
      assertThat(quiet.state()).isZero();
      assertThat(quiet.out()).as("%s", command).isEqualTo(loud.out());
      assertThat(quiet.err()).as("%s", command).isEmpty();
    }
  }

  @Test
  void aQuietSyncThatWentWellSaysNothing_andOneThatFailedSaysWhy() {
    town.post("low tide");
    Cli.Result well = town.cli.sync(town.server, db, "--all", "-q");
    assertThat(well.out() + well.err()).isEmpty();
    town.server.faults().next("*", 100, Fault.status(500));
    Cli.Result failed = town.cli.sync(town.server, db, "--all", "-q");
    assertThat(failed.state()).isNotZero();
    assertThat(failed.out()).isEmpty();
    assertThat(failed.err()).startsWith("strandline: ");
  }

  @Test
  void doctorPrintsAnObjectWhetherAllIsWellOrNot() throws SQLException {
    assertThat(run(List.of("doctor", "--json")).out())
        .isEqualTo("{\"sound\":true,\"findings\":0}\n");
    execute("UPDATE messages SET sent_at = sent_at + 1");
    Cli.Result sick = run(List.of("doctor", "--json"));
    assertThat(sick.state()).isEqualTo(ExitState.DIFFERENCES);
    assertThat(sick.lines().get(0)).contains("\"check\":\"json\"");
    assertThat(sick.lines().get(sick.lines().size() - 1)).startsWith("{\"sound\":false,");
  }

  @Test
  void tablesFitTheTerminalAndNothingOfTheCoverageIsMissing() {
    Path partial = folder.resolve("partial.db");
    town.workspace.conversation().fill(town.square, 300);
    town.cli.sync(
        town.server, partial, "--room", town.square, "--history", "none", "--page-size", "100");
    for (String command : List.of("rooms", "status", "history")) {
      for (int cells : new int[] {60, 80, 120}) {
        Cli.Result result = town.cli.onTerminal(cells).run(command, "--db", partial);
        assertThat(result.lines()).allMatch(line -> Width.of(line) <= cells);
        if (!command.equals("history")) {
          String all = String.join(" ", result.lines()).replaceAll(" +", " ");
          assertThat(all).containsPattern("complete only from [-0-9]{10} [:0-9]{8}, as of 2025");
        }
      }
    }
  }

  @Test
  void aFileOfAnOlderVersionIsBroughtUpToDateByWhateverReadsIt() throws SQLException {
    for (String command : List.of("search", "rooms")) {
      execute("ALTER TABLE search_index DROP COLUMN words_version", "PRAGMA user_version = 3");
      Cli.Result result =
          run(command.equals("search") ? List.of("search", "tide") : List.of(command));
      assertThat(result.state()).as(result.err()).isZero();
      assertThat(result.out()).contains("square");
    }
  }

  @Test
  void makingAnIndexAnewIsTold() throws SQLException {
    assertThat(run(List.of("search", "--index")).err())
        .startsWith("Made the search index of 1 message.\n");
    execute("UPDATE search_index SET words_version = 0");
    assertThat(run(List.of("search", "tide")).err()).contains("Every message was read");
    assertThat(town.cli.sync(town.server, db, "--all").err())
        .isEqualTo("Made the search index of 1 message.\n");
    assertThat(run(List.of("search", "tide")).err()).doesNotContain("Every message was read");
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + db);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.executeUpdate(sql);
      }
    }
  }

  private Cli.Result run(List<String> command, String... more) {
    Object[] all = new Object[command.size() + more.length + 2];
    System.arraycopy(command.toArray(), 0, all, 0, command.size());
    System.arraycopy(more, 0, all, command.size(), more.length);
    all[all.length - 2] = "--db";
    all[all.length - 1] = db;
    return town.cli.run(all);
  }
}
