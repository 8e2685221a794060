package dev.strandline.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Promises who is told the limiter's window, by which a client can tell the server's clock. */
class LimiterClockTest {
  private static final Duration WINDOW = Duration.ofSeconds(17);

  private final Scene scene = new Scene();
  private final FakeUser bot =
      scene.workspace.users().create(new FakeUser("bot", "bot", "Bot", "t", Set.of("bot")));

  private FakeRocketChat api(ServerForm form) {
    return new FakeRocketChat(scene.workspace, form, new RateLimit(10, WINDOW), TieOrder.INSERTION);
  }

  @ParameterizedTest
  @EnumSource
  void settingsAskedForWithoutCredentialsTellTheWindowInEveryForm(ServerForm form) {
    long now = scene.workspace.clock().millis();
    Response response = api(form).handle(Request.get("/api/v1/settings.public", null));
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("X-RateLimit-Reset"))
        .isEqualTo(Long.toString(now + WINDOW.toMillis()));
  }

  @ParameterizedTest
  @EnumSource
  void whoPassesUncountedIsToldNothingWhereTheServerKnowsThem(ServerForm form) {
    FakeRocketChat api = api(form);
    assertThat(api.handle(Request.call(bot, "rooms.get")).header("X-RateLimit-Reset")).isNull();
    boolean told =
        api.handle(Request.call(bot, "settings.public")).header("X-RateLimit-Reset") != null;
    assertThat(told).isEqualTo(form == ServerForm.V6 || form == ServerForm.V7);
  }

  @Test
  void wrongCredentialsAreNobodysWhereNoneAreNeeded() {
    Map<String, String> wrong = Map.of("X-User-Id", bot.id(), "X-Auth-Token", "wrong");
    Request request = new Request("GET", "/api/v1/settings.public", Map.of(), wrong, "10.0.0.1");
    Response response = api(ServerForm.V8_7).handle(request);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("X-RateLimit-Remaining")).isEqualTo("9");
  }

  @Test
  void theServersTimeLiesBetweenAWindowBeforeTheResetAndTheReset() {
    FakeRocketChat api = api(ServerForm.V8_7);
    for (int second : List.of(0, 5, 10, 17, 18, 40)) {
      scene.workspace.clock().set(Scene.START.plusSeconds(second));
      long now = scene.workspace.clock().millis();
      Response response = api.handle(Request.get("/api/v1/settings.public", null));
      long reset = Long.parseLong(String.valueOf(response.header("X-RateLimit-Reset")));
      assertThat(now).isBetween(reset - WINDOW.toMillis(), reset);
    }
  }

  @Test
  void withoutALimiterNobodyIsToldAnything() {
    Response response =
        new FakeRocketChat(scene.workspace, ServerForm.V8_7)
            .handle(Request.get("/api/v1/settings.public", null));
    assertThat(response.headers()).doesNotContainKey("X-RateLimit-Reset");
  }

  @Test
  void threadRoutesHaveAnAllowanceOfTheirOwnFrom88On() {
    FakeRocketChat api = api(ServerForm.V8_8);
    long now = scene.workspace.clock().millis();
    for (String route : List.of("chat.syncThreadMessages", "chat.getThreadMessages")) {
      boolean sync = route.equals("chat.syncThreadMessages");
      Request request =
          sync
              ? Request.call(scene.ada, route, "tmid", "t", "updatedSince", "2020-01-01T00:00:00Z")
              : Request.call(scene.ada, route, "tmid", "t");
      for (int left = 19; left >= 0; left--) {
        Response response = api.handle(request);
        assertThat(response.header("X-RateLimit-Limit")).isEqualTo("20");
        assertThat(response.header("X-RateLimit-Remaining")).isEqualTo(Integer.toString(left));
        assertThat(response.header("X-RateLimit-Reset")).isEqualTo(Long.toString(now + 10_000));
      }
      assertThat(api.handle(request).status()).isEqualTo(429);
    }
    Response other = api(ServerForm.V8_7).handle(Request.call(scene.ada, "rooms.get"));
    assertThat(other.header("X-RateLimit-Limit")).isEqualTo("10");
  }
}
