package dev.strandline.store.sqlite.internal;

import dev.strandline.error.StoreFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/** Opens connections to one file, and keeps those for reading that are idle. Safe for threads. */
public final class Sessions implements AutoCloseable {
  private static final int PAGE_BYTES = 8192;
  private static final int READER_CACHE_KIB = 8 * 1024;
  private static final int IDLE_READERS = 4;

  static {
    // Before the driver's first class, which logs through SLF4J where it finds it, as Jdbi does.
    QuietSlf4j.start();
  }

  private final Path file;
  private final Options options;
  private final Failures failures;
  private final SQLiteConfig readers;
  private final Deque<Session> idle = new ConcurrentLinkedDeque<>();

  /** Of the file that the connections are to; null before there is one. */
  private volatile @Nullable FileIdentity identity;

  /** Of the log, where this writes one. */
  private volatile @Nullable FileIdentity log;

  /** The number of changes is one connection's own, so it is always the same one that tells it. */
  private @Nullable Session watcher;

  /** What a caller can set. */
  public record Options(int busyTimeoutMillis, long cacheBytes) {}

  public Sessions(Path file, Options options, Failures failures) {
    this.file = file;
    this.options = options;
    this.failures = failures;
    readers = config((int) Math.min(READER_CACHE_KIB, Math.max(64, options.cacheBytes() / 1024)));
    readers.setReadOnly(true);
  }

  /**
   * Loads SQLite now rather than with the first connection. It is loaded once, and the thread that
   * does it can lose an interrupt over it: that had better not be a run's.
   */
  public static void loadLibrary() {
    boolean interrupted = Thread.currentThread().isInterrupted();
    try {
      NativeLibrary.load();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** A connection for writing, to be opened once; creates the file where there is none. */
  public Session writer() {
    SQLiteConfig config = config((int) (options.cacheBytes() / 1024));
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.setPageSize(PAGE_BYTES); // heeded by a file that has no page yet
    config.setJournalSizeLimit(64 * 1024 * 1024); // a log that one long reader made grow shrinks
    // What was looked at before need not be the file that is written: a file system of layers makes
    // a copy of what is only in a lower one.
    identity = null;
    return open(config);
  }

  /**
   * Takes note of the log that is beside the file. For a writer, once it has used the file: from
   * then on SQLite keeps that log until the last connection is closed.
   */
  public void watchLog() {
    Path name = Medium.log(file);
    // A file system on which SQLite cannot have a log keeps its file without.
    if (Files.exists(name)) {
      log =
          FileIdentity.of(
              name,
              "Commits would go to where nobody finds them. Those of before are in "
                  + file
                  + " once this program has closed it and nobody else reads it: end all programs"
                  + " that use it, then start again. What may be missing then is fetched anew.");
    }
  }

  /** A connection for reading; to be given back. */
  public Session reader() {
    Session waiting = idle.pollFirst();
    return waiting != null ? waiting : open(readers);
  }

  public void giveBack(Session session) {
    // What is read as unchanging now need not be so the next time: the medium can be changed.
    if (idle.size() < IDLE_READERS && !session.isOfUnchangingFile()) {
      idle.addFirst(session);
    } else {
      session.close();
    }
  }

  /** A number that changes with every commit to the file; see {@link Session#dataVersion}. */
  public synchronized long changeCounter() {
    Session session = watcher;
    if (session == null) {
      session = open(readers);
      watcher = session;
    }
    return session.dataVersion();
  }

  /**
   * Checks that the file that was opened still has its name, and its log too.
   *
   * @throws StoreFailedException where it was moved, replaced or removed
   */
  public void requireSameFile() {
    requireUnchanged(identity);
    requireUnchanged(log);
  }

  private static void requireUnchanged(@Nullable FileIdentity known) {
    if (known != null) {
      known.requireUnchanged();
    }
  }

  /** What {@link #requireSameFile} throws now; null where the file still has its name. */
  public @Nullable StoreFailedException loss() {
    try {
      requireSameFile();
      return null;
    } catch (StoreFailedException e) {
      return e;
    }
  }

  /** Opens a connection to the file that the others are to, too. */
  private Session open(SQLiteConfig config) {
    // Before, so that nothing of another file is touched; and after, for what happens meanwhile.
    requireSameFile();
    Session session = connect(config);
    boolean same = false;
    try {
      if (identity == null) {
        identity = FileIdentity.of(file, onLoss());
      } else {
        requireSameFile();
      }
      same = true;
      return session;
    } finally {
      if (!same) {
        session.close();
      }
    }
  }

  private String onLoss() {
    return "What was committed before is in the file that had this name: close this program, put the"
        + " file back and start again. To go on with another one in its place, remove "
        + file
        + "-wal and "
        + file
        + "-shm before you start.";
  }

  private Session connect(SQLiteConfig config) {
    try {
      boolean unchanging = config == readers && Medium.isUnchanging(file);
      String url = unchanging ? url() + "?immutable=1" : url();
      return new Session(config.createConnection(url), failures, unchanging);
    } catch (SQLException e) {
      throw failures.of(e, "open");
    }
  }

  private SQLiteConfig config(int cacheKib) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(options.busyTimeoutMillis());
    config.enforceForeignKeys(true);
    config.setCacheSize(-cacheKib);
    // A power cut can take the last transactions, rows and watermarks alike; they are pulled again.
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    // What a statement could have to undo is a few pages: it need not go through a file.
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    // The driver would ask for the last row's key after every insert, and nobody wants to know.
    config.setGetGeneratedKeys(false);
    return config;
  }

  /** As a URI, since the driver takes what follows a question mark in a plain name for settings. */
  private String url() {
    return "jdbc:sqlite:file:" + file.toUri().getRawPath();
  }

  /** Closes the connections that are idle. */
  @Override
  public synchronized void close() {
    if (watcher != null) {
      idle.add(watcher);
      watcher = null;
    }
    for (Session session = idle.pollFirst(); session != null; session = idle.pollFirst()) {
      session.close();
    }
  }
}
