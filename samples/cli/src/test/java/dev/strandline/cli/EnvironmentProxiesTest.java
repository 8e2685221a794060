package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.PasswordAuthentication;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentProxiesTest {
  private static final URI SERVER = URI.create("https://chat.example.org");

  private static @Nullable String proxy(String server, Map<String, String> environment) {
    EnvironmentProxies found = EnvironmentProxies.find(URI.create(server), environment);
    return found == null ? null : found.address().getHostString() + ":" + found.address().getPort();
  }

  @ParameterizedTest
  @CsvSource({
    "https://chat.example.org, HTTPS_PROXY, http://proxy.lan:3128, proxy.lan:3128",
    "https://chat.example.org, https_proxy, proxy.lan:3128/, proxy.lan:3128",
    "https://chat.example.org, ALL_PROXY, http://proxy.lan, proxy.lan:80",
    "http://chat.example.org, http_proxy, HTTP://[::1]:8080, [::1]:8080",
    "http://chat.example.org, HTTPS_PROXY, http://proxy.lan:3128,",
    "https://chat.example.org, HTTP_PROXY, http://proxy.lan:3128,",
    "https://chat.example.org, HTTPS_PROXY, ' ',",
    "https://localhost:3000, HTTPS_PROXY, http://proxy.lan:3128,",
    "https://127.0.0.1:3000, HTTPS_PROXY, http://proxy.lan:3128,",
    "https://[::1]:3000, HTTPS_PROXY, http://proxy.lan:3128,"
  })
  void theVariableOfTheServersSchemeNamesIt(
      String server, String variable, String value, @Nullable String found) {
    assertThat(proxy(server, Map.of(variable, value))).isEqualTo(found);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "chat.example.org|*|true",
        "chat.example.org|example.org|true",
        "chat.example.org|a, .EXAMPLE.org|true",
        "chat.example.org|*.example.org|true",
        "chat.example.org|chat.example.org:443|true",
        "chat.example.org|chat.example.org:8443|false",
        "chat.example.org|ample.org|false",
        "chat.example.org|org.example|false",
        "chat.example.org|,|false",
        "10.1.2.3|10.1.2.3|true",
        "10.1.2.3|10.0.0.0/8|true",
        "10.1.2.3|10.2.0.0/16|false",
        "10.1.2.3|2.3|false",
        "[2001:db8::1]|2001:db8::/32|true",
        "[2001:db8::1]|[2001:db8:0::1]:443|true",
        "[2001:db8::1]|10.0.0.0/8|false",
        "chat.example.org|10.0.0.0/8|false"
      })
  void whatNoProxyNamesIsAskedDirectly(String host, String entries, boolean direct) {
    Map<String, String> environment = Map.of("HTTPS_PROXY", "http://p:1", "NO_PROXY", entries);
    assertThat(proxy("https://" + host, environment) == null).isEqualTo(direct);
  }

  @Test
  void aLoginInItIsGivenToTheProxyAndShownNowhere() {
    EnvironmentProxies found =
        EnvironmentProxies.find(
            SERVER, Map.of("https_proxy", "http://me:a%40b+c%25@proxy.lan:3128"));
    assertThat(found).isNotNull();
    PasswordAuthentication login = found.login();
    assertThat(login).isNotNull();
    assertThat(login.getUserName()).isEqualTo("me");
    assertThat(new String(login.getPassword())).isEqualTo("a@b+c%");
    assertThat(found.toString()).doesNotContain("a@b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "socks5://me:secret@proxy.lan:1080",
        "socks5h://proxy.lan",
        "socks4a://proxy.lan",
        "https://me:secret@proxy.lan:443",
        "ftp://proxy.lan",
        "http://me:sec ret@proxy.lan",
        "http://me:secret@proxy_lan:3128",
        "http://me:secret@proxy.lan:99999",
        "http://me:sec%ret@proxy.lan",
        "http://:3128"
      })
  void whatCannotBeUsedIsSaidWithTheVariablesNameAndNotItsValue(String value) {
    assertThatThrownBy(() -> EnvironmentProxies.find(SERVER, Map.of("HTTPS_PROXY", value)))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.exitState()).isEqualTo(ExitState.USAGE);
              assertThat(problem.getMessage() + problem.advice())
                  .contains("HTTPS_PROXY")
                  .doesNotContain("secret", "sec ret", "java.");
            });
  }
}
