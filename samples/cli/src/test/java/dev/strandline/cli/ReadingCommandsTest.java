package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.strandline.testkit.server.FakeRoomType;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingCommandsTest {
  private static final String NASTY =
      "\u001b]0;owned\u0007\u001b[2J\u009b31m\nsecond line \u202etxt.exe";

  @TempDir private Path folder;
  private Town town;
  private Path db;
  private String first;
  private String root;
  private String nasty;

  @BeforeEach
  void fill() {
    town = new Town();
    db = folder.resolve("chat.db");
    first = town.post("first 漢字");
    root = town.post("shall we?");
    town.workspace.messages().reply(root, town.ada, "yes 🚀");
    nasty = town.post(NASTY);
    assertThat(town.cli.sync(town.server, db, "--all").state()).isZero();
  }

  @AfterEach
  void stop() {
    town.close();
  }

  @Test
  void allMessagesAsJsonAreTheServersByteForByte() throws Exception {
    Cli.Result result =
        town.cli.run("messages", "--db", db, "--room", town.square, "--all", "--json");
    assertThat(result.state()).isZero();
    assertThat(result.out()).isEqualTo(town.listing());
    assertThat(result.err()).startsWith("These are complete as of 2025-10-09 0");
  }

  @Test
  void aCompactFileIsReadByEveryCommandAsAPlainOneIs() throws Exception {
    Path compact = folder.resolve("compact.db");
    assertThat(town.cli.sync(town.server, compact, "--all", "--documents", "compact").state())
        .isZero();
    for (List<Object> command :
        List.<List<Object>>of(
            List.of("messages", "--room", town.square, "--all", "--json"),
            List.of("messages", "--room", town.square),
            List.of("threads", "--json"),
            List.of("search", "yes", "--json"))) {
      assertThat(outOf(command, compact)).as("%s", command).isEqualTo(outOf(command, db));
    }
    assertThat(town.cli.run("doctor", "--db", compact).state()).isZero();
    assertThat(town.cli.sync(town.server, compact, "--all", "--documents", "plain").state())
        .isZero();
    assertThat(outOf(List.of("messages", "--room", town.square, "--all", "--json"), compact))
        .isEqualTo(town.listing());
  }

  private String outOf(List<Object> command, Path file) {
    List<Object> words = new ArrayList<>(command);
    words.addAll(List.of("--db", file));
    Cli.Result result = town.cli.run(words.toArray());
    assertThat(result.state()).as(result.err()).isZero();
    return result.out();
  }

  @Test
  void noControlCharacterOfAMessageReachesATerminal() {
    town.workspace.rooms().create(FakeRoomType.CHANNEL, "room\u001b[2J", town.ada);
    town.post("tide");
    town.workspace.messages().postWithId("id\u001b[2J\u0007", town.square, town.ada, "tide");
    town.cli.sync(town.server, db, "--all");
    Cli terminal = town.cli.onTerminal(100);
    List<Cli.Result> results =
        List.of(
            terminal.run("messages", "--db", db, "--room", "square"),
            terminal.run("messages", "--db", db, "--room", "square", "--all", "--json"),
            terminal.run("messages", "--db", db, "--room", "square", "--limit", "1"),
            terminal.run("search", "--db", db, "--newest", "--limit", "1", "tide"),
            terminal.run("messages", "--db", db, "--room", "room\u001b[31m"),
            terminal.run("threads", "--db", db),
            terminal.run("threads", "--db", db, "--json"),
            terminal.run("rooms", "--db", db),
            terminal.run("rooms", "--db", db, "--json"),
            terminal.run("status", "--db", db),
            terminal.run("status", "--db", db, "--json"),
            terminal.sync(town.server, db, "--all"));
    assertThat(results.get(2).err()).contains("--before id");
    assertThat(results.get(3).err()).contains("--before id");
    for (Cli.Result result : results) {
      assertThat((result.out() + result.err()).chars())
          .noneMatch(c -> (Character.isISOControl(c) && c != '\n') || c == 0x202e);
    }
    assertThat(results.get(0).out()).contains("⏎second line");
  }

  @Test
  void linesFitTheTerminal() {
    town.post("long ".repeat(100));
    town.cli.sync(town.server, db, "--all");
    Cli.Result result = town.cli.onTerminal(70).run("messages", "--db", db, "--room", "square");
    assertThat(result.lines())
        .allMatch(line -> dev.strandline.cli.text.Width.of(line) <= 70)
        .anyMatch(line -> line.contains("…"));
  }

  @Test
  void theNewestMessagesComeInReadingOrderAndLeadFurtherBack() {
    Cli.Result newest =
        town.cli.run("messages", "--db", db, "--room", "square", "--limit", "2", "--json");
    assertThat(newest.lines()).hasSize(2);
    assertThat(Cli.parsed(newest.lines().get(1)).path("_id").asText()).isEqualTo(nasty);
    String oldest = Cli.parsed(newest.lines().get(0)).path("_id").asText();
    Cli.Result before =
        town.cli.run("messages", "--db", db, "--room", "square", "--before", oldest, "--json");
    assertThat(before.lines())
        .extracting(line -> Cli.parsed(line).path("_id").asText())
        .containsExactly(first, root);
  }

  @Test
  void aLongListIsOneListAndEndsQuietlyWhereNobodyReads() {
    town.workspace.conversation().fill(town.square, 2500);
    // A database of its own, since what is filled in is older than what the other has read.
    db = folder.resolve("long.db");
    town.cli.sync(town.server, db, "--all");
    Cli.Result all =
        town.cli.run("messages", "--db", db, "--room", "square", "--limit", "2400", "--json");
    assertThat(all.lines()).hasSize(2400).doesNotHaveDuplicates();
    PrintWriter gone =
        new PrintWriter(
            new Writer() {
              @Override
              public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("Broken pipe");
              }

              @Override
              public void flush() {}

              @Override
              public void close() {}
            });
    StringWriter err = new StringWriter();
    Surroundings surroundings =
        new Surroundings(Map.of(), 0, false, ZoneOffset.UTC, InstantSource.system());
    int state =
        Main.commandLine(surroundings, gone, new PrintWriter(err, true))
            .execute("messages", "--db", db.toString(), "--room", "square", "--all", "--json");
    assertThat(state).isZero();
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aThreadShowsItsReplies() {
    Cli.Result result = town.cli.run("messages", "--db", db, "--thread", root);
    assertThat(result.state()).isZero();
    assertThat(result.lines()).hasSize(2);
    assertThat(result.out()).contains("↳ yes 🚀");
    Cli.Result wrong =
        town.cli.run("messages", "--db", db, "--thread", "no-such", "--room", "square");
    assertThat(wrong.state()).isEqualTo(2);
  }

  @Test
  void threadsRoomsAndStatusAreJsonALine() {
    JsonNode thread = town.cli.run("threads", "--db", db, "--room", "square", "--json").json();
    assertThat(thread.path("root").asText()).isEqualTo(root);
    assertThat(thread.path("replies").asInt()).isEqualTo(1);
    assertThat(thread.path("rootMessage").path("msg").asText()).isEqualTo("shall we?");

    JsonNode room = town.cli.run("rooms", "--db", db, "--json").json();
    assertThat(room.path("id").asText()).isEqualTo(town.square);
    assertThat(room.path("messages").asInt()).isEqualTo(4);
    assertThat(room.path("coverage").path("state").asText()).isEqualTo("complete");

    JsonNode status = town.cli.run("status", "--db", db, "--json").json();
    assertThat(status.path("scope").asText()).isEqualTo("room:" + town.square);
    assertThat(status.path("lagMs").asLong()).isPositive();
    assertThat(status.path("lastRun").path("outcome").asText()).isEqualTo("complete");
    assertThat(status.path("lastRun").path("error").isNull()).isTrue();
  }

  @Test
  void everyReadingCommandNeedsAnExistingDatabase() {
    Path none = folder.resolve("none.db");
    for (List<String> command :
        List.of(
            List.of("rooms"),
            List.of("threads"),
            List.of("messages", "--room", "x"),
            List.of("status"),
            List.of("doctor"))) {
      List<Object> args = new java.util.ArrayList<>(command);
      args.addAll(List.of("--db", none));
      Cli.Result result = town.cli.run(args.toArray());
      assertThat(result.state()).isEqualTo(6);
      assertThat(result.err()).contains("strandline sync");
      assertThat(result.err().lines()).hasSize(2);
    }
    assertThat(none).doesNotExist();
  }

  @Test
  void aMistypedRoomIsAnsweredWithTheOneThatWasMeant() {
    Cli.Result result = town.cli.run("messages", "--db", db, "--room", "sqaure");
    assertThat(result.state()).isEqualTo(2);
    assertThat(result.err()).contains("Did you mean " + town.square + " (square)?");
  }

  @Test
  void aNameThatTwoRoomsHaveIsNoAnswer() {
    town.workspace.rooms().create(FakeRoomType.GROUP, "square", town.ada);
    town.cli.sync(town.server, db, "--all");
    Cli.Result result = town.cli.run("messages", "--db", db, "--room", "square");
    assertThat(result.state()).isEqualTo(2);
    assertThat(result.err()).contains("2 rooms are called square").contains(town.square);
    assertThat(town.cli.run("messages", "--db", db, "--room", town.square).state()).isZero();
  }

  @Test
  void anIdThatCannotBeOneIsTheUsersMistakeAndNoBug() {
    String tooLong = "x".repeat(513);
    for (String id : List.of("", tooLong)) {
      for (List<Object> command :
          List.<List<Object>>of(
              List.of("messages", "--db", db, "--thread", id),
              List.of("messages", "--db", db, "--room", town.square, "--before", id),
              List.of("search", "--db", db, "--newest", "--before", id, "tide"),
              List.of("explain", "--db", db, id),
              List.of("history", "--db", db, "--thread", id),
              List.of("history", "--db", db, "--room", id),
              List.of("reconcile", "--server", town.server.url(), "--db", db, "--thread", id),
              List.of("reconcile", "--server", town.server.url(), "--db", db, "--room", id),
              List.of("sync", "--server", town.server.url(), "--db", db, "--thread", id))) {
        Cli.Result result = town.cli.run(command.toArray());
        assertThat(result.state()).as("%s: %s", command, result.err()).isEqualTo(ExitState.USAGE);
        assertThat(result.err()).containsPattern("empty|512 characters").doesNotContain("bug");
      }
    }
  }

  @Test
  void optionsThatExcludeEachOtherAreRefused() {
    assertThat(town.cli.run("messages", "--db", db).state()).isEqualTo(2);
    assertThat(
            town.cli
                .run("messages", "--db", db, "--room", "square", "--all", "--before", first)
                .state())
        .isEqualTo(2);
    assertThat(
            town.cli
                .run("messages", "--db", db, "--room", "square", "--all", "--limit", "3")
                .state())
        .isEqualTo(2);
    assertThat(town.cli.run().state()).isEqualTo(2);
    assertThat(town.cli.run("stauts").err()).contains("status");
  }

  @Test
  void theDoctorIsContentWithASoundFileAndEndsWith7Otherwise() throws Exception {
    assertThat(town.cli.run("doctor", "--db", db).state()).isZero();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + db);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate("UPDATE room_state SET updated_settled = updated_seen + 1");
    }
    Cli.Result result = town.cli.run("doctor", "--db", db, "--json");
    assertThat(result.state()).isEqualTo(7);
    assertThat(result.json().path("check").asText()).isEqualTo("settled-beyond-seen");
  }

  @Test
  void r11_reconcilingFindsAndRepairsWhatNoRunWouldBring() {
    town.workspace.removals().hide(first);
    town.cli.sync(town.server, db, "--all");
    Object[] look = {
      "reconcile",
      "--server",
      town.server.url(),
      "--db",
      db,
      "--room",
      "square",
      "--dry-run",
      "--json"
    };
    Cli.Result dry = town.cli.run(look);
    assertThat(dry.state()).isEqualTo(7);
    assertThat(dry.json().path("surplus").path(0).asText()).isEqualTo(first);
    assertThat(dry.json().path("repaired").asBoolean()).isFalse();
    Cli.Result repair =
        town.cli.run("reconcile", "--server", town.server.url(), "--db", db, "--room", "square");
    assertThat(repair.state()).isZero();
    assertThat(repair.out()).contains("1 gone from the server, repaired: " + first);
    assertThat(town.cli.run(look).state()).isZero();
  }
}
