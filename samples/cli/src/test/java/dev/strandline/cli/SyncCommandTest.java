package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.strandline.testkit.server.FakeRoomType;
import dev.strandline.testkit.server.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncCommandTest {
  @TempDir private Path folder;

  private Path db() {
    return folder.resolve("chat.db");
  }

  private static List<String> fields(JsonNode object) {
    List<String> fields = new ArrayList<>();
    object.fieldNames().forEachRemaining(fields::add);
    return fields;
  }

  @Test
  void jsonIsOneObjectOfTheDocumentedShape() {
    try (Town town = new Town()) {
      town.post("one");
      town.post("two");
      Cli.Result result = town.cli.sync(town.server, db(), "--room", town.square, "--json");
      assertThat(result.state()).isZero();
      assertThat(result.lines()).hasSize(1);
      assertThat(result.err()).isEmpty();
      JsonNode report = result.json();
      assertThat(fields(report))
          .containsExactly(
              "outcome",
              "requests",
              "scopes",
              "routes",
              "bytes",
              "routeBytes",
              "unreadableRooms",
              "stoppedBy");
      long bytes = 0;
      for (JsonNode route : report.path("routeBytes")) {
        bytes += route.asLong();
      }
      assertThat(bytes).isEqualTo(report.path("bytes").asLong()).isPositive();
      assertThat(fields(report.path("routeBytes"))).isEqualTo(fields(report.path("routes")));
      int counted = 0;
      for (JsonNode route : report.path("routes")) {
        counted += route.asInt();
      }
      assertThat(counted).isEqualTo(report.path("requests").asInt()).isPositive();
      assertThat(report.path("stoppedBy").isNull()).isTrue();
      assertThat(report.path("outcome").asText()).isEqualTo("complete");
      JsonNode scope = report.path("scopes").path(0);
      assertThat(fields(scope))
          .containsExactly(
              "scope",
              "outcome",
              "requests",
              "upserts",
              "tombstones",
              "unchanged",
              "quarantined",
              "error");
      assertThat(scope.path("scope").asText()).isEqualTo("room:" + town.square);
      assertThat(scope.path("upserts").asInt()).isEqualTo(2);
      assertThat(scope.path("error").isNull()).isTrue();
    }
  }

  @Test
  void aFailedScopeSaysWhyAndEndsWith5() {
    try (Town town = new Town()) {
      String den = town.workspace.rooms().create(FakeRoomType.GROUP, "den", town.ada, town.ben);
      town.cli.sync(town.server, db(), "--all");
      town.workspace.rooms().leave(den, town.ada);
      Cli.Result result =
          town.cli.sync(town.server, db(), "--room", "den", "--room", town.square, "--json");
      assertThat(result.state()).isEqualTo(5);
      JsonNode report = result.json();
      assertThat(report.path("outcome").asText()).isEqualTo("partial");
      JsonNode error = report.path("scopes").path(0).path("error");
      assertThat(fields(error)).containsExactly("kind", "message", "retryAfterMs");
      assertThat(error.path("kind").asText()).isEqualTo("room-unavailable");
      assertThat(result.err()).contains("den: ").contains("check the room id");
    }
  }

  @Test
  void anUnchangedServerCostsTwoRequestsAndChangesNothing() {
    try (Town town = new Town()) {
      for (int i = 0; i < 300; i++) {
        town.post("message " + i);
      }
      assertThat(town.cli.sync(town.server, db(), "--room", town.square).state()).isZero();
      town.server.clearRequests();
      Cli.Result again = town.cli.sync(town.server, db(), "--room", town.square, "--json");
      JsonNode scope = again.json().path("scopes").path(0);
      assertThat(scope.path("upserts").asInt()).isZero();
      assertThat(scope.path("tombstones").asInt()).isZero();
      assertThat(again.json().path("requests").asInt()).isLessThanOrEqualTo(2);
      assertThat(town.server.requests().size()).isEqualTo(again.json().path("requests").asInt());
    }
  }

  @Test
  void aStoredRoomCanBeNamed() {
    try (Town town = new Town()) {
      town.cli.sync(town.server, db(), "--all");
      Cli.Result result = town.cli.sync(town.server, db(), "--room", "square", "--json");
      assertThat(result.json().path("scopes").path(0).path("scope").asText())
          .isEqualTo("room:" + town.square);
    }
  }

  @Test
  void peopleGetATableWithASumAndNoProgressWhereNobodyWatches() {
    try (Town town = new Town()) {
      town.post("one");
      Cli.Result result = town.cli.sync(town.server, db(), "--all");
      assertThat(result.state()).isZero();
      assertThat(result.lines()).hasSize(3);
      assertThat(result.lines().get(0)).startsWith("SCOPE").contains("ADDED/CHANGED");
      assertThat(result.lines().get(1)).startsWith("square").contains("complete");
      assertThat(result.lines().get(2)).startsWith("in all");
      assertThat(result.err()).isEmpty();
    }
  }

  @Test
  void refusedCredentialsEndWith3() {
    try (Town town = new Town()) {
      Cli stranger =
          new Cli(
              java.util.Map.of(
                  "STRANDLINE_USER_ID", town.ada.id(), "STRANDLINE_AUTH_TOKEN", "wrong-token"),
              0);
      Cli.Result result = stranger.sync(town.server, db(), "--all");
      assertThat(result.state()).isEqualTo(3);
      assertThat(result.err()).doesNotContain("wrong-token");
    }
  }

  @Test
  void missingCredentialsEndWith3AndTellHowToGetSome() {
    try (Town town = new Town()) {
      Cli.Result result = Cli.withoutAccount().sync(town.server, db(), "--all");
      assertThat(result.state()).isEqualTo(3);
      assertThat(result.err())
          .contains("Personal Access Tokens")
          .contains("export STRANDLINE_USER_ID=");
      assertThat(db()).doesNotExist();
    }
  }

  @Test
  void anUnreachableServerEndsWith4() {
    Town town = new Town();
    town.close();
    Cli.Result result = town.cli.sync(town.server, db(), "--all");
    assertThat(result.state()).isEqualTo(4);
    assertThat(result.err()).startsWith("strandline: ");
  }

  @Test
  void aFileThatIsNoDatabaseEndsWith6AndStaysAsItIs() throws Exception {
    Files.writeString(db(), "a letter to a friend");
    try (Town town = new Town()) {
      assertThat(town.cli.sync(town.server, db(), "--all").state()).isEqualTo(6);
    }
    assertThat(Files.readString(db())).isEqualTo("a letter to a friend");
  }

  @Test
  void anotherAccountsDatabaseEndsWith6() {
    try (Town town = new Town()) {
      town.cli.sync(town.server, db(), "--all");
      assertThat(Cli.of(town.ben).sync(town.server, db(), "--all").state()).isEqualTo(6);
    }
  }

  @Test
  void credentialsAreNeverPrintedWhateverHappens() {
    try (Town town = new Town()) {
      town.post("hello");
      StringBuilder said = new StringBuilder();
      Fault[] faults = {
        Fault.unauthorized(), Fault.status(500), Fault.html(), Fault.garbage(), Fault.reset()
      };
      for (Fault fault : faults) {
        town.server.faults().next("chat.syncMessages", 3, fault);
        Cli.Result result = town.cli.sync(town.server, db(), "--all", "-v", "--debug");
        said.append(result.out()).append(result.err());
        town.server.faults().clear();
      }
      assertThat(said.toString())
          .isNotEmpty()
          .doesNotContain(town.ada.authToken())
          .doesNotContain(town.ada.id());
    }
  }

  @Test
  void nothingToDoIsAMistakeThatIsNamed() {
    Cli.Result result =
        Cli.withoutAccount().run("sync", "--server", "http://localhost:1", "--db", db());
    assertThat(result.state()).isEqualTo(2);
    assertThat(result.err()).contains("--room").contains("--all").contains("sync --help");
  }

  @Test
  void plainHttpToAnotherMachineIsAMistakeUnlessAllowed() {
    try (Town town = new Town()) {
      Cli.Result result =
          town.cli.run("sync", "--server", "http://192.0.2.1", "--db", db(), "--all");
      assertThat(result.state()).isEqualTo(2);
      assertThat(result.err()).contains("--allow-http");
    }
  }
}
