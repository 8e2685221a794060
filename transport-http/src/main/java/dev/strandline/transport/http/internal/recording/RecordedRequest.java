package dev.strandline.transport.http.internal.recording;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was asked, scrubbed.
 *
 * @param path without the prefix that the server is served under
 * @param parameters by name
 */
record RecordedRequest(String path, Map<String, String> parameters) {

  /**
   * @param prefix the path before {@code /api}
   */
  static RecordedRequest of(URI uri, String prefix, Scrubber scrubber) {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    String query = uri.getRawQuery();
    Map<String, String> parameters = new TreeMap<>();
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        parameters.put(decoded(name), scrubber.safe(decoded(value)));
      }
    }
    String inside = path.startsWith(prefix) ? path.substring(prefix.length()) : path;
    return new RecordedRequest(scrubber.safe(inside), parameters);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  /** One line that is the same for the same question. */
  String text() {
    StringBuilder text = new StringBuilder(path.replaceFirst("^/api/v1/", ""));
    parameters.forEach((name, value) -> text.append(' ').append(name).append('=').append(value));
    return text.toString();
  }
}
