package dev.strandline.store.sqlite.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Small answers that are asked for whenever something is shown: how documents are kept, where a
 * room stands, what is unread. They stay right until somebody commits, of which SQLite keeps count.
 * A connection that writes is told of its own commits by nobody, so it remembers nothing.
 */
final class Remembered {
  private static final int MOST = 2_000;

  private record Question(String sql, @Nullable Object parameter) {}

  private final Map<Question, Optional<?>> answers =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Question, Optional<?>> eldest) {
          return size() > MOST;
        }
      };

  private boolean on;
  private long version;

  /** The transaction that begins sees the file as {@code dataVersion} has it. */
  void at(long dataVersion) {
    if (!on || dataVersion != version) {
      answers.clear();
    }
    on = true;
    version = dataVersion;
  }

  /**
   * The answer to {@code sql}.
   *
   * @param asking asks, always for the same kind of answer where {@code sql} is the same
   */
  @SuppressWarnings("unchecked") // of the same kind, as the parameter says
  <T> Optional<T> answer(String sql, @Nullable Object parameter, Supplier<Optional<T>> asking) {
    if (!on) {
      return asking.get();
    }
    Question question = new Question(sql, parameter);
    Optional<?> known = answers.get(question);
    if (known == null) {
      known = asking.get();
      answers.put(question, known);
    }
    return (Optional<T>) known;
  }
}
