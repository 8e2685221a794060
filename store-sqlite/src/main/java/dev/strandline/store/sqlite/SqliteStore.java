package dev.strandline.store.sqlite;

import dev.strandline.error.NotAStoreException;
import dev.strandline.error.SchemaTooNewException;
import dev.strandline.error.SchemaTooOldException;
import dev.strandline.error.StoreBusyException;
import dev.strandline.error.StoreCorruptException;
import dev.strandline.error.StoreException;
import dev.strandline.error.StoreFailedException;
import dev.strandline.error.StoreReadOnlyException;
import dev.strandline.spi.Store;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.StoreWriter;
import dev.strandline.store.sqlite.internal.Claim;
import dev.strandline.store.sqlite.internal.Conversion;
import dev.strandline.store.sqlite.internal.Failures;
import dev.strandline.store.sqlite.internal.Schema;
import dev.strandline.store.sqlite.internal.SearchIndex;
import dev.strandline.store.sqlite.internal.Session;
import dev.strandline.store.sqlite.internal.Sessions;
import dev.strandline.store.sqlite.internal.SqliteReader;
import dev.strandline.store.sqlite.internal.SqliteWriter;
import dev.strandline.store.sqlite.internal.StoreFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock.ReadLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store in one SQLite file, with the log files that SQLite keeps beside it while it is open.
 *
 * <p>One store at a time has the file open for writing, of all processes on the machine; any number
 * read it meanwhile, each in the view of the last commit. A commit survives the end of the process
 * at any moment. A power cut can take the last commits, whole ones and in order (R2).
 *
 * <p>A file that is moved, replaced or removed while it is open, or whose log or lock file is, is
 * written no more: transactions that write throw {@link StoreFailedException} until it is back, and
 * so do those that read where a further connection is needed, unless it is the lock file. Noticing
 * takes a file system that tells files apart; Windows has none, and there a file that SQLite has
 * open stays where it is.
 *
 * <p>What the file holds is the messages as the server sent them, readable by everyone who can read
 * the file: keep it where only its owner can. No credentials are in it.
 *
 * <p>Times of this device's clock are kept to the millisecond. Text with an unpaired surrogate
 * cannot be kept unchanged: in ids and documents it is refused with {@link StoreFailedException},
 * in names and reasons it becomes U+FFFD. Safe for several threads.
 */
public final class SqliteStore implements Store {
  private final Path file;
  private final Sessions sessions;
  private final @Nullable Session writer;
  private final @Nullable Claim claim;
  private final @Nullable SearchIndex index;

  /** Held in common by every transaction, and alone by {@link #close}. */
  private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();

  private final ReentrantLock writing = new ReentrantLock();

  /** From the moment that somebody wants to close on; see {@link #living}. */
  private volatile boolean closing;

  private boolean closed;

  private SqliteStore(
      Path file,
      Sessions sessions,
      @Nullable Session writer,
      @Nullable Claim claim,
      @Nullable SearchIndex index) {
    this.file = file;
    this.sessions = sessions;
    this.writer = writer;
    this.claim = claim;
    this.index = index;
  }

  /**
   * Opens a store for writing, or creates it, with the default settings.
   *
   * @see Builder#open
   */
  public static SqliteStore open(Path file) {
    return builder().open(file);
  }

  /**
   * Opens a store for reading, with the default settings.
   *
   * @see Builder#openReadOnly
   */
  public static SqliteStore openReadOnly(Path file) {
    return builder().openReadOnly(file);
  }

  /** Starts from the default settings. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public <T> T read(Function<? super StoreReader, T> work) {
    if (writing.isHeldByCurrentThread()) {
      throw nested("read");
    }
    return living(
        () -> {
          Session session = sessions.reader();
          SqliteReader reader = new SqliteReader(session);
          try {
            return session.reading(() -> work.apply(reader));
          } finally {
            reader.end();
            sessions.giveBack(session);
          }
        });
  }

  @Override
  public <T> T write(Function<? super StoreWriter, T> work) {
    if (writing.isHeldByCurrentThread()) {
      throw nested("write");
    }
    Session session = writer;
    SearchIndex words = index;
    Claim right = claim;
    if (session == null || words == null || right == null) {
      throw new StoreReadOnlyException(
          file + " was opened for reading only. Open it with SqliteStore.open to write.", null);
    }
    return living(
        () -> {
          writing.lock();
          words.begin();
          SqliteWriter writer = new SqliteWriter(session, words);
          try {
            sessions.requireSameFile();
            right.requireHeld();
            return session.writing(
                () -> {
                  T result = work.apply(writer);
                  writer.finish();
                  // Once more: a transaction that takes in what comes can stay open for long.
                  sessions.requireSameFile();
                  right.requireHeld();
                  return result;
                });
          } catch (StoreCorruptException e) {
            if (Failures.isOfSearchIndex(e)) {
              words.distrust();
            }
            throw e;
          } finally {
            writer.end();
            writing.unlock();
          }
        });
  }

  /**
   * Reads with SQL of the caller's own over the schema that {@code docs/schema.md} describes, in
   * the same snapshot as the reader that is passed along. Nothing can be written this way.
   *
   * @param work called once; what it returns must not hold on to what it was passed
   */
  public <T> T query(Query<T> work) {
    if (writing.isHeldByCurrentThread()) {
      throw nested("query");
    }
    return living(
        () -> {
          // Nobody's after this: SQL can leave more behind than could be taken back one by one.
          try (Session session = sessions.reader()) {
            SqliteReader reader = new SqliteReader(session);
            try {
              return session.querying(
                  () -> session.sql(connection -> work.read(reader, connection)));
            } finally {
              reader.end();
            }
          }
        });
  }

  /**
   * A reading of the caller's own.
   *
   * @param <T> what it finds out
   */
  @FunctionalInterface
  public interface Query<T> {
    /**
     * Reads.
     *
     * @param reader the store as it is in this snapshot
     * @param connection the same snapshot for SQL; stays the store's to close and to commit. Ends
     *     with this call, and all that was made with it too
     */
    T read(StoreReader reader, Connection connection) throws SQLException;
  }

  /**
   * A number that changes with every commit of whichever process, and says nothing else. Asking is
   * so cheap that it can be done many times a second: it reads no page of the file. Two numbers of
   * one store can be compared, those of two stores cannot.
   */
  public long changeCounter() {
    return living(sessions::changeCounter);
  }

  @Override
  public void close() {
    refuseToCloseWithin();
    closing = true;
    life.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      if (writer != null) {
        emptyLog(writer);
      }
      closeAll(sessions, writer, claim);
    } finally {
      life.writeLock().unlock();
    }
  }

  /** Refuses where this thread is in a transaction, for which closing would have to wait. */
  void refuseToCloseWithin() {
    if (isUsedByThisThread()) {
      throw new IllegalStateException(
          "A store cannot be closed from within a transaction; close it after the function that"
              + " reads or writes has returned.");
    }
  }

  /** Whether this thread is in a transaction. */
  boolean isUsedByThisThread() {
    return life.getReadHoldCount() > 0;
  }

  private void emptyLog(Session writer) {
    StoreFailedException loss = sessions.loss();
    boolean emptied = false;
    try {
      if (loss == null) {
        // What stays in the log is found there by the next opener. Of a file that has lost its name
        // it would be replayed over the one that has the name now: that is worth waiting for those
        // who read.
        writer.waitForNobody();
      }
      emptied = writer.checkpoint();
    } catch (StoreException e) {
      warnOfLog(e);
    }
    if (loss != null && !emptied) {
      warnOfLog(loss);
    }
  }

  private static void warnOfLog(StoreException reason) {
    System.getLogger(SqliteStore.class.getName())
        .log(
            System.Logger.Level.WARNING,
            "The log could not be brought into the file: {0}",
            reason.getMessage());
  }

  private static void closeAll(Sessions sessions, @Nullable Session writer, @Nullable Claim claim) {
    try (claim;
        writer;
        sessions) {
      // Closed from the last to the first: nobody else can claim the file while we might write.
    }
  }

  /**
   * Runs a transaction unless the store is closed or about to be. Nobody stands in line behind a
   * close: it waits for transactions, and one of those can be waiting for another thread that
   * reads.
   */
  private <T> T living(Supplier<T> transaction) {
    ReadLock alive = life.readLock();
    if (!alive.tryLock()) {
      throw closedAlready();
    }
    try {
      // A close waits for this thread to end what it has begun, and that can take further readings.
      boolean begun = life.getReadHoldCount() > 1;
      if (closing && !begun) {
        throw closedAlready();
      }
      return transaction.get();
    } finally {
      alive.unlock();
    }
  }

  private StoreFailedException closedAlready() {
    return new StoreFailedException(
        "The store " + file + " is closed: open it again to go on.", null);
  }

  private static IllegalStateException nested(String what) {
    return new IllegalStateException(
        "Cannot begin to "
            + what
            + " within a write on the same thread: the writer that was passed in reads too, its own"
            + " writes included.");
  }

  @Override
  public String toString() {
    return "SqliteStore[" + file + (writer == null ? ", read only" : "") + "]";
  }

  /** Is told how far the making of a search index has come. */
  @FunctionalInterface
  public interface IndexingListener {
    /**
     * Some more messages are in the index. Called on the thread that opens the store, after each
     * transaction; what it throws ends the opening, and the next one goes on from there.
     *
     * @param messages how many are, at least 0
     * @param of how many there are in the file; equal to {@code messages} with the last call
     */
    void indexed(long messages, long of);
  }

  /** What becomes of a file's full-text index when it is opened for writing. */
  public enum SearchIndexing {
    /**
     * A file that has one keeps it, and it is made anew where it holds the words of another version
     * of this library; a file without stays without.
     */
    AS_IT_IS,
    /**
     * Is made where the file has none, from what is stored, before the file is used; what is
     * interrupted goes on when the file is opened next.
     */
    ON,
    /** Is taken away where the file has one. */
    OFF
  }

  /**
   * What becomes of the documents of a file's messages when it is opened for writing. A file is of
   * one kind or the other, and says which; whoever opens it reads it as what it is.
   *
   * <p>A conversion reads and writes every message in one transaction, before the file is used, and
   * then makes the file as small as it can be. It needs room for what the file holds twice over.
   * What interrupts it leaves the file as it was.
   */
  public enum Documents {
    /** A file keeps the kind that it has; a new one has plain documents. */
    AS_THEY_ARE,
    /**
     * In a column that every tool reads: {@code json ->> '$.msg'}. What is compact is converted.
     */
    PLAIN,
    /**
     * Compressed, so that the file is about half as large. Text, author and type of each message,
     * and all dates that other columns have, stay readable for every tool; the rest of a document
     * is read by this library, or as {@code docs/schema.md} says. What is plain is converted.
     */
    COMPACT
  }

  /** Settings of a store; those not set have the defaults named below. Not safe for threads. */
  public static final class Builder {
    private Duration busyTimeout = Duration.ofSeconds(5);
    private long cacheBytes = 64L * 1024 * 1024;

    private SearchIndexing searchIndexing = SearchIndexing.AS_IT_IS;
    private Documents documents = Documents.AS_THEY_ARE;
    private MigrationListener migrations = MigrationListener.SILENT;
    private IndexingListener indexingListener = (messages, of) -> {};

    private Builder() {}

    /**
     * Who is told while {@link #open} or {@link #migrate} makes a search index, see {@link
     * SearchIndexing}. Nobody by default.
     */
    public Builder onIndexing(IndexingListener value) {
      indexingListener = value;
      return this;
    }

    /**
     * How the file keeps the messages' documents. {@link Documents#AS_THEY_ARE} by default. A store
     * that is opened for reading reads either kind, whatever is set.
     */
    public Builder documents(Documents value) {
      documents = value;
      return this;
    }

    /**
     * Who is told when an older file is brought to the newest schema version, which opening it for
     * writing does. Nobody by default.
     */
    public Builder migrations(MigrationListener value) {
      migrations = value;
      return this;
    }

    /**
     * Whether the file has a full-text index for {@link dev.strandline.LocalCopy#search}. It is
     * kept up in the transactions that write messages. {@link SearchIndexing#AS_IT_IS} by default.
     */
    public Builder searchIndexing(SearchIndexing value) {
      searchIndexing = value;
      return this;
    }

    /**
     * How long to wait for another program that holds the file locked, as one that copies it might.
     * 5 seconds by default.
     *
     * @param value 0 to 1 hour
     */
    public Builder busyTimeout(Duration value) {
      if (value.isNegative() || value.compareTo(Duration.ofHours(1)) > 0) {
        throw new IllegalArgumentException("busyTimeout must be from 0 to 1 hour, not " + value);
      }
      busyTimeout = value;
      return this;
    }

    /**
     * How much memory the writing connection may fill with pages of the file. 64 MiB by default;
     * readers have 8 MiB each, or as much as the writer where that is less.
     *
     * @param value 64 KiB to 1 TiB
     */
    public Builder cacheBytes(long value) {
      if (value < 64 * 1024 || value > 1L << 40) {
        throw new IllegalArgumentException(
            "cacheBytes must be from 65536 (64 KiB) to 2^40 (1 TiB), not " + value);
      }
      cacheBytes = value;
      return this;
    }

    /**
     * Opens a store for writing, or creates it where there is no file or an empty one. The folder
     * has to exist.
     *
     * @throws StoreBusyException where another engine has it open for writing
     * @throws NotAStoreException where the file is something else; it is left as it is
     * @throws SchemaTooNewException where a newer Strandline made it; it is left as it is
     * @throws StoreCorruptException where it is damaged
     * @throws StoreReadOnlyException where it cannot be written
     * @throws StoreException where it cannot be opened for any other reason
     */
    public SqliteStore open(Path file) {
      Sessions.loadLibrary();
      Path real = StoreFile.real(file);
      Failures failures = new Failures(real);
      Sessions sessions = sessions(real, failures);
      StoreFile.refuseForeign(real, sessions);
      Claim claim = Claim.on(real);
      Session writer = null;
      boolean opened = false;
      try {
        writer = sessions.writer();
        new Schema(real, writer).migrate(migrations);
        sessions.watchLog();
        convert(new Conversion(writer));
        SearchIndex index = index(writer);
        opened = true;
        return new SqliteStore(real, sessions, writer, claim, index);
      } finally {
        if (!opened) {
          closeAll(sessions, writer, claim);
        }
      }
    }

    /**
     * Opens a store for reading; another process may be writing to it. Never creates or changes it.
     *
     * @throws StoreFailedException where there is no such file
     * @throws NotAStoreException where the file is something else, or empty
     * @throws SchemaTooOldException where an earlier Strandline made it: see {@link #migrate}
     * @throws StoreException where it cannot be opened, as for {@link #open}
     */
    public SqliteStore openReadOnly(Path file) {
      SqliteStore store =
          reading(
              StoreFile.existing(file),
              schema -> {
                schema.requireCurrent();
                return true;
              });
      return Objects.requireNonNull(store, "what is required was checked");
    }

    /**
     * Brings a file that an earlier version of Strandline made to the newest schema version, so
     * that it can be opened for reading; does nothing where it is of that version, empty, or not
     * there. A search index of other words is made anew, see {@link SearchIndexing#AS_IT_IS};
     * nothing else of the file changes.
     *
     * @return whether it was brought there
     * @throws StoreException as {@link #open}
     */
    public boolean migrate(Path file) {
      SqliteStore current = openIfCurrent(file);
      if (current != null) {
        current.close();
        return false;
      }
      Path real = StoreFile.real(file);
      if (!Files.exists(real) || real.toFile().length() == 0) {
        return false;
      }
      builder()
          .busyTimeout(busyTimeout)
          .migrations(migrations)
          .onIndexing(indexingListener)
          .open(file)
          .close();
      return true;
    }

    /**
     * The same as {@link #openReadOnly}; null where only a writer can make the file readable: it is
     * not there, or older.
     */
    @Nullable SqliteStore openIfCurrent(Path file) {
      Path real = StoreFile.real(file);
      return Files.exists(real) && real.toFile().length() > 0
          ? reading(real, Schema::isCurrent)
          : null;
    }

    private @Nullable SqliteStore reading(Path real, Predicate<Schema> usable) {
      Sessions.loadLibrary();
      Sessions sessions = sessions(real, new Failures(real));
      Session session = sessions.reader();
      boolean readable = false;
      try {
        readable = session.reading(() -> usable.test(new Schema(real, session)));
      } finally {
        if (readable) {
          sessions.giveBack(session);
        } else {
          session.close();
        }
      }
      return readable ? new SqliteStore(real, sessions, null, null, null) : null;
    }

    private void convert(Conversion conversion) {
      switch (documents) {
        case PLAIN -> conversion.expand();
        case COMPACT -> conversion.compress();
        case AS_THEY_ARE -> {}
      }
    }

    private SearchIndex index(Session writer) {
      SearchIndex index = new SearchIndex(writer);
      switch (searchIndexing) {
        case ON -> index.build(indexingListener::indexed);
        case OFF -> index.drop();
        case AS_IT_IS -> index.finishBuilding(indexingListener::indexed);
      }
      return index;
    }

    private Sessions sessions(Path real, Failures failures) {
      return new Sessions(
          real, new Sessions.Options((int) busyTimeout.toMillis(), cacheBytes), failures);
    }
  }
}
