package dev.strandline.benchmarks.baseline;

import dev.strandline.benchmarks.data.Row;
import dev.strandline.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.HashMap;
import java.util.Map;

/** A file with the store's own schema, written to by plain JDBC. */
public final class RawStore implements AutoCloseable {
  private static final String COLUMNS =
      "INSERT INTO messages (message_id, room_key, sent_at, updated_at, thread_id, reply_count,"
          + " last_reply_at, origin, json) VALUES (?, ?, ?, ?, ?, ?, ?, 'ROOM', ?)";

  /** What somebody writes who knows that the table is empty. */
  static final String INSERT = COLUMNS;

  /** What somebody writes who knows nothing of what is stored. */
  static final String UPSERT =
      COLUMNS
          + " ON CONFLICT (message_id) DO UPDATE SET room_key = excluded.room_key,"
          + " sent_at = excluded.sent_at, updated_at = excluded.updated_at,"
          + " thread_id = excluded.thread_id, reply_count = excluded.reply_count,"
          + " last_reply_at = excluded.last_reply_at, origin = excluded.origin,"
          + " json = excluded.json";

  private static final String POSITION =
      "INSERT INTO room_state (room_key, anchor, updated_settled, updated_seen, deleted_settled,"
          + " deleted_seen, history_floor, history_to_beginning) VALUES (?, 0, 0, 0, 0, 0, ?, 0)"
          + " ON CONFLICT (room_key) DO UPDATE SET history_floor = excluded.history_floor";

  private final Connection connection;
  private final Map<String, Long> keys = new HashMap<>();

  private RawStore(Connection connection) {
    this.connection = connection;
  }

  /** Makes a file with the schema and nothing in it. */
  static void create(Path file) {
    SqliteStore.open(file).close();
  }

  /** Opens a file with the store's own settings of the connection. */
  static RawStore tuned(Path file) throws SQLException {
    return open(
        file,
        "PRAGMA synchronous = NORMAL",
        "PRAGMA cache_size = -65536",
        "PRAGMA foreign_keys = ON",
        "PRAGMA wal_autocheckpoint = 1000");
  }

  /** Opens a file as everybody does who has read one page about SQLite. */
  static RawStore plain(Path file) throws SQLException {
    return open(file, "PRAGMA synchronous = NORMAL", "PRAGMA foreign_keys = ON");
  }

  private static RawStore open(Path file, String... pragmas) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    try (Statement statement = connection.createStatement()) {
      for (String pragma : pragmas) {
        statement.execute(pragma);
      }
    }
    connection.setAutoCommit(false);
    return new RawStore(connection);
  }

  Connection connection() {
    return connection;
  }

  /** The key of a room, which is made where there is none. */
  long key(String room) throws SQLException {
    Long known = keys.get(room);
    if (known != null) {
      return known;
    }
    try (PreparedStatement add =
        connection.prepareStatement(
            "INSERT INTO rooms (room_id) VALUES (?) ON CONFLICT (room_id) DO UPDATE SET"
                + " room_id = excluded.room_id RETURNING room_key")) {
      add.setString(1, room);
      try (var row = add.executeQuery()) {
        row.next();
        keys.put(room, row.getLong(1));
      }
    }
    return keys.get(room);
  }

  /** Sets the parameters of {@link #INSERT} or {@link #UPSERT}. */
  void bind(PreparedStatement statement, Row row) throws SQLException {
    statement.setString(1, row.id());
    statement.setLong(2, key(row.room()));
    statement.setLong(3, row.sentAt());
    statement.setLong(4, row.updatedAt());
    statement.setString(5, row.thread());
    statement.setInt(6, row.replies());
    if (row.lastReplyAt() == null) {
      statement.setNull(7, Types.INTEGER);
    } else {
      statement.setLong(7, row.lastReplyAt());
    }
    statement.setString(8, row.json());
  }

  /** Notes how far a room has been read. */
  void position(String room, long floor) throws SQLException {
    try (PreparedStatement put = connection.prepareStatement(POSITION)) {
      put.setLong(1, key(room));
      put.setLong(2, floor);
      put.executeUpdate();
    }
  }

  /** Copies the log into the file and closes it. */
  @Override
  public void close() throws SQLException {
    connection.setAutoCommit(true);
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    connection.close();
  }
}
