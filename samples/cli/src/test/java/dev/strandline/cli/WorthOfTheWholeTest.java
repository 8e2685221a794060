package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.DirectoryState;
import dev.strandline.spi.InQuestion;
import dev.strandline.spi.RoomState;
import dev.strandline.store.sqlite.SqliteStore;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands say of what was never read, of what is in question, and of what has no date. */
final class WorthOfTheWholeTest {
  @TempDir Path folder;
  private final Town town = new Town();
  private Path db = Path.of("");
  private String message = "";

  @BeforeEach
  void create() {
    db = folder.resolve("chat.db");
    message = town.post("high tide");
  }

  @AfterEach
  void stop() {
    town.close();
  }

  @Test
  void r9_whatNoRunHasFilledIsUnknownAndNotComplete() throws Exception {
    SqliteStore.open(db).close();
    Cli.Result export = town.cli.run("export", "--db", db);
    assertThat(Cli.parsed(export.lines().get(0)).at("/export/coverage/state").asText())
        .isEqualTo("unknown");
    assertThat(Cli.parsed(export.lines().get(1)).at("/end/complete").asBoolean()).isFalse();
    assertThat(export.err()).contains("unknown: the list of rooms was never read");
    assertThat(town.cli.run("search", "--db", db, "tide").err())
        .contains("What was searched is unknown: the list of rooms was never read.");
    assertThat(town.cli.run("rooms", "--db", db).err()).contains("list of rooms was never read");
  }

  @Test
  void r9_whereTheListOfRoomsWasNeverReadThereMayBeOthers() throws Exception {
    town.cli.sync(town.server, db, "--room", town.square);
    // As an earlier version left it, which read no list for a room that was named.
    forgetTheListOfRooms();
    Cli.Result all = town.cli.run("export", "--db", db);
    assertThat(Cli.parsed(all.lines().get(0)).at("/export/coverage/state").asText())
        .isEqualTo("unknown");
    assertThat(all.err()).contains("there may be others").doesNotContain("all of them complete");
    Cli.Result one = town.cli.run("export", "--db", db, "--room", town.square);
    assertThat(Cli.parsed(one.lines().get(0)).at("/export/coverage/state").asText())
        .isEqualTo("complete");
    assertThat(one.err())
        .contains("all of them complete", "Only the rooms that were named, of 1 room stored.");
  }

  @Test
  void r9_aMessageInQuestionIsSeenEverywhere() throws Exception {
    town.cli.sync(town.server, db, "--all");
    putInQuestion(message);
    assertThat(town.cli.run("messages", "--db", db, "--room", town.square).err())
        .contains("complete but for 1 in question as of ");
    assertThat(town.cli.run("rooms", "--db", db).out()).contains("complete but for 1 in question");
    assertThat(town.cli.run("status", "--db", db).out()).contains("complete but for 1 in question");
    JsonNode status = town.cli.run("status", "--db", db, "--json").json();
    assertThat(status.path("inQuestion").asInt()).isEqualTo(1);
    assertThat(status.at("/coverage/inQuestion").asInt()).isEqualTo(1);
    Cli.Result export = town.cli.run("export", "--db", db);
    assertThat(Cli.parsed(export.lines().get(0)).at("/export/coverage/inQuestion").asInt())
        .isEqualTo(1);
    assertThat(export.out()).contains("\"complete\":false");
    assertThat(town.cli.run("doctor", "--db", db).state()).isZero();
    Cli.Result explained = town.cli.run("explain", "--db", db, message);
    assertThat(explained.out())
        .contains("It is in question since ", "another room", "A later sync settles it");
    JsonNode json = town.cli.run("explain", "--db", db, "--json", message).json();
    assertThat(json.at("/inQuestion/why").asText()).isEqualTo("moved");
  }

  @Test
  void peopleSeeHowLongAgoARoomWasWhole_andPositionsOnlyWhereTheyAsk() {
    town.cli.sync(town.server, db, "--all");
    assertThat(town.cli.run("status", "--db", db).out())
        .contains("AS OF", "NEWS")
        .doesNotContain("WATERMARK", "LAG");
    assertThat(town.cli.run("status", "--db", db, "--verbose").out())
        .contains("AS OF", "WATERMARK", "LAG");
  }

  @Test
  void aClaimNear1970HasNoDate() {
    town.cli.sync(town.server, db, "--all");
    try (SqliteStore store = SqliteStore.open(db)) {
      store.write(
          w -> {
            RoomState state = w.roomState(new RoomId(town.square)).orElseThrow();
            ServerTime early = new ServerTime(-120_000);
            w.putRoomState(
                RoomState.anchoredAt(state.room(), early)
                    .withHistory(state.history())
                    .claimed(early, dev.strandline.spi.Told.at(early)));
            return 0;
          });
    }
    for (String command : new String[] {"status", "rooms"}) {
      String out = town.cli.run(command, "--db", db, "--verbose").out();
      assertThat(out).contains("complete, no date known").doesNotContain("1969", "1970", " d ");
    }
  }

  private void forgetTheListOfRooms() {
    try (SqliteStore store = SqliteStore.open(db)) {
      store.write(
          w -> {
            w.putDirectory(DirectoryState.UNREAD);
            return 0;
          });
    }
  }

  private void putInQuestion(String id) {
    try (SqliteStore store = SqliteStore.open(db)) {
      store.write(
          w -> {
            w.putInQuestion(
                new InQuestion(
                    new MessageId(id),
                    new RoomId(town.square),
                    new ServerTime(1_760_000_000_000L),
                    InQuestion.Why.MOVED));
            return 0;
          });
    }
  }
}
