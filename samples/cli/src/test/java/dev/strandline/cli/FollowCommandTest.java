package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sync --follow}, from outside. */
class FollowCommandTest {
  @TempDir private Path folder;

  private Path db() {
    return folder.resolve("chat.db");
  }

  private Process follow(Town town, Object... more) throws Exception {
    Object[] args = new Object[more.length + 6];
    Object[] first = {"sync", "--server", town.server.url(), "--db", db(), "--follow"};
    System.arraycopy(first, 0, args, 0, first.length);
    System.arraycopy(more, 0, args, first.length, more.length);
    return ChildCommand.plain(folder).startToBeRead("follow", town.cli, args);
  }

  @Test
  void jsonIsALineARunAndSigtermEndsItInGoodOrderWithAnHonestLine() throws Exception {
    try (Town town = new Town()) {
      town.post("hello");
      Process process = follow(town, "--json");
      try (BufferedReader out = process.inputReader()) {
        JsonNode run = Cli.parsed(out.readLine());
        assertThat(run.path("outcome").asText()).isEqualTo("complete");
        assertThat(run.path("scopes").path(0).path("upserts").asInt()).isEqualTo(1);
        // SIGTERM, and unlike Process.destroy() it leaves the output to be read.
        process.toHandle().destroy();
        assertThat(out.readLine()).as("it waited, and no run was cut short").isNull();
      }
      // What shells expect of a program that was ended by SIGTERM.
      assertThat(process.waitFor()).isEqualTo(128 + 15);
      assertThat(Files.readString(folder.resolve("follow.err")))
          .startsWith("Stopped after 1 run and 5 requests. Every new message up to 20")
          .endsWith(" is stored.\n");
      assertThat(town.cli.run("doctor", "--db", db()).state()).isZero();
      assertThat(town.cli.run("messages", "--db", db(), "--room", "square").out())
          .contains("hello");
    }
  }

  @Test
  void peopleGetALineForWhatHappened() throws Exception {
    try (Town town = new Town()) {
      town.post("hello");
      Process process = follow(town, "--room", town.square);
      try (BufferedReader out = process.inputReader()) {
        assertThat(out.readLine())
            .endsWith("complete: 1 room or thread, 1 added or changed, 0 removed, 4 requests");
      }
      process.destroy();
      process.waitFor();
    }
  }

  @Test
  void refusedCredentialsEndItWith3() {
    try (Town town = new Town()) {
      Cli stranger =
          new Cli(
              Map.of("STRANDLINE_USER_ID", town.ada.id(), "STRANDLINE_AUTH_TOKEN", "wrong-token"),
              0);
      Cli.Result result = stranger.sync(town.server, db(), "--follow", "--json");
      assertThat(result.state()).isEqualTo(3);
      assertThat(result.lines()).hasSize(1);
      assertThat(result.json().path("stoppedBy").path("kind").asText()).isEqualTo("not-authorized");
      assertThat(result.err())
          .contains("Stopped after 1 run and 2 requests. The last run failed.")
          .contains("No room has been read to its end.");
    }
  }

  @Test
  void anotherAccountsDatabaseEndsItWith6() {
    try (Town town = new Town()) {
      town.cli.sync(town.server, db(), "--all");
      assertThat(Cli.of(town.ben).sync(town.server, db(), "--follow").state()).isEqualTo(6);
    }
  }

  @Test
  void followDoesNotGoWithAll() {
    Cli.Result result =
        Cli.withoutAccount()
            .run("sync", "--server", "http://localhost:1", "--db", db(), "--follow", "--all");
    assertThat(result.state()).isEqualTo(2);
    assertThat(result.err()).contains("--follow goes with --room");
  }
}
