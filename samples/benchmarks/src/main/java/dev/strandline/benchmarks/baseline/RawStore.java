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

  private static final String THREAD =
      "INSERT OR REPLACE INTO threads (room_key, root_id, replies, newest_reply_at, has_root)"
          + " VALUES (?, ?, ?, ?, ?)";

  private static final String THREADS_OF_ALL =
      "INSERT OR REPLACE INTO threads (room_key, root_id, replies, newest_reply_at, has_root)"
          + " SELECT room_key, root, sum(replies), max(newest), max(is_root) FROM ("
          + " SELECT room_key, thread_id AS root, count(*) AS replies, max(sent_at) AS newest,"
          + " 0 AS is_root FROM messages WHERE thread_id IS NOT NULL GROUP BY thread_id, room_key"
          + " UNION ALL SELECT room_key, message_id, 0, NULL, 1 FROM messages"
          + " WHERE reply_count > 0) GROUP BY room_key, root";

  private record ThreadKey(long room, String root) {}

  private static final class ThreadRow {
    private int replies;
    private long newest = Long.MIN_VALUE;
    private boolean hasRoot;
  }

  private final Connection connection;
  private final Map<String, Long> keys = new HashMap<>();
  private final Map<ThreadKey, ThreadRow> threads = new HashMap<>();

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
        "PRAGMA temp_store = MEMORY");
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

  /**
   * Sets the parameters of {@link #INSERT} or {@link #UPSERT}, and takes note of what the row means
   * for the list of threads.
   */
  void bind(PreparedStatement statement, Row row) throws SQLException {
    long room = key(row.room());
    if (row.thread() != null) {
      ThreadRow thread = thread(room, row.thread());
      thread.replies++;
      thread.newest = Math.max(thread.newest, row.sentAt());
    }
    if (row.replies() > 0) {
      thread(room, row.id()).hasRoot = true;
    }
    statement.setString(1, row.id());
    statement.setLong(2, room);
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

  private ThreadRow thread(long room, String root) {
    return threads.computeIfAbsent(new ThreadKey(room, root), key -> new ThreadRow());
  }

  /** Writes the list of threads from what {@link #bind} has seen. */
  void putThreads() throws SQLException {
    try (PreparedStatement put = connection.prepareStatement(THREAD)) {
      for (Map.Entry<ThreadKey, ThreadRow> entry : threads.entrySet()) {
        ThreadRow thread = entry.getValue();
        put.setLong(1, entry.getKey().room());
        put.setString(2, entry.getKey().root());
        put.setInt(3, thread.replies);
        if (thread.replies == 0) {
          put.setNull(4, Types.INTEGER);
        } else {
          put.setLong(4, thread.newest);
        }
        put.setInt(5, thread.hasRoot ? 1 : 0);
        put.addBatch();
      }
      put.executeBatch();
      connection.commit();
    }
    threads.clear();
  }

  /** Writes the list of threads from the messages. */
  void deriveThreads() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(THREADS_OF_ALL);
      connection.commit();
    }
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
