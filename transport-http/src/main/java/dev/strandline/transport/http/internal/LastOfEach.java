package dev.strandline.transport.http.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes out of a document what a later value of the same key replaces, as in the server's own
 * language. SQLite's functions and other readers take the first of two: everybody has to see the
 * same message.
 */
final class LastOfEach {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .maxNestingDepth(JsonBody.Format.MOST_DEPTH + 1)
                  .build())
          .build();

  private LastOfEach() {}

  /** What stands from one place to another. */
  private record Span(int from, int to) {}

  /** The fields of an object so far: where each name begins. */
  private static final class Fields {
    final List<Integer> starts = new ArrayList<>();
    final Map<String, Integer> last = new HashMap<>();
  }

  /** The document without replaced values; itself where there are none. */
  static String of(String json) throws IOException {
    List<Span> replaced = new ArrayList<>();
    Deque<Fields> open = new ArrayDeque<>();
    try (JsonParser parser = JSON.createParser(json)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        switch (token) {
          case START_OBJECT -> open.push(new Fields());
          case END_OBJECT -> open.pop();
          case FIELD_NAME ->
              note(
                  open.element(),
                  parser.currentName(),
                  (int) parser.currentTokenLocation().getCharOffset(),
                  replaced);
          default -> {}
        }
      }
    }
    return without(replaced, json);
  }

  private static void note(Fields fields, String name, int start, List<Span> replaced) {
    fields.starts.add(start);
    int index = fields.starts.size() - 1;
    Integer earlier = fields.last.put(name, index);
    if (earlier != null) {
      // Up to the next name, so that its comma goes with it.
      replaced.add(new Span(fields.starts.get(earlier), fields.starts.get(earlier + 1)));
    }
  }

  private static String without(List<Span> replaced, String json) {
    if (replaced.isEmpty()) {
      return json;
    }
    replaced.sort(Comparator.comparingInt(Span::from));
    StringBuilder result = new StringBuilder();
    int done = 0;
    for (Span span : replaced) {
      // One can be within another.
      if (span.from() >= done) {
        result.append(json, done, span.from());
      }
      done = Math.max(done, span.to());
    }
    return result.append(json, done, json.length()).toString();
  }
}
