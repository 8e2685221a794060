package dev.strandline.cli.inspect;

import dev.strandline.model.MessageId;
import dev.strandline.model.MessageKey;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a request asks for. What nobody asked it for is refused at the end, not ignored. */
final class Parameters {
  private static final int LONGEST = 4096;

  private final Map<String, String> values = new HashMap<>();
  private final Set<String> unread;

  /**
   * @param query as it stands behind the question mark, null for none
   */
  Parameters(@Nullable String query) {
    for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
      if (value.length() > LONGEST || values.put(name, value) != null) {
        throw Refusal.badRequest("The parameter " + name + " is given twice or too long.");
      }
    }
    unread = new HashSet<>(values.keySet());
  }

  @Nullable String text(String name) {
    unread.remove(name);
    String value = values.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  String text(String name, String otherwise) {
    String value = text(name);
    return value == null ? otherwise : value;
  }

  /** One of the names of {@code type}, in lower case. */
  <E extends Enum<E>> E choice(String name, Class<E> type, E otherwise) {
    String value = text(name);
    if (value == null) {
      return otherwise;
    }
    for (E constant : type.getEnumConstants()) {
      if (Words.of(constant).equals(value)) {
        return constant;
      }
    }
    throw Refusal.badRequest(name + " cannot be " + value + ".");
  }

  @Nullable Long number(String name) {
    String value = text(name);
    if (value == null) {
      return null;
    }
    try {
      return Long.valueOf(value);
    } catch (NumberFormatException e) {
      throw Refusal.badRequest(name + " must be a whole number, not " + value + ".");
    }
  }

  /** How many rows at most, 1 to 200. */
  int limit(int otherwise) {
    Long limit = number("limit");
    if (limit == null) {
      return otherwise;
    }
    if (limit < 1 || limit > 200) {
      throw Refusal.badRequest("limit must be 1 to 200, not " + limit + ".");
    }
    return limit.intValue();
  }

  @Nullable RoomId room(String name) {
    String value = text(name);
    return value == null ? null : id(name, () -> new RoomId(value));
  }

  @Nullable MessageId message(String name) {
    String value = text(name);
    return value == null ? null : id(name, () -> new MessageId(value));
  }

  /** A place in reading order, as {@link Words#place} writes it. */
  @Nullable MessageKey place(String name) {
    String value = text(name);
    if (value == null) {
      return null;
    }
    int dot = value.indexOf('.');
    if (dot < 1 || !value.substring(0, dot).matches("-?[0-9]{1,18}")) {
      throw Refusal.badRequest(name + " is no place in a list: " + value + ".");
    }
    return id(
        name,
        () ->
            new MessageKey(
                new ServerTime(Long.parseLong(value.substring(0, dot))),
                new MessageId(value.substring(dot + 1))));
  }

  static <T> T required(String name, @Nullable T value) {
    if (value == null) {
      throw Refusal.badRequest("The parameter " + name + " is missing.");
    }
    return value;
  }

  /** Refuses what no reading has asked for. */
  void checkAllRead() {
    if (!unread.isEmpty()) {
      throw Refusal.badRequest("Unknown parameters: " + unread + ".");
    }
  }

  private interface Making<T> {
    T make();
  }

  private static <T> T id(String name, Making<T> making) {
    try {
      return making.make();
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest(name + ": " + e.getMessage());
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusal.badRequest("The query cannot be decoded: " + e.getMessage());
    }
  }
}
