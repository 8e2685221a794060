package dev.strandline.transport.http.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Where a server is: its origin, and the path prefix that it is served under.
 *
 * @param origin scheme, host and port as in {@code https://chat.example.org:8443}; lower case, the
 *     default port left out
 * @param prefix the path before {@code /api}, without a slash at its end; usually empty
 */
public record ServerAddress(String origin, String prefix) {
  private static final int MOST_PORT = 65_535;
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  /**
   * Reads the URL that a user gave.
   *
   * @throws IllegalArgumentException where it is none that a server can have
   */
  public static ServerAddress of(URI url) {
    String authority = url.getRawAuthority();
    // Java finds no user where it finds no host.
    String holder = authority == null ? url.toString() : authority;
    if (url.getRawUserInfo() != null || holder.contains("@")) {
      throw withUser();
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "the server URL must end with the path, without ? or #: "
              + url.getScheme()
              + "://"
              + authority);
    }
    if (!isHttp(url) || authority == null) {
      throw noUrl(url.toString());
    }
    URI usable = url.getHost() == null ? HostName.usable(url) : url;
    if (usable.getPort() > MOST_PORT || usable.getPort() == 0) {
      throw new IllegalArgumentException(
          "the server URL has a port that no server can have, "
              + usable.getPort()
              + ": ports are from 1 to "
              + MOST_PORT);
    }
    String path = usable.getRawPath() == null ? "" : usable.getRawPath();
    while (path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    return new ServerAddress(originOf(usable), path);
  }

  /**
   * Reads a URL as a person writes or pastes it.
   *
   * @throws IllegalArgumentException where it is none that a server can have
   */
  public static URI parse(String text) {
    String bare = text.strip();
    URI url;
    try {
      url = new URI(bare);
    } catch (URISyntaxException e) {
      // Where a user is in it, a password may be, and a message would show it.
      throw bare.contains("@") ? withUser() : noUrl(bare);
    }
    ServerAddress server = of(url);
    return URI.create(server.origin() + server.prefix());
  }

  private static IllegalArgumentException withUser() {
    return new IllegalArgumentException(
        "the server URL must not hold a user or password: supply credentials apart from it");
  }

  static IllegalArgumentException noUrl(String given) {
    return new IllegalArgumentException(
        "the server URL must look like https://chat.example.org, not " + given);
  }

  private static boolean isHttp(URI url) {
    return "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
  }

  /** The origin of an absolute http or https URL, in the one form in which origins are compared. */
  static String originOf(URI url) {
    String scheme = url.getScheme().toLowerCase(Locale.ROOT);
    String host = url.getHost().toLowerCase(Locale.ROOT);
    int port = url.getPort();
    boolean isDefault = port == -1 || port == ("https".equals(scheme) ? 443 : 80);
    return scheme + "://" + host + (isDefault ? "" : ":" + port);
  }

  /** Whether what is sent there can be read on the way. */
  public boolean isPlain() {
    return origin.startsWith("http:");
  }

  /** Whether the host is this device. */
  public boolean isLoopback() {
    String host = URI.create(origin).getHost();
    return host.equals("localhost")
        || host.equals("localhost.")
        || host.matches("127\\.[0-9.]+")
        || HostName.isLoopbackLiteral(host);
  }

  /** The URL of a call. */
  URI call(String route, Map<String, String> parameters) {
    StringBuilder text = new StringBuilder(origin).append(prefix).append("/api/v1/").append(route);
    char separator = '?';
    for (Map.Entry<String, String> each : parameters.entrySet()) {
      text.append(separator).append(each.getKey()).append('=');
      encode(each.getValue(), text);
      separator = '&';
    }
    return URI.create(text.toString());
  }

  private static void encode(String value, StringBuilder target) {
    for (byte each : value.getBytes(StandardCharsets.UTF_8)) {
      if (each >= 0 && UNRESERVED.indexOf(each) >= 0) {
        target.append((char) each);
      } else {
        target.append('%').append(String.format("%02X", each & 0xff));
      }
    }
  }

  /** Parameters in the order in which they are given: name, value, name, value. */
  static Map<String, String> parameters(String... namesAndValues) {
    Map<String, String> result = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      result.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return result;
  }
}
