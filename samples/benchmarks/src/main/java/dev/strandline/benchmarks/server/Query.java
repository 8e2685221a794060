package dev.strandline.benchmarks.server;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The parameters of a request. */
final class Query {
  private Query() {}

  static Map<String, String> parse(String text) {
    Map<String, String> parameters = new HashMap<>();
    int from = 0;
    while (from < text.length()) {
      int next = text.indexOf('&', from);
      int end = next < 0 ? text.length() : next;
      int equals = text.indexOf('=', from);
      parameters.put(
          text.substring(from, equals),
          URLDecoder.decode(text.substring(equals + 1, end), StandardCharsets.UTF_8));
      from = end + 1;
    }
    return parameters;
  }
}
