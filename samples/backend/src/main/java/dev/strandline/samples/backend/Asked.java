package dev.strandline.samples.backend;

import com.sun.net.httpserver.HttpExchange;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request, taken apart: method, decoded path and parameters. */
final class Asked {
  private final HttpExchange exchange;
  private final List<String> path = new ArrayList<>();
  private final Map<String, String> parameters = new HashMap<>();

  /**
   * Takes a request apart.
   *
   * @throws Refusal where its escapes are none, or a parameter is there twice
   */
  Asked(HttpExchange exchange) {
    this.exchange = exchange;
    String rawPath = exchange.getRequestURI().getRawPath();
    for (String part : rawPath.substring(1).split("/", -1)) {
      path.add(decoded(part.replace("+", "%2B")));
    }
    String query = exchange.getRequestURI().getRawQuery();
    if (query == null || query.isEmpty()) {
      return;
    }
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      if (parameters.put(name, value) != null) {
        throw Refusal.badParameter(name, "is there twice.", "Send it once.");
      }
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new Refusal(
          400, "bad-url", "The URL has a '%' that begins no escape.", "Escape ids and words.");
    }
  }

  HttpExchange exchange() {
    return exchange;
  }

  String method() {
    return exchange.getRequestMethod();
  }

  List<String> path() {
    return path;
  }

  @Nullable String header(String name) {
    return exchange.getRequestHeaders().getFirst(name);
  }

  @Nullable String parameter(String name) {
    return parameters.get(name);
  }

  /**
   * A parameter that has to be a number.
   *
   * @throws Refusal where it is none, or out of range
   */
  int number(String name, int otherwise, int most) {
    String value = parameters.get(name);
    if (value == null) {
      return otherwise;
    }
    int number = value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : 0;
    if (number < 1 || number > most) {
      throw Refusal.badParameter(
          name, "must be a number from 1 to " + most + ".", "Ask for a page that is no larger.");
    }
    return number;
  }

  /**
   * Refuses every other parameter: a misspelt one that was ignored would be answered wrongly.
   *
   * @throws Refusal where there is one
   */
  void allowOnly(Set<String> names) {
    for (String name : parameters.keySet()) {
      if (!names.contains(name)) {
        String known =
            names.isEmpty() ? "none" : String.join(", ", names.stream().sorted().toList());
        throw new Refusal(
            400,
            "unknown-parameter",
            "There is a parameter that means nothing here.",
            "The parameters of this URL are: " + known + ".");
      }
    }
  }
}
