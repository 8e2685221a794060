package dev.strandline.transport.http;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.error.NotAuthorizedException;
import dev.strandline.error.ServerErrorException;
import dev.strandline.spi.ServerFacts;
import java.net.http.HttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in front of a server, and what the server asks besides a token. */
class GatewayTest extends WireTest {
  private static final String SETTINGS = "/api/v1/settings.public";
  private static final String ROOMS = "/api/v1/rooms.get";

  private static void assertUnknown(ServerFacts facts) {
    assertThat(facts.uniqueId()).isNull();
    assertThat(facts.keepsHistory()).isNull();
    assertThat(facts.showsDeletedStatus()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 405, 410, 501})
  void settingsThatAGatewayWithholdsAreUnknownAndNoFailure(int status) {
    for (String body :
        new String[] {"<html>no</html>", "Not found", "{\"message\":\"no route\"}", ""}) {
      answer(SETTINGS, aResponse().withStatus(status).withBody(body));
      assertUnknown(transport.facts(call));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"<!doctype html><title>Sign in</title>", "{\"hello\":true}", ""})
  void aPageInPlaceOfTheSettingsLeavesThemUnknown(String body) {
    answer(SETTINGS, ok(body));
    assertUnknown(transport.facts(call));
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 503})
  void settingsThatMayComeLaterAreWaitedFor(int status) {
    answer(SETTINGS, aResponse().withStatus(status));
    assertThatThrownBy(() -> transport.facts(call)).isInstanceOf(ServerErrorException.class);
  }

  @Test
  void aLoginThatIsRefusedElsewhereIsAFailure() {
    answer(ROOMS, aResponse().withStatus(401));
    assertThatThrownBy(() -> transport.rooms(null, call))
        .isInstanceOf(NotAuthorizedException.class);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "400|{'success':false,'error':'TOTP Required [totp-required]','errorType':'totp-required'}",
        "401|{'success':false,'error':'totp-required','message':'TOTP Required'}",
        "401|{'status':'error','error':'totp-required','message':'TOTP Required'}",
        "403|{'success':false,'error':'TOTP Invalid [totp-invalid]','errorType':'totp-invalid'}"
      },
      delimiter = '|')
  void aSecondFactorIsNamedWithTheTokenThatDoesWithout(int status, String body) {
    answer(ROOMS, aResponse().withStatus(status).withBody(body.replace('\'', '"')));
    assertThatThrownBy(() -> transport.rooms(null, call))
        .isInstanceOf(NotAuthorizedException.class)
        .hasMessageContaining("second factor")
        .hasMessageContaining("Ignore Two Factor");
  }

  @Test
  void aClientOfTheApplicationsOwnAsksAPlainServerForNoUpgrade() {
    answer(SETTINGS, ok("{\"settings\":[],\"success\":true}"));
    // The JDK's default speaks HTTP/2.
    try (HttpTransport own = builder().httpClient(HttpClient.newHttpClient()).build()) {
      own.facts(call);
    }
    server().verify(1, getRequestedFor(urlPathEqualTo(SETTINGS)).withHeader("Upgrade", absent()));
  }
}
