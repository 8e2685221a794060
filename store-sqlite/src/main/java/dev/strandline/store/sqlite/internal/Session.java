package dev.strandline.store.sqlite.internal;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** One connection to the file and its transaction. Used by one thread at a time. */
public final class Session implements AutoCloseable {
  private final Connection connection;
  private final Failures failures;
  private final boolean ofUnchangingFile;
  private final Rows rows;
  private @Nullable Handle handle;

  /**
   * @param ofUnchangingFile whether SQLite was told that nobody changes the file
   */
  Session(Connection connection, Failures failures, boolean ofUnchangingFile) {
    this.connection = connection;
    this.failures = failures;
    this.ofUnchangingFile = ofUnchangingFile;
    rows = new Rows(connection, failures);
  }

  boolean isOfUnchangingFile() {
    return ofUnchangingFile;
  }

  /** For the statements that are run for every message. */
  Rows rows() {
    return rows;
  }

  /** How the file keeps documents; see {@link Rows#documents}. */
  Documents documents() {
    return rows.documents();
  }

  /** Runs {@code work} with Jdbi, for everything that is not asked for every message. */
  <T> T jdbi(Function<Handle, T> work) {
    try {
      return work.apply(handle());
    } catch (JdbiException e) {
      throw failures.of(e, "run a statement on");
    } catch (IllegalArgumentException | NullPointerException e) {
      throw failures.unreadableRow(e);
    }
  }

  /** Loading Jdbi takes a tenth of a second, and who only reads does without. */
  private Handle handle() {
    Handle open = handle;
    if (open == null) {
      open = Jdbi.open(connection);
      handle = open;
    }
    return open;
  }

  /** Work on the plain connection. */
  public interface Sql<T> {
    T on(Connection connection) throws SQLException;
  }

  /** Runs {@code work} on the plain connection. */
  public <T> T sql(Sql<T> work) {
    try {
      return work.on(connection);
    } catch (SQLException e) {
      throw failures.of(e, "run a statement on");
    }
  }

  /** Differs from the last answer of this connection where another has committed since. */
  public long dataVersion() {
    return rows.first(Rows.DATA_VERSION, row -> row.number(1)).orElseThrow();
  }

  /**
   * Runs {@code work} in one view of the file: that of the last commit before this call. For a
   * connection that never writes.
   */
  public <T> T reading(Supplier<T> work) {
    return rows.inOneView(work);
  }

  /**
   * The same within a transaction, for work that gets the plain connection: no statement but its
   * own is under way. The connection is to be closed after it: a result that was not read to its
   * end or a database that was attached cannot be taken back.
   */
  public <T> T querying(Supplier<T> work) {
    return inTransaction(
        () -> {
          rows.at(dataVersion());
          T result = work.get();
          // Not left to a COMMIT, which looks at the file once more and fails where it is damaged.
          forget();
          return result;
        });
  }

  /** Runs {@code work} in one transaction that nobody else writes beside. */
  public <T> T writing(Supplier<T> work) {
    return inTransaction(work);
  }

  /**
   * Runs {@code work} between the BEGIN that the connection was configured with and a COMMIT. Both
   * are left to the driver: where it does not know of a transaction it tries to begin one after
   * every statement, which costs as much as storing half a message.
   */
  private <T> T inTransaction(Supplier<T> work) {
    boolean ended = false;
    try {
      autoCommit(false);
      T result = work.get();
      autoCommit(true);
      ended = true;
      return result;
    } finally {
      if (!ended) {
        rollback();
      }
    }
  }

  private void forget() {
    try {
      connection.rollback();
    } catch (SQLException e) {
      throw failures.of(e, "use");
    }
  }

  private void autoCommit(boolean value) {
    try {
      connection.setAutoCommit(value);
    } catch (SQLException e) {
      throw failures.of(e, "use");
    }
  }

  void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failures.of(e, "use");
    }
  }

  /** Runs several statements. */
  void script(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    } catch (SQLException e) {
      throw failures.of(e, "bring to its newest version");
    }
  }

  private void rollback() {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      // SQLite has rolled back by itself, as it does when the disk is full. What led here is being
      // thrown already and says more.
    }
    try {
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      // There is nothing to commit any more; the driver has taken note all the same.
    }
  }

  /** From here on no statement waits for anybody, whatever busy timeout was set. */
  public void waitForNobody() {
    execute("PRAGMA busy_timeout = 0");
  }

  /**
   * Copies the log into the file and empties it, as far as readers allow within the busy timeout.
   *
   * @return whether the log is empty
   */
  public boolean checkpoint() {
    return sql(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet answer = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
            return answer.next() && answer.getInt("busy") == 0;
          }
        });
  }

  @Override
  public void close() {
    rows.close();
    try {
      connection.close();
    } catch (SQLException e) {
      throw failures.of(e, "close");
    }
  }
}
