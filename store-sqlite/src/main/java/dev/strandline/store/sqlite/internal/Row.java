package dev.strandline.store.sqlite.internal;

import dev.strandline.model.ServerTime;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The row that a result stands on, its columns by place (from 1) or by name. Where a name is found
 * is looked up once for a statement; the driver would search for it in every result. So a column
 * that is added while a file is open may only come after those that are read by name.
 */
final class Row {
  private final ResultSet result;
  private final Map<String, Integer> places;

  private Row(ResultSet result, Map<String, Integer> places) {
    this.result = result;
    this.places = places;
  }

  /**
   * The rows of {@code result}.
   *
   * @param places where columns are, kept for a statement; filled with its first result
   */
  static Row of(ResultSet result, Map<String, Integer> places) throws SQLException {
    if (places.isEmpty()) {
      ResultSetMetaData columns = result.getMetaData();
      for (int place = 1; place <= columns.getColumnCount(); place++) {
        places.putIfAbsent(columns.getColumnName(place), place);
      }
    }
    return new Row(result, places);
  }

  private int place(String name) {
    Integer place = places.get(name);
    if (place == null) {
      throw new IllegalArgumentException("no column " + name + " in " + places.keySet());
    }
    return place;
  }

  /**
   * A text.
   *
   * @throws NullPointerException where there is none
   */
  String text(int place) throws SQLException {
    return Objects.requireNonNull(textOrNull(place), "column without a value");
  }

  String text(String name) throws SQLException {
    return Objects.requireNonNull(textOrNull(name), name);
  }

  @Nullable String textOrNull(int place) throws SQLException {
    return result.getString(place);
  }

  @Nullable String textOrNull(String name) throws SQLException {
    return textOrNull(place(name));
  }

  /** A number; 0 where there is none. */
  long number(int place) throws SQLException {
    return result.getLong(place);
  }

  long number(String name) throws SQLException {
    return number(place(name));
  }

  /** A small number, 0 where there is none. */
  int count(int place) throws SQLException {
    return result.getInt(place);
  }

  int count(String name) throws SQLException {
    return count(place(name));
  }

  boolean flag(String name) throws SQLException {
    return count(place(name)) != 0;
  }

  byte @Nullable [] bytes(int place) throws SQLException {
    return result.getBytes(place);
  }

  byte @Nullable [] bytes(String name) throws SQLException {
    return bytes(place(name));
  }

  @Nullable Long numberOrNull(int place) throws SQLException {
    long number = number(place);
    return result.wasNull() ? null : number;
  }

  @Nullable Long numberOrNull(String name) throws SQLException {
    return numberOrNull(place(name));
  }

  @Nullable ServerTime time(String name) throws SQLException {
    Long millis = numberOrNull(name);
    return millis == null ? null : new ServerTime(millis);
  }

  @Nullable Instant instant(String name) throws SQLException {
    Long millis = numberOrNull(name);
    return millis == null ? null : Instant.ofEpochMilli(millis);
  }
}
