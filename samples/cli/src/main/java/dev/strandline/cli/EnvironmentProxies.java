package dev.strandline.cli;

import dev.strandline.cli.text.Harmless;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The proxy that the environment names for a server, in the variables that other programs heed too:
 * {@code HTTPS_PROXY}, {@code HTTP_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY}, in capitals or
 * not.
 *
 * @param address where it is; its name is resolved when it is used
 * @param login the user and the password that it asks for
 */
record EnvironmentProxies(InetSocketAddress address, @Nullable PasswordAuthentication login) {
  private static final int USUAL_PORT = 80;

  /**
   * The proxy for a server; null where none is named or the server is to be asked directly.
   *
   * @throws Problem where one is named in a way that cannot be used
   */
  static @Nullable EnvironmentProxies find(URI server, Map<String, String> environment) {
    String scheme = server.getScheme().toUpperCase(Locale.ROOT);
    String variable = named(environment, scheme + "_PROXY", "ALL_PROXY");
    if (variable == null || isDirect(server, environment)) {
      return null;
    }
    return parse(variable, environment.getOrDefault(variable, "").strip());
  }

  private static @Nullable String named(Map<String, String> environment, String... names) {
    for (String name : names) {
      for (String each : List.of(name.toLowerCase(Locale.ROOT), name)) {
        if (!environment.getOrDefault(each, "").isBlank()) {
          return each;
        }
      }
    }
    return null;
  }

  private static EnvironmentProxies parse(String variable, String text) {
    // Never the text itself: there may be a password in it.
    URI url;
    try {
      url = new URI(text.contains("://") ? text : "http://" + text);
    } catch (URISyntaxException e) {
      throw unusable(variable, "is not the URL of a proxy");
    }
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    if (scheme.startsWith("socks")) {
      throw unusable(variable, "names a SOCKS proxy, which Java's HTTP client cannot use");
    }
    if (scheme.equals("https")) {
      throw unusable(
          variable, "names a proxy that is spoken to by TLS, which Java's HTTP client cannot do");
    }
    if (!scheme.equals("http") || url.getHost() == null || url.getPort() > 65_535) {
      throw unusable(variable, "is not the URL of a proxy");
    }
    int port = url.getPort() < 0 ? USUAL_PORT : url.getPort();
    return new EnvironmentProxies(
        InetSocketAddress.createUnresolved(url.getHost(), port), login(url.getRawUserInfo()));
  }

  private static Problem unusable(String variable, String why) {
    return Problem.usage(
        "the environment variable " + variable + " " + why + ".",
        "Write it as http://proxy.example.org:3128 (with a login: http://user:password@…), or unset"
            + " it; NO_PROXY names hosts to ask directly.");
  }

  private static @Nullable PasswordAuthentication login(@Nullable String userInfo) {
    if (userInfo == null || userInfo.isEmpty()) {
      return null;
    }
    int colon = userInfo.indexOf(':');
    String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
    String password = colon < 0 ? "" : userInfo.substring(colon + 1);
    return new PasswordAuthentication(decoded(user), decoded(password).toCharArray());
  }

  private static String decoded(String text) {
    // A plus is a plus here.
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** Whether {@code NO_PROXY} names the server. This machine is always asked directly. */
  private static boolean isDirect(URI server, Map<String, String> environment) {
    String host = bare(server.getHost());
    byte[] address = literal(host);
    if (host.equals("localhost") || isLoopback(address)) {
      return true;
    }
    String variable = named(environment, "NO_PROXY");
    String entries = variable == null ? "" : environment.getOrDefault(variable, "");
    int port =
        server.getPort() >= 0 ? server.getPort() : server.getScheme().equals("https") ? 443 : 80;
    for (String entry : entries.toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
      if (names(entry, host, port, address)) {
        return true;
      }
    }
    return false;
  }

  private static boolean names(String entry, String host, int port, byte @Nullable [] address) {
    if (entry.equals("*")) {
      return true;
    }
    int slash = entry.indexOf('/');
    if (slash > 0) {
      return address != null
          && isWithin(address, entry.substring(0, slash), entry.substring(slash + 1));
    }
    String wanted = entry;
    // One colon parts a port; an address of IPv6 has more, or brackets.
    int colon = entry.lastIndexOf(':');
    if (colon > 0 && (entry.indexOf(':') == colon || entry.charAt(colon - 1) == ']')) {
      if (!entry.substring(colon + 1).equals(Integer.toString(port))) {
        return false;
      }
      wanted = entry.substring(0, colon);
    }
    String name = bare(wanted).replaceFirst("^\\*?\\.", "");
    byte[] meant = literal(name);
    if (meant != null) {
      return address != null && java.util.Arrays.equals(address, meant);
    }
    return address == null && !name.isEmpty() && (host.equals(name) || host.endsWith("." + name));
  }

  private static boolean isWithin(byte[] address, String network, String bits) {
    byte[] start = literal(bare(network));
    if (start == null || start.length != address.length || !bits.matches("[0-9]{1,3}")) {
      return false;
    }
    int length = Math.min(Integer.parseInt(bits), 8 * start.length);
    for (int i = 0; i < length; i++) {
      int mask = 0x80 >> (i % 8);
      if ((start[i / 8] & mask) != (address[i / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  private static String bare(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    return lower.startsWith("[") && lower.endsWith("]")
        ? lower.substring(1, lower.length() - 1)
        : lower;
  }

  /** The bytes of an address that is written as such; null for a name, which is not looked up. */
  private static byte @Nullable [] literal(String host) {
    if (!host.contains(":") && !host.matches("[0-9]+(\\.[0-9]+){3}")) {
      return null;
    }
    try {
      return InetAddress.getByName(host.contains(":") ? "[" + host + "]" : host).getAddress();
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private static boolean isLoopback(byte @Nullable [] address) {
    try {
      return address != null && InetAddress.getByAddress(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** For a client, which asks before each connection. */
  ProxySelector selector() {
    Proxy proxy = new Proxy(Proxy.Type.HTTP, address);
    return new ProxySelector() {
      @Override
      public List<Proxy> select(URI uri) {
        return List.of(proxy);
      }

      @Override
      public void connectFailed(URI uri, SocketAddress at, IOException e) {}
    };
  }

  /** Gives the login to the proxy, and to nobody else. */
  static Authenticator answering(PasswordAuthentication login) {
    return new Authenticator() {
      @Override
      protected @Nullable PasswordAuthentication getPasswordAuthentication() {
        return getRequestorType() == RequestorType.PROXY ? login : null;
      }
    };
  }

  @Override
  public String toString() {
    return "proxy " + Harmless.line(address.getHostString());
  }
}
