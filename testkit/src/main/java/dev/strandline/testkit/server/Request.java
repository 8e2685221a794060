package dev.strandline.testkit.server;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request as the API sees it, decoded.
 *
 * @param method {@code GET}, {@code POST}…
 * @param path the path without the query, decoded, for example {@code /api/v1/me}
 * @param query the parameters in the order sent, each with all its values, decoded
 * @param headers header values; names in any case
 * @param remoteAddress the caller's address, one half of the rate limiter's key
 */
public record Request(
    String method,
    String path,
    Map<String, List<String>> query,
    Map<String, String> headers,
    String remoteAddress) {

  private static final String API = "/api/v1/";

  /** Copies the maps; header names become case-insensitive. */
  public Request {
    query = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(query));
    Map<String, String> caseless = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    caseless.putAll(headers);
    headers = java.util.Collections.unmodifiableMap(caseless);
  }

  /**
   * Returns a GET by a logged-in user from the loopback address.
   *
   * @param target path and query, encoded as in a URL, for example {@code
   *     /api/v1/rooms.get?updatedSince=…}
   * @param user the caller, or null for nobody
   */
  public static Request get(String target, @Nullable FakeUser user) {
    Map<String, String> headers =
        user == null ? Map.of() : Map.of("X-User-Id", user.id(), "X-Auth-Token", user.authToken());
    return of("GET", target, headers, "127.0.0.1");
  }

  /**
   * Returns a GET of an API route by a logged-in user from the loopback address.
   *
   * @param user the caller
   * @param route the name, for example {@code chat.syncMessages}
   * @param parameters names and values by turns, not encoded
   */
  public static Request call(FakeUser user, String route, String... parameters) {
    StringBuilder target = new StringBuilder(API + route);
    for (int i = 0; i < parameters.length; i += 2) {
      target.append(i == 0 ? '?' : '&').append(encode(parameters[i]));
      target.append('=').append(encode(parameters[i + 1]));
    }
    return get(target.toString(), user);
  }

  static Request of(
      String method, String target, Map<String, String> headers, String remoteAddress) {
    int mark = target.indexOf('?');
    String path = mark < 0 ? target : target.substring(0, mark);
    Map<String, List<String>> query = mark < 0 ? Map.of() : parseQuery(target.substring(mark + 1));
    // A plus sign in a path is a plus sign.
    return new Request(method, decode(path.replace("+", "%2B")), query, headers, remoteAddress);
  }

  /** Returns the first value of a parameter, or null where it was not sent. */
  public @Nullable String first(String parameter) {
    List<String> values = query.get(parameter);
    return values == null ? null : values.get(0);
  }

  /**
   * Returns the API route's name, for example {@code chat.syncMessages}; for other paths the path
   * itself.
   */
  public String route() {
    return path.startsWith(API) ? path.substring(API.length()) : path;
  }

  private static Map<String, List<String>> parseQuery(String text) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        query.computeIfAbsent(decode(name), n -> new ArrayList<>()).add(decode(value));
      }
    }
    return query;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
