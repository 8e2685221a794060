package dev.strandline.store.sqlite;

import dev.strandline.error.StoreFailedException;
import dev.strandline.spi.DeviceClock;
import dev.strandline.spi.Store;
import dev.strandline.store.sqlite.internal.Sessions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The stores of many accounts in one process, each in its own file, of which only those have their
 * file open that are being used, or were a moment ago.
 *
 * <p>A store from here opens its file when it is first read or written, and again whenever it has
 * to. While nothing is written it is open for reading only, so that other processes can write: the
 * file is claimed by the first transaction that writes, or that finds no file, and let go when the
 * engine says that its run has ended. A file that nobody has used for {@link Builder#idleAfter} is
 * closed, and so is the one that was used longest ago where more than {@link Builder#keepOpen} are
 * idle. A store whose file is closed holds no connection, no memory of SQLite's and no thread;
 * opening it again takes a few milliseconds.
 *
 * <p>Each file is for one store of these at a time, as everywhere. Safe for several threads.
 */
public final class SqliteStores implements AutoCloseable {
  private final SqliteStore.Builder settings;
  private final Duration idleAfter;
  private final int keepOpen;
  private final DeviceClock clock;

  /** Those with an open file, the one used longest ago first. */
  private final Set<OnDemandStore> open = new LinkedHashSet<>();

  /** Those that are opening theirs: nobody need ask whether it is idle, but it is closed too. */
  private final Set<OnDemandStore> opening = new HashSet<>();

  private boolean sweeping;
  private boolean closed;

  private SqliteStores(Builder builder) {
    settings = builder.settings;
    idleAfter = builder.idleAfter;
    keepOpen = builder.keepOpen;
    clock = builder.clock;
  }

  /** Starts from the default settings. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * A store in {@code file}. Opens nothing: what {@link SqliteStore.Builder#open} throws, the first
   * use throws. Closing the store closes its file for good.
   */
  public Store at(Path file) {
    return new OnDemandStore(file, settings, this);
  }

  /** How many files are open now. */
  public synchronized int openFiles() {
    return open.size();
  }

  /**
   * Closes every file, after the transactions that are under way. Stores that are used after that
   * throw. Closing twice is fine. Where some cannot be closed the others are, and what the first
   * one threw is thrown, with what the rest threw suppressed; a file that this very thread is
   * reading or writing is closed when that ends.
   */
  @Override
  public void close() {
    Set<OnDemandStore> all;
    synchronized (this) {
      closed = true;
      all = new LinkedHashSet<>(open);
      all.addAll(opening);
    }
    RuntimeException failure = null;
    for (OnDemandStore store : all) {
      try {
        store.close();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  // --- for the stores ---------------------------------------------------------------------------

  long nanoTime() {
    return clock.nanoTime();
  }

  synchronized void refuseWhereClosed(Path file) {
    if (closed) {
      throw new StoreFailedException(
          "The stores are closed, that in " + file + " with them: build them again to go on.",
          null);
    }
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** A store is about to open its file; it says so when it has, or could not: {@link #opened}. */
  synchronized void opening(OnDemandStore store, Path file) {
    refuseWhereClosed(file);
    opening.add(store);
  }

  synchronized void opened(OnDemandStore store) {
    opening.remove(store);
    if (store.isOpen()) {
      open.add(store);
    }
  }

  /** A store has been used, and its file may be idle from now on. */
  void used(OnDemandStore store) {
    synchronized (this) {
      open.remove(store);
      if (store.isOpen()) {
        open.add(store);
      }
    }
    closeSurplus();
    sweepLater();
  }

  private void closeSurplus() {
    for (OnDemandStore candidate : longestUnused()) {
      if (openFiles() <= keepOpen) {
        return;
      }
      close(candidate, clock.nanoTime());
    }
  }

  /** Closes what has been idle for long enough. */
  void sweep() {
    long unusedSince = clock.nanoTime() - idleAfter.toNanos();
    longestUnused().forEach(candidate -> close(candidate, unusedSince));
  }

  private synchronized List<OnDemandStore> longestUnused() {
    return new ArrayList<>(open);
  }

  /** The lock of a store is never taken while that of all is held, since a store takes both. */
  private void close(OnDemandStore candidate, long unusedSince) {
    candidate.closeIfUnusedSince(unusedSince);
    synchronized (this) {
      if (!candidate.isOpen()) {
        open.remove(candidate);
      }
    }
  }

  /** The JDK's own timer does it, so that no thread waits here. */
  private void sweepLater() {
    synchronized (this) {
      if (sweeping || open.isEmpty()) {
        return;
      }
      sweeping = true;
    }
    Executor later =
        CompletableFuture.delayedExecutor(idleAfter.toMillis() + 1, TimeUnit.MILLISECONDS);
    later.execute(
        () -> {
          synchronized (this) {
            sweeping = false;
          }
          sweep();
          sweepLater();
        });
  }

  /** Settings of many stores. Not safe for several threads. */
  public static final class Builder {
    private SqliteStore.Builder settings = SqliteStore.builder();
    private Duration idleAfter = Duration.ofSeconds(30);
    private int keepOpen = 64;
    private DeviceClock clock = DeviceClock.system();

    private Builder() {}

    /** How each file is opened; by default as {@link SqliteStore#builder()} says. */
    public Builder settings(SqliteStore.Builder value) {
      settings = value;
      return this;
    }

    /**
     * How long a file stays open that nobody uses; 30 seconds unless set.
     *
     * @param value 0 to 1 day
     */
    public Builder idleAfter(Duration value) {
      if (value.isNegative() || value.compareTo(Duration.ofDays(1)) > 0) {
        throw new IllegalArgumentException("idleAfter must be from 0 to 1 day, not " + value);
      }
      idleAfter = value;
      return this;
    }

    /**
     * How many files stay open; 64 unless set. More are open only while they are all in use.
     *
     * @param value 0, for none longer than it is used, or more
     */
    public Builder keepOpen(int value) {
      if (value < 0) {
        throw new IllegalArgumentException("keepOpen must be 0 or more, not " + value);
      }
      keepOpen = value;
      return this;
    }

    /** The clock by which files are idle; the device's own unless set. For tests. */
    public Builder clock(DeviceClock value) {
      clock = value;
      return this;
    }

    public SqliteStores build() {
      Sessions.loadLibrary();
      return new SqliteStores(this);
    }
  }
}
