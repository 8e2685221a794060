package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.strandline.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchAndExportTest {
  @TempDir private Path folder;
  private Town town;
  private Path db;
  private String high;
  private String low;
  private String nasty;

  @BeforeEach
  void fill() {
    town = new Town();
    db = folder.resolve("chat.db");
    high = town.post("High tide, \"they say\", at 東京\nand so on");
    low = town.post("=low tide");
    nasty = town.post("tide \u001b[2J\u202e end");
    assertThat(town.cli.sync(town.server, db, "--all").state()).isZero();
  }

  @AfterEach
  void stop() {
    town.close();
  }

  @Test
  void aSearchShowsWhatWasFoundAndWhere() {
    Cli.Result result = town.cli.run("search", "--db", db, "TIDE", "high");
    assertThat(result.state()).isZero();
    assertThat(result.out()).contains("[High] [tide], \"they say\"").contains(high);
    assertThat(result.out()).doesNotContain(low);
    assertThat(result.err()).contains("1 found.", "Every message was read", "--index");
    assertThat(town.cli.run("search", "--db", db, "--", "tide", "-high", "-end").out())
        .contains("=low [tide]");
    assertThat(town.cli.run("search", "--db", db, "\"they say\"").out()).contains(high);
    assertThat(town.cli.run("search", "--db", db, "東京").out()).contains("[東京]");
    Cli.Result nothing = town.cli.run("search", "--db", db, "flood");
    assertThat(nothing.out()).isEmpty();
    assertThat(nothing.err()).startsWith("Nothing found.");
  }

  @Test
  void anIndexIsMadeOnce_keptByEverySync_andTakenAway() {
    assertThat(town.cli.run("search", "--db", db, "--index").err()).contains("has a search index");
    String late = town.post("spring tide");
    town.cli.sync(town.server, db, "--all");
    Cli.Result found = town.cli.run("search", "--db", db, "--newest", "--limit", "1", "tide");
    assertThat(found.out()).contains(late);
    assertThat(found.err()).contains("1 found.", "Older ones: --before " + late);
    assertThat(found.err()).doesNotContain("Every message was read");
    Cli.Result older = town.cli.run("search", "--db", db, "--newest", "--before", late, "tide");
    assertThat(older.out()).contains(low, high).doesNotContain(late);
    assertThat(town.cli.run("doctor", "--db", db).state()).isZero();
    Cli.Result without = town.cli.run("search", "--db", db, "--no-index", "tide");
    assertThat(without.err())
        .contains("has no search index.", "4 found.", "Every message was read");
  }

  @Test
  void aSearchIsNarrowedDown_andSaysWhatItCannotUnderstand() {
    assertThat(town.cli.run("search", "--db", db, "--author", "nobody", "tide").out()).isEmpty();
    assertThat(town.cli.run("search", "--db", db, "--author", "@ben", "tide").out()).contains(high);
    assertThat(town.cli.run("search", "--db", db, "--from", "2999-01-01", "tide").out()).isEmpty();
    assertThat(town.cli.run("search", "--db", db, "--until", "2999-01-01T00:00:00Z", "tide").out())
        .contains(high);
    assertThat(town.cli.run("search", "--db", db, "--room", "square", "tide").out()).contains(high);
    assertUsage("at least one word", "search", "--db", db);
    assertUsage("at least one word", "search", "--db", db, "--", "-low");
    assertUsage("is no time", "search", "--db", db, "--from", "tomorrow", "tide");
    assertUsage("Did you mean", "search", "--db", db, "--room", "sqaure", "tide");
    assertUsage("no room", "search", "--db", db, "--room", "nowhere", "tide");
    assertUsage("goes with --newest", "search", "--db", db, "--before", high, "tide");
    assertUsage("no message", "search", "--db", db, "--newest", "--before", "nobody", "tide");
    assertUsage("1 to 10000", "search", "--db", db, "--limit", "0", "tide");
  }

  @Test
  void aSearchAsJsonGivesTheMessageAndThePlaces() throws Exception {
    JsonNode hit = town.cli.run("search", "--db", db, "--json", "high").json();
    assertThat(hit.at("/message/_id").asText()).isEqualTo(high);
    assertThat(hit.at("/places/0/start").asInt()).isZero();
    assertThat(hit.at("/places/0/end").asInt()).isEqualTo(4);
  }

  @Test
  void aSearchSaysWhatItsRoomsAreWorth() {
    Path partial = folder.resolve("partial.db");
    town.workspace.conversation().fill(town.square, 300);
    String room = town.square;
    Object[] newest = {"--room", room, "--history", "none", "--page-size", "100"};
    assertThat(town.cli.sync(town.server, partial, newest).state()).isZero();
    assertThat(town.cli.run("search", "--db", partial, "tide").err())
        .contains("1 of 1 rooms are not complete; what they lack was not searched.");
    assertThat(town.cli.run("search", "--db", partial, "--room", room, "tide").err())
        .contains("The room is complete only from 2025-10-09");
    assertThat(town.cli.run("search", "--db", db, "tide").err()).doesNotContain("not complete");
    assertThat(town.cli.run("search", "--db", db, "--room", room, "tide").err())
        .contains("The room is complete as of 2025-10-09");
  }

  @Test
  void anIndexThatIsDamagedIsMadeAnew_andMissedMeanwhileByNobody() throws Exception {
    assertThat(town.cli.run("search", "--db", db, "--index").state()).isZero();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + db);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "UPDATE message_words_data SET block = x'0102030405060708' WHERE id > 1");
    }
    Cli.Result meanwhile = town.cli.run("search", "--db", db, "high");
    assertThat(meanwhile.out()).contains(high);
    assertThat(meanwhile.err()).contains("Every message was read", db + " --index");
    Cli.Result after = town.cli.run("search", "--db", db, "--index", "high");
    assertThat(after.out()).contains(high);
    assertThat(after.err()).doesNotContain("Every message was read");
    assertThat(town.cli.run("doctor", "--db", db).state()).isZero();
  }

  @Test
  void anIndexIsNotMadeWhileSomebodyWrites() {
    try (SqliteStore busy = SqliteStore.open(db)) {
      Cli.Result result = town.cli.run("search", "--db", db, "--index", "tide");
      assertThat(result.state()).isEqualTo(ExitState.DATABASE);
      assertThat(result.err().lines()).hasSize(1);
      assertThat(busy.check()).isEmpty();
    }
    Path none = folder.resolve("none.db");
    for (String command : List.of("search", "export")) {
      Object[] arguments = {command, "--db", none, command.equals("search") ? "tide" : "--json"};
      assertThat(town.cli.run(arguments).state()).isEqualTo(ExitState.DATABASE);
    }
    assertThat(town.cli.run("search", "--db", none, "--index").err()).contains("strandline sync");
    assertThat(none).doesNotExist();
  }

  @Test
  void anExportHasEveryMessageByteForByte_andSaysWhatItIsWorth() throws Exception {
    town.workspace.removals().delete(low, town.ben);
    town.cli.sync(town.server, db, "--all");
    Cli.Result result = town.cli.run("export", "--db", db);
    assertThat(result.state()).isZero();
    assertThat(messages(result.out())).isEqualTo(town.listing());
    List<String> lines = result.lines();
    JsonNode export = Cli.parsed(lines.get(0)).path("export");
    assertThat(export.path("version").asInt()).isEqualTo(1);
    assertThat(export.path("rooms").asInt()).isEqualTo(1);
    assertThat(export.at("/coverage/state").asText()).isEqualTo("complete");
    assertThat(export.at("/coverage/inQuestion").asInt()).isZero();
    assertThat(export.at("/coverage/directoryReadAt").asText()).startsWith("2025-10-09T");
    JsonNode room = Cli.parsed(lines.get(1)).path("room");
    assertThat(room).isEqualTo(town.cli.run("rooms", "--db", db, "--json").json());
    assertThat(room.at("/coverage/state").asText()).isEqualTo("complete");
    JsonNode tombstone = Cli.parsed(lines.get(lines.size() - 2)).path("tombstone");
    assertThat(tombstone.path("id").asText()).isEqualTo(low);
    assertThat(tombstone.path("room").asText()).isEqualTo(town.square);
    assertThat(tombstone.path("reason").asText()).isEqualTo("deleted");
    assertThat(lines.get(lines.size() - 1))
        .isEqualTo("{\"end\":{\"rooms\":1,\"messages\":2,\"tombstones\":1,\"complete\":true}}");
    assertThat(result.err())
        .startsWith("2 messages and 1 tombstone of 1 room, all of them complete.\n")
        .contains("The list of rooms was read ");
    assertThat(town.cli.run("export", "--db", db, "--json", "--room", "square").out())
        .isEqualTo(result.out());
  }

  @Test
  void anExportOfWhatIsNotCompleteSaysSo() {
    Path partial = folder.resolve("partial.db");
    town.workspace.conversation().fill(town.square, 300);
    town.cli.sync(
        town.server, partial, "--room", town.square, "--history", "none", "--page-size", "100");
    Cli.Result result = town.cli.run("export", "--db", partial);
    List<String> lines = result.lines();
    JsonNode coverage = Cli.parsed(lines.get(1)).at("/room/coverage");
    assertThat(coverage.path("state").asText()).isEqualTo("incomplete");
    assertThat(coverage.path("from").asText()).startsWith("2025-10-09");
    assertThat(Cli.parsed(lines.get(lines.size() - 1)).at("/end/complete").asBoolean()).isFalse();
    assertThat(result.err()).contains(" is complete only from 2025-10-09").doesNotContain("all of");
    assertThat(town.cli.run("export", "--db", partial, "--csv", "rooms").out())
        .contains(",incomplete,2025-10-09");
  }

  @Test
  void anExportAsCsvIsOneTable_inWhichNothingIsCalculated() {
    String csv = town.cli.run("export", "--db", db, "--csv").out();
    assertThat(csv)
        .startsWith(
            "room_id,room,message_id,sent_at,updated_at,author,type,thread_id,replies,text\r\n")
        .contains(
            "," + high + ",",
            ",ben,,,0,\"High tide, \"\"they say\"\", at 東京\nand so on\"\r\n",
            ",'=low tide\r\n");
    assertThat(town.cli.run("export", "--db", db, "--csv", "messages").out()).isEqualTo(csv);
    assertThat(town.cli.run("export", "--db", db, "--csv", "--raw").out())
        .isEqualTo(csv.replace("'=", "="));
    Cli.Result rooms = town.cli.run("export", "--db", db, "--csv", "rooms");
    assertThat(rooms.out())
        .contains(town.square + ",square,channel,member,3,0,0,0,0,complete,,2025-10-09T")
        .contains(",cause,in_question\r\n")
        .endsWith("Z,,0\r\n");
    assertThat(rooms.err()).startsWith("1 room, all of them complete.\n");
    town.workspace.removals().delete(low, town.ben);
    town.cli.sync(town.server, db, "--all");
    assertThat(town.cli.run("export", "--db", db, "--csv", "tombstones").out())
        .startsWith("room_id,room,message_id,gone_at,reason\r\n")
        .contains("square," + low + ",2025-10-09T")
        .endsWith(",deleted\r\n");
  }

  @Test
  void anExportThatMakesNoSenseIsRefused() {
    assertUsage("exclude", "export", "--db", db, "--json", "--csv");
    assertUsage("--raw goes with --csv", "export", "--db", db, "--raw");
    assertUsage("--force goes with --out", "export", "--db", db, "--force");
    assertUsage("no room", "export", "--db", db, "--room", "nowhere");
    assertUsage("'threads'", "export", "--db", db, "--csv", "threads");
  }

  @Test
  void noControlCharacterReachesATerminal() {
    Cli terminal = town.cli.onTerminal(100);
    for (Cli.Result result :
        List.of(
            terminal.run("search", "--db", db, "tide"),
            terminal.run("search", "--db", db, "--json", "tide"),
            terminal.run("search", "--db", db, "--room", "no\u001b[2J", "tide"),
            terminal.run("export", "--db", db),
            terminal.run("export", "--db", db, "--csv"))) {
      if (result.state() == ExitState.DONE) {
        assertThat(result.out()).contains(nasty);
      }
      assertThat((result.out() + result.err()).chars())
          .noneMatch(c -> (Character.isISOControl(c) && c != '\n' && c != '\r') || c == 0x202e);
    }
    assertThat(messages(town.cli.run("export", "--db", db).out()))
        .as("what goes to a program is not touched")
        .contains("\u202e");
  }

  /** The documents of an export, a line each. */
  private static String messages(String export) {
    String before = "{\"message\":";
    return export
        .lines()
        .filter(line -> line.startsWith(before))
        .map(line -> line.substring(before.length(), line.length() - 1) + "\n")
        .collect(Collectors.joining());
  }

  private void assertUsage(String saying, Object... arguments) {
    Cli.Result result = town.cli.run(arguments);
    assertThat(result.state()).as(result.err()).isEqualTo(ExitState.USAGE);
    assertThat(result.err()).contains(saying);
    assertThat(result.out()).isEmpty();
  }
}
