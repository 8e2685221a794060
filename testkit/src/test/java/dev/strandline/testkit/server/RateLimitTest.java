package dev.strandline.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Promises the server's way of limiting calls (what R15 must live with). */
class RateLimitTest {
  private final Scene scene = limited(ServerForm.V8_7);

  private static Scene limited(ServerForm form) {
    Scene scene = new Scene(form);
    scene.api =
        new FakeRocketChat(scene.workspace, form, RateLimit.serverDefault(), TieOrder.INSERTION);
    return scene;
  }

  private Response callFrom(String address) {
    Request request = Request.call(scene.ada, "rooms.get");
    return scene.api.handle(
        new Request("GET", request.path(), request.query(), request.headers(), address));
  }

  @Test
  void r15_refusesTheEleventhCallAndSaysUntilWhen() {
    long reset = scene.workspace.clock().millis() + 60_000;
    for (int i = 9; i >= 0; i--) {
      Response response = scene.call("rooms.get");
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.header("X-RateLimit-Limit")).isEqualTo("10");
      assertThat(response.header("X-RateLimit-Remaining")).isEqualTo(Integer.toString(i));
      assertThat(response.header("X-RateLimit-Reset")).isEqualTo(Long.toString(reset));
    }
    Response refused = scene.call("rooms.get");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("X-RateLimit-Remaining")).isEqualTo("0");
    assertThat(refused.header("Retry-After")).isNull();
    assertThat(refused.json().toString())
        .isEqualTo(
            "{\"success\":false,\"error\":\"Error, too many requests. Please slow down. You must wait 60 seconds"
                + " before trying this endpoint again. [error-too-many-requests]\"}");
  }

  @Test
  void r15_countsEachRouteByItself() {
    for (int i = 0; i < 11; i++) {
      scene.call("rooms.get");
    }
    assertThat(scene.call("rooms.get").status()).isEqualTo(429);
    assertThat(scene.call("subscriptions.get").status()).isEqualTo(200);
  }

  @Test
  void r15_givesANewAddressAWholeAllowanceButTheRestOfTheWindow() {
    callFrom("10.0.0.1");
    long reset = scene.workspace.clock().millis() + 60_000;
    scene.workspace.clock().advance(Duration.ofSeconds(50));
    Response response = callFrom("10.0.0.2");
    assertThat(response.header("X-RateLimit-Remaining")).isEqualTo("9");
    assertThat(response.header("X-RateLimit-Reset")).isEqualTo(Long.toString(reset));
  }

  @Test
  void r15_refusesACallExactlyAtTheResetAndTakesOneAMillisecondLater() {
    for (int i = 0; i < 10; i++) {
      scene.call("rooms.get");
    }
    scene.workspace.clock().advance(Duration.ofMinutes(1));
    assertThat(scene.call("rooms.get").status()).isEqualTo(429);
    scene.workspace.clock().advance(Duration.ofMillis(1));
    assertThat(scene.call("rooms.get").status()).isEqualTo(200);
  }

  @Test
  void r15_countsBadRequestsOnLegacyRoutesOnly() {
    Scene legacy = limited(ServerForm.V7);
    assertThat(scene.call("chat.syncMessages").header("X-RateLimit-Remaining")).isNull();
    assertThat(legacy.call("chat.syncMessages").header("X-RateLimit-Remaining")).isEqualTo("9");
  }

  @Test
  void r15_neverCountsCallsWithoutLogin() {
    for (int i = 0; i < 20; i++) {
      assertThat(scene.api.handle(Request.get("/api/v1/rooms.get", null)).status()).isEqualTo(401);
    }
    assertThat(scene.call("rooms.get").header("X-RateLimit-Remaining")).isEqualTo("9");
  }

  @Test
  void r15_letsBotsPassUncounted() {
    FakeUser bot =
        scene.workspace.users().create(new FakeUser("bot", "bot", "Bot", "t", Set.of("bot")));
    for (int i = 0; i < 20; i++) {
      Response response = scene.api.handle(Request.call(bot, "rooms.get"));
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.headers()).doesNotContainKey("X-RateLimit-Limit");
    }
  }

  @Test
  void r1_datesItsAnswersByTheWorkspacesClock() {
    scene.workspace.clock().set(Scene.START);
    assertThat(scene.call("me").headers())
        .containsAllEntriesOf(
            Map.of("Date", "Thu, 09 Oct 2025 09:00:00 GMT", "Cache-Control", "no-store"));
  }
}
