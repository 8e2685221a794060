package dev.strandline.transport.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.error.NotAuthorizedException;
import dev.strandline.error.ServerErrorException;
import java.net.Authenticator;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How requests are authorised, and where credentials do not go. */
class CredentialsTest extends WireTest {
  private static final String OLD_SHAPE =
      "{\"status\":\"error\",\"message\":\"You must be logged in to do this.\"}";
  private static final String NEW_SHAPE =
      "{\"success\":false,\"error\":\"You must be logged in to do this.\",\"status\":\"error\","
          + "\"message\":\"You must be logged in to do this.\"}";

  /** A provider that renews to {@code newer} and remembers. */
  private static final class Renewing implements CredentialsProvider {
    private final AtomicReference<Credentials> now =
        new AtomicReference<>(new Credentials(USER, TOKEN));
    private final Credentials newer;
    private final AtomicInteger renewals = new AtomicInteger();

    Renewing(Credentials newer) {
      this.newer = newer;
    }

    @Override
    public Credentials current() {
      return now.get();
    }

    @Override
    public Credentials renew(Credentials refused) {
      renewals.incrementAndGet();
      now.set(newer);
      return newer;
    }
  }

  private Renewing renewing(Credentials newer) {
    Renewing provider = new Renewing(newer);
    transport.close();
    transport = builder().credentials(provider).build();
    return provider;
  }

  private static void answerTo(String token, String body) {
    server()
        .stubFor(
            get(urlPathEqualTo(SYNC))
                .withHeader("X-Auth-Token", equalTo(token))
                .willReturn(ok(body)));
  }

  @ParameterizedTest
  @ValueSource(strings = {OLD_SHAPE, NEW_SHAPE, "<html>Authorization Required</html>", ""})
  void fixedCredentialsThatAreRefusedStopTheRun(String body) {
    answer(SYNC, ok(body).withStatus(401));

    assertThatThrownBy(() -> fetch(forward()))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("log in again");
    assertThat(call.sent).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {OLD_SHAPE, NEW_SHAPE})
  void refusedCredentialsAreRenewedOnceAndTheRequestIsSentAgain(String body) {
    Renewing provider = renewing(new Credentials(USER, "newer"));
    answer(SYNC, ok(body).withStatus(401));
    answerTo("newer", page(message("a"), "", "null"));
    fetch(forward());

    assertThat(sink.messages).hasSize(1);
    assertThat(call.sent).hasSize(2);
    assertThat(provider.renewals).hasValue(1);
  }

  @Test
  void credentialsAreRenewedWhereTheClientHasAnAuthenticatorForItsProxy() {
    Authenticator proxys = new Authenticator() {};
    Renewing provider = new Renewing(new Credentials(USER, "newer"));
    transport.close();
    transport =
        builder()
            .credentials(provider)
            .httpClient(HttpClient.newBuilder().authenticator(proxys).build())
            .build();
    answer(SYNC, ok(NEW_SHAPE).withStatus(401));
    answerTo("newer", page(message("a"), "", "null"));
    fetch(forward());

    assertThat(sink.messages).hasSize(1);
    assertThat(provider.renewals).hasValue(1);
  }

  @Test
  void credentialsThatExpireInTheMiddleOfAPassAreRenewed() {
    Renewing provider = renewing(new Credentials(USER, "newer"));
    answer(SYNC, ok(page(message("a"), "", "\"1760001004037\"")));
    fetch(forward());
    answer(SYNC, ok(NEW_SHAPE).withStatus(401));
    answerTo("newer", page(message("b"), "", "null"));
    fetch(forward());
    fetch(forward());

    assertThat(sink.messages).extracting(m -> m.id().value()).containsExactly("a", "b", "b");
    assertThat(provider.renewals).hasValue(1);
  }

  @Test
  void renewedCredentialsThatAreRefusedTooStopTheRun() {
    Renewing provider = renewing(new Credentials(USER, "newer"));
    answer(SYNC, ok(OLD_SHAPE).withStatus(401));

    assertThatThrownBy(() -> fetch(forward())).isInstanceOf(NotAuthorizedException.class);
    assertThat(call.sent).hasSize(2);
    assertThat(provider.renewals).hasValue(1);
  }

  @Test
  void whatAnotherThreadHasRenewedIsUsedWithoutAskingAgain() {
    Renewing provider = renewing(new Credentials(USER, "newest"));
    answer(SYNC, ok(OLD_SHAPE).withStatus(401));
    answerTo("newer", EMPTY_PAGE);
    RecordingCall meanwhile =
        new RecordingCall(clock) {
          @Override
          public void requestSent(String route) {
            super.requestSent(route);
            provider.now.set(new Credentials(USER, "newer"));
          }
        };
    transport.fetch(forward(), sink, meanwhile);

    assertThat(provider.renewals).hasValue(0);
    assertThat(meanwhile.sent).hasSize(2);
  }

  @Test
  void anotherAccountsCredentialsAreRefusedHere() {
    renewing(new Credentials("somebody-else", "newer"));
    answer(SYNC, ok(OLD_SHAPE).withStatus(401));

    assertThatThrownBy(() -> fetch(forward()))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("another account");
    assertThat(call.sent).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"success\":false,\"error\":\"unauthorized [error-unauthorized]\"}",
        "{\"status\":\"error\",\"message\":\"unauthorized\"}"
      })
  void aRouteThatIsForbiddenIsNotAuthorised(String body) {
    answer(SYNC, ok(body).withStatus(403));
    assertThatThrownBy(() -> fetch(forward())).isInstanceOf(NotAuthorizedException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<html>blocked</html>",
        "{\"code\":403,\"detail\":\"blocked\"}",
        "{\"status\":403}",
        "{}"
      })
  void aFirewallThatForbidsSaysNothingAboutTheAccount(String body) {
    answer(SYNC, ok(body).withStatus(403));
    assertThatThrownBy(() -> fetch(forward())).isInstanceOf(ServerErrorException.class);
  }

  @Test
  void aRedirectWithinTheServerIsFollowed() {
    answer(SYNC, aResponse().withStatus(307).withHeader("Location", "/moved?x=1"));
    answer("/moved", ok(page(message("a"), "", "null")));
    fetch(forward());

    assertThat(sink.messages).hasSize(1);
    assertThat(call.sent).hasSize(2);
  }

  @Test
  void credentialsAreNotTakenAlongToAnotherServer() {
    answer(
        SYNC,
        aResponse()
            .withStatus(302)
            .withHeader("Location", "http://127.0.0.1:" + server().port() + "/moved?t=" + TOKEN));
    answer("/moved", ok(EMPTY_PAGE));

    assertThatThrownBy(() -> fetch(forward()))
        .isInstanceOfSatisfying(
            ServerErrorException.class, e -> assertThat(e.status()).isEqualTo(302))
        .hasMessageContaining("http://127.0.0.1")
        .hasMessageNotContaining(TOKEN);
    assertThat(server().getAllServeEvents()).hasSize(1);
  }

  @Test
  void aRedirectThatHoldsAUserIsNotFollowedAndNotShown() {
    answer(
        SYNC,
        aResponse()
            .withStatus(307)
            .withHeader(
                "Location", "http://" + TOKEN + "@localhost:" + server().port() + "/moved"));
    answer("/moved", ok(EMPTY_PAGE));

    assertThatThrownBy(() -> fetch(forward()))
        .isInstanceOfSatisfying(
            ServerErrorException.class, e -> assertThat(e.status()).isEqualTo(307))
        .hasMessageNotContaining(TOKEN);
    assertThat(server().getAllServeEvents()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://localhost/x", "", "::", "mailto:a@b", "/api/v1/chat.syncMessages"})
  void otherRedirectsEndWithAdvice(String location) {
    answer(SYNC, aResponse().withStatus(301).withHeader("Location", location));

    assertThatThrownBy(() -> fetch(forward()))
        .isInstanceOf(ServerErrorException.class)
        .hasMessageContaining("https");
  }

  @Test
  void credentialsThatNoHeaderCanCarryAreRefusedWithoutQuotingThem() {
    for (String bad : new String[] {"", "secret\n", "sec ret", "secrét"}) {
      assertThatThrownBy(() -> new Credentials(USER, bad))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("sec");
    }
    assertThat(new Credentials(USER, TOKEN)).hasToString("Credentials[withheld]");
  }

  @Test
  void theAccountIsTheSameForTheSameUserOnTheSameServerOnly() {
    String here = account("https://chat.example.org", USER);

    assertThat(here).isEqualTo("https://chat.example.org " + USER);
    assertThat(account("https://CHAT.example.org:443/", USER)).isEqualTo(here);
    assertThat(account("https://chat.example.org", "other")).isNotEqualTo(here);
    assertThat(account("https://chat2.example.org", USER)).isNotEqualTo(here);
    assertThat(account("https://chat.example.org/team", USER)).isNotEqualTo(here);
  }

  private static String account(String url, String user) {
    try (HttpTransport transport =
        HttpTransport.builder(URI.create(url)).credentials(new Credentials(user, TOKEN)).build()) {
      return transport.account();
    }
  }
}
