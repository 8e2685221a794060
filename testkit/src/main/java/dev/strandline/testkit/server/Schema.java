package dev.strandline.testkit.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

  private Schema put(Kind kind, String... parameters) {
    for (String parameter : parameters) {
      kinds.put(parameter, kind);
    }
    return this;
  }

  void check(Request request, ServerForm form) {
    for (String parameter : required) {
      if (!request.query().containsKey(parameter)) {
        throw ApiError.schema(form, "must have required property '" + parameter + "'");
      }
    }
    if (!kinds.keySet().containsAll(request.query().keySet())) {
      throw ApiError.schema(form, "must NOT have additional properties");
    }
    kinds.forEach(
        (parameter, kind) -> {
          List<String> values = request.query().get(parameter);
          if (values != null) {
            checkValue(kind, values, form);
          }
        });
  }

  private void checkValue(Kind kind, List<String> values, ServerForm form) {
    String value = values.get(0);
    boolean repeated = values.size() > 1;
    if (kind == Kind.NUMBER) {
      // An empty text becomes null, which is allowed and ignored.
      if (repeated || !(value.isEmpty() || JavaScript.coerceNumber(value).isPresent())) {
        throw ApiError.schema(form, "must be number");
      }
    } else if (repeated) {
      throw ApiError.schema(form, "must be string");
    } else if (kind == Kind.FILLED_TEXT && value.isEmpty()) {
      throw ApiError.schema(form, "must NOT have fewer than 1 characters");
    } else if (kind == Kind.CHOICE && !choices.contains(value)) {
      throw ApiError.schema(form, "must be equal to one of the allowed values");
    } else if (kind == Kind.DATE_TIME && !JavaScript.isIsoDateTime(value)) {
      throw ApiError.schema(form, "must match format \"iso-date-time\"");
    }
  }
}
