package dev.strandline.testkit.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a route's parameters must look like; says what the server's validator says, in the order in
 * which it looks: required ones, unknown ones, then each in turn.
 */
final class Schema {
  private enum Kind {
    TEXT,
    FILLED_TEXT,
    NUMBER,
    DATE_TIME,
    CHOICE
  }

  private final Map<String, Kind> kinds = new LinkedHashMap<>();
  private final List<String> required;
  private Set<String> choices = Set.of();
  private @Nullable String alternative;

  private Schema(List<String> required) {
    this.required = required;
  }

  static Schema requiring(String... parameters) {
    Schema schema = new Schema(List.of(parameters));
    schema.text(parameters);
    return schema;
  }

  Schema text(String... parameters) {
    return put(Kind.TEXT, parameters);
  }

  Schema filledText(String... parameters) {
    return put(Kind.FILLED_TEXT, parameters);
  }

  Schema number(String... parameters) {
    return put(Kind.NUMBER, parameters);
  }

  Schema dateTime(String... parameters) {
    return put(Kind.DATE_TIME, parameters);
  }

  Schema choice(String parameter, String... values) {
    choices = Set.of(values);
    return put(Kind.CHOICE, parameter);
  }

  /**
   * Says that the server's schema is one of two, of which the other wants {@code parameter} in
   * place of what is required here. The other is not taken; a refusal complains about both.
   */
  Schema insteadOf(String parameter) {
    alternative = parameter;
    return this;
  }

  private Schema put(Kind kind, String... parameters) {
    for (String parameter : parameters) {
      kinds.put(parameter, kind);
    }
    return this;
  }

  /**
   * Looks at a request's parameters.
   *
   * @throws ApiError for the first that is not as it should be
   */
  void check(Request request, ServerForm form) {
    String complaint = complaint(request);
    if (complaint != null) {
      String other =
          alternative == null
              ? ""
              : "\n must have required property '"
                  + alternative
                  + "'\n must match exactly one schema in oneOf";
      throw ApiError.schema(form, complaint + other);
    }
  }

  private @Nullable String complaint(Request request) {
    for (String parameter : required) {
      if (!request.query().containsKey(parameter)) {
        return "must have required property '" + parameter + "'";
      }
    }
    if (!kinds.keySet().containsAll(request.query().keySet())) {
      return "must NOT have additional properties";
    }
    for (Map.Entry<String, Kind> known : kinds.entrySet()) {
      List<String> values = request.query().get(known.getKey());
      String complaint = values == null ? null : complaint(known.getValue(), values);
      if (complaint != null) {
        return complaint;
      }
    }
    return null;
  }

  private @Nullable String complaint(Kind kind, List<String> values) {
    String value = values.get(0);
    boolean repeated = values.size() > 1;
    if (kind == Kind.NUMBER) {
      // An empty text becomes null, which is allowed and ignored.
      boolean number = value.isEmpty() || JavaScript.coerceNumber(value).isPresent();
      return repeated || !number ? "must be number" : null;
    } else if (repeated) {
      return "must be string";
    } else if (kind == Kind.FILLED_TEXT && value.isEmpty()) {
      return "must NOT have fewer than 1 characters";
    } else if (kind == Kind.CHOICE && !choices.contains(value)) {
      return "must be equal to one of the allowed values";
    } else if (kind == Kind.DATE_TIME && !JavaScript.isIsoDateTime(value)) {
      return "must match format \"iso-date-time\"";
    }
    return null;
  }
}
