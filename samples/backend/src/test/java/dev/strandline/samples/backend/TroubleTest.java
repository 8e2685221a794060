package dev.strandline.samples.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.strandline.testkit.server.FakeServer;
import dev.strandline.testkit.server.FakeServerOptions;
import dev.strandline.testkit.server.FakeUser;
import dev.strandline.testkit.server.FakeWorkspace;
import dev.strandline.testkit.server.Fault;
import dev.strandline.testkit.server.FaultPlan;
import dev.strandline.testkit.server.RateLimit;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with Rocket.Chat, or with one account, stays there. */
@Timeout(120)
final class TroubleTest {
  @TempDir Path folder;

  private Harbour harbour;

  private Harbour harbour(FakeServerOptions options) {
    harbour = new Harbour(folder, options);
    return harbour;
  }

  @AfterEach
  void close() {
    harbour.close();
  }

  @Test
  void anAppReadsOnWhileRocketChatIsUnreachableAndIsToldSo() {
    harbour(FakeServerOptions.builder().build());
    FakeUser ada = harbour.person("ada");
    String room = harbour.room("quay", ada);
    harbour.workspace.conversation().fill(room, 20);
    try (Backend backend = harbour.start()) {
      App app = new App(backend.url(), "ada");
      app.awaitFirstRun();
      JsonNode before = app.get("rooms/" + room + "/messages");
      harbour.server.close();

      JsonNode sync = app.sync();
      assertThat(sync.get("outcome").asText()).isEqualTo("failed");
      assertThat(sync.at("/failure/kind").asText()).isEqualTo("unreachable");
      assertThat(app.get("rooms/" + room + "/messages")).isEqualTo(before);
      assertThat(app.get("search?q=the").get("hits")).isNotNull();
      JsonNode rooms = app.get("rooms");
      assertThat(rooms.at("/sync/failure/kind").asText()).isEqualTo("unreachable");
      assertThat(rooms.at("/sync/lastCompleteAt").isTextual()).isTrue();
      // And the service itself is well.
      assertThat(app.send("GET", "/health/ready").status()).isEqualTo(200);
      // It is not asked again at once, however often somebody wants it to be.
      assertThat(app.ask("POST", "sync").json().get("dueInSeconds").asInt()).isPositive();
    }
  }

  @Test
  void anAccountThatWasNeverReadSaysSoInsteadOfShowingNothing() throws Exception {
    harbour(FakeServerOptions.builder().build());
    harbour.person("ada");
    harbour.server.close();
    try (Backend backend = harbour.start()) {
      App app = new App(backend.url(), "ada");
      app.awaitFirstRun();
      JsonNode rooms = app.get("rooms");
      assertThat(rooms.get("rooms")).isEmpty();
      assertThat(rooms.at("/sync/lastCompleteAt").isNull()).isTrue();
      assertThat(rooms.at("/sync/failure/kind").asText()).isEqualTo("unreachable");
    }
  }

  @Test
  void anAccountWhoseServerNeverAnswersLosesItsTurnToOthers() throws Exception {
    harbour(FakeServerOptions.builder().build());
    harbour.person("ada");
    FakeUser bob = harbour.person("bob");
    harbour.room("quay", bob);
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      harbour.elsewhere("ada", "http://127.0.0.1:" + silent.getLocalPort());
      // One thread for all, and hers is the first turn.
      try (Backend backend = harbour.start("--syncs", "1", "--turn", "PT1S")) {
        App his = new App(backend.url(), "bob");
        his.awaitFirstRun();
        assertThat(his.get("rooms").get("rooms")).hasSize(1);
        assertThat(his.sync().get("outcome").asText()).isEqualTo("complete");
      }
    }
  }

  @Test
  void anAccountThatIsRefusedDoesNotHoldUpOthers() {
    harbour(FakeServerOptions.builder().build());
    harbour.person("ada");
    FakeUser bob = harbour.person("bob");
    harbour.room("quay", bob);
    FakeWorkspace elsewhere = FakeWorkspace.create();
    try (FakeServer other = FakeServer.start(elsewhere)) {
      // A server that does not know her.
      harbour.elsewhere("ada", other.url());
      try (Backend backend = harbour.start("--syncs", "1")) {
        App hers = new App(backend.url(), "ada");
        hers.awaitFirstRun();
        App his = new App(backend.url(), "bob");
        his.awaitFirstRun();
        assertThat(hers.get("status").at("/sync/failure/kind").asText())
            .isEqualTo("not-authorized");
        assertThat(his.get("rooms").at("/sync/failure").isNull()).isTrue();
      }
    }
  }

  @Test
  void accountsBehindOneAddressShareItsBudgetAndAllComeToTheirTurn() {
    harbour(
        FakeServerOptions.builder().rateLimit(new RateLimit(64, Duration.ofSeconds(1))).build());
    for (int i = 0; i < 12; i++) {
      FakeUser user = harbour.person("user" + i);
      harbour.room("room" + i, user);
      // One of them has far more to read than the others.
      for (int j = 0; i == 0 && j < 20; j++) {
        harbour.room("more" + j, user);
      }
    }
    try (Backend backend = harbour.start("--syncs", "3")) {
      for (int i = 0; i < 12; i++) {
        App app = new App(backend.url(), "user" + i);
        app.awaitFirstRun();
        assertThat(app.get("status").at("/sync/failure").isNull()).as("user%d", i).isTrue();
      }
      App any = new App(backend.url(), "user0");
      assertThat(any.send("GET", "/metrics").response().body())
          .contains("strandline_backend_upstream_refusals_total ")
          .contains("strandline_backend_syncs_total{outcome=\"complete\"} 12");
      assertThat(harbour.server.requests()).allMatch(request -> request.status() == 200);
    }
  }

  @Test
  void aServerInTroubleIsNotAskedAgainAtOnce() {
    harbour(FakeServerOptions.builder().build());
    FakeUser ada = harbour.person("ada");
    harbour.room("quay", ada);
    harbour.server.faults().next(FaultPlan.ANY_ROUTE, Fault.status(503));
    try (Backend backend = harbour.start()) {
      App app = new App(backend.url(), "ada");
      app.awaitFirstRun();
      assertThat(app.get("status").at("/sync/failure/kind").asText()).isEqualTo("server-error");
      assertThat(harbour.server.requests()).hasSize(1);
      assertThat(app.ask("POST", "sync").json().get("dueInSeconds").asInt()).isPositive();
    }
  }
}
