package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.strandline.testkit.server.FakeRoomType;
import dev.strandline.testkit.server.FakeServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person meets who begins: mistakes cost nothing, the file remembers, and names work. */
class FirstHourTest {
  @TempDir private Path folder;

  private Path db() {
    return folder.resolve("chat.db");
  }

  private void assertNothingIsLeft() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  private static void assertOneProblem(Cli.Result result, int state, String... words) {
    assertThat(result.state()).as(result.err()).isEqualTo(state);
    assertThat(List.of(words)).allSatisfy(word -> assertThat(result.err()).contains(word));
    assertThat(result.err().lines().filter(line -> line.startsWith("strandline: "))).hasSize(1);
  }

  // --- mistakes ----------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"--all", "--changes", "--room=square", "--room=R1", "--thread=m1"})
  void aMistypedUrlLeavesNothingBehind(String what) throws Exception {
    try (Town town = new Town()) {
      Cli.Result result =
          town.cli.run(
              "sync",
              "--server",
              town.server.url() + "/home",
              "--db",
              db(),
              "--retries",
              "0",
              what);
      assertThat(result.state()).as(result.err()).isIn(4, 5);
      assertNothingIsLeft();
      assertThat(town.cli.sync(town.server, db(), "--all").state()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--all", "--changes", "--room=square", "--thread=m1", "--follow"})
  void aRefusedLoginLeavesNothingBehind(String what) throws Exception {
    try (Town town = new Town()) {
      Cli stranger =
          new Cli(
              Map.of("STRANDLINE_USER_ID", town.ada.id(), "STRANDLINE_AUTH_TOKEN", "wrong-token"),
              0);
      assertOneProblem(stranger.sync(town.server, db(), what), 3);
      assertNothingIsLeft();
    }
  }

  @Test
  void aNameThatDoesNotResolveLeavesNothingBehind() throws Exception {
    try (Town town = new Town()) {
      Cli.Result result =
          town.cli.run(
              "sync",
              "--server",
              "https://no-such-host.invalid",
              "--db",
              db(),
              "--retries",
              "0",
              "--all");
      assertOneProblem(result, 4);
      assertNothingIsLeft();
    }
  }

  @Test
  void aWrongTokenForAKnownFileLosesNothing() {
    try (Town town = new Town()) {
      town.post("one");
      town.cli.sync(town.server, db(), "--all");
      Cli stranger =
          new Cli(
              Map.of("STRANDLINE_USER_ID", town.ada.id(), "STRANDLINE_AUTH_TOKEN", "wrong-token"),
              0);
      for (String what : List.of("--all", "--changes", "--room=square")) {
        Cli.Result result = stranger.run("sync", "--db", db(), "--retries", "0", what);
        assertOneProblem(result, 3);
        assertThat(result.err().lines()).hasSize(1);
      }
      Cli.Result read = town.cli.run("messages", "--db", db(), "--room", "square", "--json");
      assertThat(read.out()).contains("one");
      assertThat(town.cli.run("sync", "--db", db(), "--all").state()).isZero();
    }
  }

  // --- the file remembers ------------------------------------------------------------------------

  @Test
  void theFileRemembersItsServer() {
    try (Town town = new Town()) {
      town.post("one");
      assertThat(town.cli.sync(town.server, db(), "--all").state()).isZero();
      town.post("two");
      assertThat(town.cli.run("sync", "--db", db(), "--all").state()).isZero();
      assertThat(town.cli.run("reconcile", "--db", db(), "--room", "#square").state()).isZero();
      assertThat(town.cli.run("messages", "--db", db(), "--room", "Square").out()).contains("two");
      Cli.Result anonymous = Cli.withoutAccount().run("sync", "--db", db(), "--all");
      assertOneProblem(anonymous, 3, "STRANDLINE_USER_ID", "STRANDLINE_AUTH_TOKEN");
    }
  }

  @Test
  void aNewFileNeedsAServer() throws Exception {
    try (Town town = new Town()) {
      assertOneProblem(town.cli.run("sync", "--db", db(), "--all"), 2, "--server");
      assertNothingIsLeft();
    }
  }

  @Test
  void aSlashAtTheEndAndTheCaseOfTheHostMakeNoDifference() {
    try (Town town = new Town()) {
      town.cli.sync(town.server, db(), "--all");
      String url = town.server.url().replace("http://", "HTTP://") + "//";
      assertThat(town.cli.run("sync", "--server", url, "--db", db(), "--all").state()).isZero();
    }
  }

  @Test
  void statusAndDoctorTellWhoseTheFileIs() {
    try (Town town = new Town()) {
      town.cli.sync(town.server, db(), "--all");
      String whose = town.server.url() + " (user id " + town.ada.id() + ", workspace id ";
      assertThat(town.cli.run("status", "--db", db()).err()).contains(whose);
      assertThat(town.cli.run("doctor", "--db", db()).err()).contains(whose);
      JsonNode owner =
          Cli.parsed(town.cli.run("status", "--db", db(), "--json").lines().get(0)).path("owner");
      assertThat(owner.path("server").asText()).isEqualTo(town.server.url());
      assertThat(owner.path("userId").asText()).isEqualTo(town.ada.id());
    }
  }

  // --- a server that moves -----------------------------------------------------------------------

  @Test
  void aMovedServerIsNamedAndAdopted() {
    try (Town town = new Town();
        FakeServer moved = FakeServer.start(town.workspace)) {
      town.post("one");
      town.cli.sync(town.server, db(), "--all");
      Cli.Result refused = town.cli.sync(moved, db(), "--all");
      assertOneProblem(refused, 6, town.server.url(), moved.url(), "strandline adopt");
      Cli.Result adopted = town.cli.run("adopt", "--db", db(), "--server", moved.url());
      assertThat(adopted.state()).as(adopted.err()).isZero();
      assertThat(adopted.out()).contains("belongs now to " + moved.url());
      assertThat(town.cli.run("adopt", "--db", db(), "--server", moved.url()).out())
          .contains("belongs already to " + moved.url());
      town.post("two");
      assertThat(town.cli.run("sync", "--db", db(), "--all").state()).isZero();
      assertThat(town.cli.run("messages", "--db", db(), "--room", "square").out())
          .contains("one", "two");
      assertOneProblem(town.cli.sync(town.server, db(), "--all"), 6, moved.url());
    }
  }

  @Test
  void whatIsNotTheSameAccountOfTheSameWorkspaceIsNotAdopted() {
    try (Town town = new Town();
        FakeServer moved = FakeServer.start(town.workspace)) {
      town.cli.sync(town.server, db(), "--all");
      Cli.Result another =
          Cli.of(town.ben).run("adopt", "--db", db(), "--server", moved.url(), "--force");
      assertOneProblem(another, 6, town.ada.id(), town.ben.id());
      Cli stranger =
          new Cli(Map.of("STRANDLINE_USER_ID", town.ada.id(), "STRANDLINE_AUTH_TOKEN", "wrong"), 0);
      assertOneProblem(stranger.run("adopt", "--db", db(), "--server", moved.url()), 3);
      town.workspace.settings().set("uniqueID", TextNode.valueOf("another"));
      assertOneProblem(
          town.cli.run("adopt", "--db", db(), "--server", moved.url(), "--force"),
          6,
          "Another workspace");
      assertThat(town.cli.run("status", "--db", db()).err()).contains(town.server.url());
    }
  }

  @Test
  void adoptingNeedsAFileAndAServer() throws Exception {
    try (Town town = new Town()) {
      assertOneProblem(
          town.cli.run("adopt", "--db", db(), "--server", town.server.url()), 6, "no database");
      assertOneProblem(town.cli.run("adopt", "--db", db()), 2, "--server");
      assertNothingIsLeft();
    }
  }

  // --- names -------------------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(strings = {"square", "#square", "SQUARE", "#Square"})
  void aRoomIsNamedOnANewFile(String name) {
    try (Town town = new Town()) {
      town.post("one");
      Cli.Result result = town.cli.sync(town.server, db(), "--room", name);
      assertThat(result.state()).as(result.err()).isZero();
      assertThat(town.cli.run("messages", "--db", db(), "--room", name).out()).contains("one");
    }
  }

  @Test
  void aDirectConversationIsNamedByThePartner() {
    try (Town town = new Town()) {
      String direct = town.workspace.rooms().create(FakeRoomType.DIRECT, "ben", town.ada, town.ben);
      town.workspace.messages().post(direct, town.ben, "hello");
      for (String name : List.of("@ben", "ben")) {
        Cli.Result result = town.cli.sync(town.server, db(), "--room", name, "--json");
        assertThat(result.json().path("scopes").path(0).path("scope").asText())
            .isEqualTo("room:" + direct);
      }
    }
  }

  @Test
  void aRoomNamedByItsIdHasItsNameAndType() {
    try (Town town = new Town()) {
      town.cli.sync(town.server, db(), "--room", town.square);
      JsonNode room = Cli.parsed(town.cli.run("rooms", "--db", db(), "--json").lines().get(0));
      assertThat(room.path("name").asText()).isEqualTo("square");
      assertThat(room.path("type").asText()).isEqualTo("channel");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqaure", "#sqare", "nowhere"})
  void anUnknownNameIsTheUsersMistakeAndLeavesNothing(String name) {
    try (Town town = new Town()) {
      town.post("one");
      for (int i = 0; i < 2; i++) {
        Cli.Result result = town.cli.sync(town.server, db(), "--room", "square", "--room", name);
        assertOneProblem(result, 2, name);
        assertThat(result.err())
            .contains(name.equals("nowhere") ? "by its id" : "Did you mean " + town.square);
        assertThat(result.out()).isEmpty();
        town.cli.sync(town.server, db(), "--room", "square");
      }
      assertThat(town.cli.run("status", "--db", db(), "--json").lines()).hasSize(1);
      assertThat(town.cli.run("rooms", "--db", db(), "--json").lines()).hasSize(1);
      assertOneProblem(town.cli.sync(town.server, db(), "--follow", "--room", name), 2, name);
    }
  }

  @Test
  void aNameThatTheServerCannotBeAskedAboutIsReportedLikeAnyRunThatFailed() {
    try (Town town = new Town()) {
      Cli.Result result =
          town.cli.run(
              "sync",
              "--server",
              "https://no-such-host.invalid",
              "--db",
              db(),
              "--retries",
              "0",
              "--room",
              "square",
              "--json");
      assertOneProblem(result, 4);
      assertThat(result.json().path("stoppedBy").path("kind").asText()).isEqualTo("unreachable");
    }
  }

  @Test
  void anAmbiguousNameIsAnsweredWithTheIds() {
    try (Town town = new Town()) {
      String other = town.workspace.rooms().create(FakeRoomType.GROUP, "square", town.ada);
      Cli.Result result = town.cli.sync(town.server, db(), "--room", "square");
      assertOneProblem(result, 2, town.square, other);
    }
  }

  @Test
  void aMistypedThreadLeavesNothing() {
    try (Town town = new Town()) {
      town.post("one");
      town.cli.sync(town.server, db(), "--room", "square");
      assertThat(town.cli.sync(town.server, db(), "--thread", "mistyped").state()).isEqualTo(5);
      assertThat(town.cli.run("status", "--db", db(), "--json").lines()).hasSize(1);
    }
  }

  @Test
  void aPublicRoomOfOthersIsReadByItsId() {
    try (Town town = new Town()) {
      town.workspace.settings().publicChannelsReadable(true);
      String market = town.workspace.rooms().create(FakeRoomType.CHANNEL, "market", town.ben);
      town.workspace.messages().post(market, town.ben, "fish");
      assertOneProblem(
          town.cli.sync(town.server, db(), "--room", "market"), 2, "market", "by its id");
      assertThat(town.cli.sync(town.server, db(), "--room", market).state()).isZero();
      assertThat(town.cli.run("messages", "--db", db(), "--room", market).out()).contains("fish");
    }
  }
}
