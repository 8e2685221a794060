package dev.strandline.store.sqlite.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the statements that are run for every message, each prepared once for a connection. Jdbi,
 * which prepares at every call, takes two and a half times as long for a row.
 *
 * <p>A parameter is a String, a Long, an Integer, a byte array or null. Strings are stored exactly
 * or refused. Not safe for several threads.
 */
final class Rows implements AutoCloseable {
  static final String DATA_VERSION = "PRAGMA data_version";

  private static final String COMPRESSION = "SELECT format, dictionary FROM compression";

  private final Connection connection;
  private final Failures failures;
  private final Map<String, Prepared> idle = new HashMap<>();
  private final Remembered remembered = new Remembered();
  private @Nullable CompactDocuments compact;

  /** A statement, and where the columns of its results are. */
  private record Prepared(PreparedStatement statement, Map<String, Integer> places) {}

  Rows(Connection connection, Failures failures) {
    this.connection = connection;
    this.failures = failures;
  }

  /** Makes a value of the row that a result stands on. */
  interface Mapper<T> {
    T map(Row row) throws SQLException;
  }

  /** Sets the parameters of a statement. Strings that it sets have to be {@link Unicode#exact}. */
  interface Binder {
    void bind(PreparedStatement statement) throws SQLException;
  }

  <T> Optional<T> first(String sql, Mapper<T> mapper, @Nullable Object... parameters) {
    return run(
        sql,
        statement -> bind(statement, parameters),
        prepared -> {
          try (ResultSet rows = prepared.statement().executeQuery()) {
            return rows.next()
                ? Optional.of(mapped(mapper, Row.of(rows, prepared.places())))
                : Optional.<T>empty();
          }
        });
  }

  /** As {@link #first}, and a connection that only reads asks once until something is committed. */
  <T> Optional<T> remembered(String sql, Mapper<T> mapper, Object parameter) {
    return remembered.answer(sql, parameter, () -> first(sql, mapper, parameter));
  }

  /** What is remembered from now on is of a view that has this version of the file. */
  void at(long dataVersion) {
    remembered.at(dataVersion);
  }

  /**
   * Runs {@code work} in one view of the file. A statement that has not come to its end holds the
   * view that it began with, for all others of its connection; to begin and end a transaction would
   * take two thirds of the time that a small question takes.
   */
  <T> T inOneView(Supplier<T> work) {
    return run(
        DATA_VERSION,
        statement -> {},
        prepared -> {
          try (ResultSet version = prepared.statement().executeQuery()) {
            version.next();
            at(version.getLong(1));
            return work.get();
          }
        });
  }

  <T> List<T> list(String sql, Mapper<T> mapper, @Nullable Object... parameters) {
    List<T> all = new ArrayList<>();
    each(sql, mapper, all::add, parameters);
    return all;
  }

  <T> void each(
      String sql, Mapper<T> mapper, Consumer<? super T> action, @Nullable Object... parameters) {
    run(
        sql,
        statement -> bind(statement, parameters),
        prepared -> {
          try (ResultSet rows = prepared.statement().executeQuery()) {
            if (rows.next()) {
              Row row = Row.of(rows, prepared.places());
              do {
                action.accept(mapped(mapper, row));
              } while (rows.next());
            }
          }
          return 0;
        });
  }

  /** How many rows were changed. */
  int update(String sql, @Nullable Object... parameters) {
    return update(sql, statement -> bind(statement, parameters));
  }

  /** The same, with the parameters set by {@code binder}. */
  int update(String sql, Binder binder) {
    return run(sql, binder, prepared -> prepared.statement().executeUpdate());
  }

  /**
   * How the file keeps documents. It stays so while a transaction lasts, and may be another way in
   * the next: another process can convert the file.
   */
  Documents documents() {
    byte[] dictionary =
        remembered
            .answer(COMPRESSION, null, () -> first(COMPRESSION, this::dictionary))
            .orElse(null);
    if (dictionary == null) {
      return PlainDocuments.ALL;
    }
    CompactDocuments known = compact;
    if (known == null || !known.isOf(dictionary)) {
      // The one before may still be read with, by a conversion: it is left to the collector.
      known = new CompactDocuments(dictionary, this);
      compact = known;
    }
    return known;
  }

  private byte[] dictionary(Row row) throws SQLException {
    int format = row.count(1);
    if (format != Conversion.FORMAT) {
      throw failures.unknownCompression(format);
    }
    byte[] dictionary = row.bytes(2);
    return dictionary == null ? new byte[0] : dictionary; // where it was damaged
  }

  /** The statements that have been run so far. */
  Set<String> statements() {
    return Set.copyOf(idle.keySet());
  }

  private interface Execution<T> {
    T on(Prepared prepared) throws SQLException;
  }

  private <T> T run(String sql, Binder binder, Execution<T> execution) {
    try {
      // Taken out while in use: an action can ask the same question again.
      Prepared idleOne = idle.remove(sql);
      Prepared prepared =
          idleOne == null
              ? new Prepared(connection.prepareStatement(sql), new HashMap<>())
              : idleOne;
      boolean reusable = false;
      try {
        binder.bind(prepared.statement());
        T result = execution.on(prepared);
        // Only what went well: the driver has ended a statement that met a full disk.
        reusable = idle.putIfAbsent(sql, prepared) == null;
        return result;
      } finally {
        if (!reusable) {
          prepared.statement().close();
        }
      }
    } catch (SQLException e) {
      throw failures.of(e, "run a statement on");
    }
  }

  private <T> T mapped(Mapper<T> mapper, Row row) throws SQLException {
    try {
      return mapper.map(row);
    } catch (IllegalArgumentException | NullPointerException e) {
      throw failures.unreadableRow(e);
    }
  }

  private static void bind(PreparedStatement statement, @Nullable Object[] parameters)
      throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      Object value = parameters[i];
      if (value instanceof String text) {
        statement.setString(i + 1, Unicode.exact(text));
      } else if (value instanceof Long number) {
        statement.setLong(i + 1, number);
      } else if (value instanceof Integer number) {
        statement.setInt(i + 1, number);
      } else if (value instanceof byte[] bytes) {
        statement.setBytes(i + 1, bytes);
      } else if (value == null) {
        statement.setObject(i + 1, null);
      } else {
        throw new IllegalArgumentException("no column holds a " + value.getClass());
      }
    }
  }

  /** Gives back what is not Java's, and is not the connection's. */
  @Override
  public void close() {
    if (compact != null) {
      compact.close();
      compact = null;
    }
  }
}
