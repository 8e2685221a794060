package dev.strandline.testkit.server;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that arrived at a {@link FakeServer}.
 *
 * @param method {@code GET}…
 * @param route the API route's name, or the path where it is none
 * @param query its parameters with all their values
 * @param status the status answered; 0 where a fault left it without an answer
 * @param fault the fault that was used on it, or null
 */
public record SeenRequest(
    String method,
    String route,
    Map<String, List<String>> query,
    int status,
    @Nullable Fault fault) {

  /** Returns a parameter's first value, or null where it was not sent. */
  public @Nullable String parameter(String name) {
    List<String> values = query.get(name);
    return values == null ? null : values.get(0);
  }
}
