package dev.strandline.testkit.server;

import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One call of a route: the request, who makes it and the workspace it is about.
 *
 * @param caller null only on routes that need no login
 */
record Call(
    Request request,
    @Nullable FakeUser caller,
    FakeWorkspace workspace,
    ServerForm form,
    TieBreak ties) {

  WorkspaceState state() {
    return workspace.state();
  }

  FakeUser user() {
    if (caller == null) {
      throw ApiError.notLoggedIn(form);
    }
    return caller;
  }

  /** A parameter's value, or null where it is missing or empty: the server drops empty ones. */
  @Nullable String parameter(String name) {
    String value = request.first(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /** A numeric parameter, or the given value where it is missing, empty or no number. */
  long number(String name, long otherwise) {
    String value = parameter(name);
    if (value == null) {
      return otherwise;
    }
    OptionalDouble number = JavaScript.coerceNumber(value);
    return number.isPresent() ? (long) number.getAsDouble() : otherwise;
  }

  boolean flag(String name) {
    return "true".equals(request.first(name));
  }
}
