package dev.strandline.cli;

import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Clients for what the environment asks for beyond the library's own. */
final class HttpClients {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** By default Java sends no password to a proxy that it asks for a way to an https server. */
  private static final String WITHHELD_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

  private HttpClients() {}

  /**
   * A client that goes through the proxy which the environment names for a server; null where it
   * names none. What is set for Java itself goes before.
   */
  static @Nullable HttpClient throughProxy(URI server, Map<String, String> environment) {
    if (System.getProperty("socksProxyHost") != null) {
      throw Problem.usage(
          "socksProxyHost is set, and Java's HTTP client cannot use a SOCKS proxy.",
          "Name an HTTP proxy in HTTPS_PROXY, or take socksProxyHost out of the Java options.");
    }
    String property = server.getScheme().toLowerCase(Locale.ROOT) + ".proxyHost";
    if (System.getProperty(property) != null) {
      return null;
    }
    EnvironmentProxies proxy = EnvironmentProxies.find(server, environment);
    if (proxy == null) {
      return null;
    }
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_TIMEOUT)
            .proxy(proxy.selector());
    PasswordAuthentication login = proxy.login();
    if (login != null) {
      if (System.getProperty(WITHHELD_SCHEMES) == null) {
        System.setProperty(WITHHELD_SCHEMES, "");
      }
      client.authenticator(EnvironmentProxies.answering(login));
    }
    return client.build();
  }
}
