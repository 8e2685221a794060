package dev.strandline.testkit.replay;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was asked.
 *
 * @param path such as {@code /api/v1/chat.syncMessages}
 * @param parameters by name
 */
record Question(String path, Map<String, String> parameters) {

  /** Reads the path and query of a request. */
  static Question of(String url) {
    URI uri = URI.create(url);
    Map<String, String> parameters = new TreeMap<>();
    if (uri.getRawQuery() != null) {
      for (String pair : uri.getRawQuery().split("&", -1)) {
        String[] sides = pair.split("=", 2);
        parameters.put(decoded(sides[0]), sides.length == 1 ? "" : decoded(sides[1]));
      }
    }
    return new Question(uri.getRawPath(), parameters);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** How much another question differs; the smaller, the nearer. */
  int distance(Question other) {
    int distance = path.equals(other.path) ? 0 : 1000;
    for (String name : names(other)) {
      if (!value(name).equals(other.value(name))) {
        distance += parameters.containsKey(name) && other.parameters.containsKey(name) ? 1 : 3;
      }
    }
    return distance;
  }

  /** Where another question differs, for people. */
  String difference(Question other) {
    StringBuilder text = new StringBuilder();
    for (String name : names(other)) {
      if (!value(name).equals(other.value(name))) {
        text.append(text.isEmpty() ? "" : ", ")
            .append(name)
            .append(" is ")
            .append(value(name))
            .append(" and was ")
            .append(other.value(name));
      }
    }
    return text.isEmpty() ? "nothing but its path" : text.toString();
  }

  private Iterable<String> names(Question other) {
    TreeSet<String> names = new TreeSet<>(parameters.keySet());
    names.addAll(other.parameters.keySet());
    return names;
  }

  private String value(String name) {
    return parameters.getOrDefault(name, "(absent)");
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(path.replaceFirst("^/api/v1/", ""));
    parameters.forEach((name, value) -> text.append(' ').append(name).append('=').append(value));
    return text.toString();
  }
}
