package dev.strandline.testkit.server;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An answer, before any connection is involved.
 *
 * @param status the HTTP status
 * @param headers header values by name, in the order sent
 * @param body what follows
 */
public record Response(int status, Map<String, String> headers, Body body) {
  static final String JSON = "application/json";

  /** Copies the headers. */
  public Response {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  static Response json(int status, Body body) {
    return of(status, JSON, body);
  }

  static Response json(Body.Pieces pieces) {
    return json(200, pieces.body());
  }

  static Response json(JsonNode json) {
    return json(200, Body.of(json));
  }

  static Response of(int status, String contentType, Body body) {
    return new Response(status, Map.of("Content-Type", contentType), body);
  }

  /** Returns the value of a header, whatever the case of its name; null where it is missing. */
  public @Nullable String header(String name) {
    Map<String, String> caseless = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    caseless.putAll(headers);
    return caseless.get(name);
  }

  /** Returns the body as a JSON tree. */
  public JsonNode json() {
    return body.json();
  }

  Response with(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putAll(more);
    return new Response(status, all, body);
  }

  Response without(String header) {
    Map<String, String> rest = new LinkedHashMap<>(headers);
    rest.keySet().removeIf(header::equalsIgnoreCase);
    return new Response(status, rest, body);
  }
}
