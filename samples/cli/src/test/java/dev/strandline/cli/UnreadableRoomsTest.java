package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.strandline.testkit.server.FakeRoomType;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command says of an account of which not all rooms could be understood (R14). */
class UnreadableRoomsTest {
  private static final String WORDS = "list of rooms could not be understood";

  @TempDir private Path folder;

  private Path db() {
    return folder.resolve("chat.db");
  }

  @Test
  void r14_roomsThatMayBeMissingAreToldByEveryCommandThatSpeaksOfTheAccount() {
    try (Town town = new Town()) {
      town.post("one");
      town.workspace
          .rooms()
          .createWithId("z".repeat(600), FakeRoomType.CHANNEL, "harbour", town.ada, town.ben);
      Cli.Result sync = town.cli.sync(town.server, db(), "--all");
      assertThat(sync.state()).isEqualTo(ExitState.SCOPES_FAILED);
      assertThat(sync.out()).contains("partial");
      assertThat(sync.err()).contains(WORDS).doesNotContain("has no rooms");
      JsonNode report = town.cli.sync(town.server, db(), "--all", "--json").json();
      assertThat(report.path("unreadableRooms").asInt()).isPositive();
      assertThat(report.path("outcome").asText()).isEqualTo("partial");
      for (String command : new String[] {"status", "doctor", "export"}) {
        Cli.Result told = town.cli.run(command, "--db", db());
        assertThat(told.state()).as(command).isZero();
        assertThat(told.err()).as(command).contains(WORDS);
      }
      assertThat(town.cli.run("status", "--db", db(), "--json").out())
          .contains("{\"scope\":\"rooms\",\"coverage\":{\"state\":\"incomplete\"");
      assertThat(town.cli.run("export", "--db", db()).err()).doesNotContain("all of them complete");
      assertThat(town.cli.run("search", "--db", db(), "one").err()).contains(WORDS);
    }
  }
}
