package dev.strandline.store.sqlite;

import dev.strandline.error.StoreFailedException;
import dev.strandline.spi.Store;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.StoreWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One file of {@link SqliteStores}: closed, open for reading, or open for writing, as it is used.
 * Both at once only while a transaction that began before the change has not ended.
 */
final class OnDemandStore implements Store {
  private final Path file;
  private final SqliteStore.Builder settings;
  private final SqliteStores all;

  private @Nullable Opened reader;
  private @Nullable Opened writer;
  private volatile boolean open;
  private boolean resting;
  private boolean closed;
  private long lastUse;

  OnDemandStore(Path file, SqliteStore.Builder settings, SqliteStores all) {
    this.file = file;
    this.settings = settings;
    this.all = all;
  }

  /** The file as it is open now, and by how many transactions it is used. */
  private static final class Opened {
    final SqliteStore store;
    int users;

    Opened(SqliteStore store) {
      this.store = store;
    }
  }

  @Override
  public <T> T read(Function<? super StoreReader, T> work) {
    return with(forReading(), store -> store.read(work));
  }

  @Override
  public <T> T write(Function<? super StoreWriter, T> work) {
    return with(forWriting(), store -> store.write(work));
  }

  private <T> T with(Opened opened, Function<SqliteStore, T> work) {
    try {
      return work.apply(opened.store);
    } finally {
      giveBack(opened);
    }
  }

  private synchronized Opened forReading() {
    Opened begun = begunByThisThread();
    if (begun != null) {
      begun.users++;
      return begun;
    }
    refuseWhereClosed();
    Opened opened = resting ? null : writer;
    if (opened == null) {
      opened = reader;
    }
    if (opened == null) {
      opened = openedForReading();
    }
    if (opened == null) {
      // Who makes the file is about to fill it, as a rule: it is let go after the run, or when
      // idle.
      return forWriting();
    }
    opened.users++;
    return opened;
  }

  /** A close waits for what this thread has begun, and that can take further readings. */
  private @Nullable Opened begunByThisThread() {
    return Stream.of(writer, reader)
        .filter(opened -> opened != null && opened.store.isUsedByThisThread())
        .findFirst()
        .orElse(null);
  }

  private @Nullable Opened openedForReading() {
    all.opening(this, file);
    try {
      SqliteStore readOnly = settings.openIfCurrent(file);
      if (readOnly == null) {
        return null;
      }
      Opened opened = new Opened(readOnly);
      reader = opened;
      open = true;
      return opened;
    } finally {
      all.opened(this);
    }
  }

  private synchronized Opened forWriting() {
    refuseWhereClosed();
    Opened opened = writer;
    if (opened == null) {
      opened = openedForWriting();
    }
    resting = false;
    opened.users++;
    return opened;
  }

  private Opened openedForWriting() {
    all.opening(this, file);
    try {
      Opened opened = new Opened(settings.open(file));
      writer = opened;
      open = true;
      return opened;
    } finally {
      all.opened(this);
    }
  }

  private void giveBack(Opened opened) {
    synchronized (this) {
      opened.users--;
      lastUse = all.nanoTime();
      closeUnneeded();
    }
    all.used(this);
  }

  @Override
  public void rest() {
    synchronized (this) {
      resting = true;
      closeUnneeded();
    }
    all.used(this);
  }

  /** The writer where no run is under way, the reader where there is a writer to read with. */
  private void closeUnneeded() {
    boolean over = closed || all.isClosed();
    if (resting || over) {
      writer = closedIfUnused(writer);
    }
    if (writer != null || over) {
      reader = closedIfUnused(reader);
    }
    open = writer != null || reader != null;
  }

  private static @Nullable Opened closedIfUnused(@Nullable Opened opened) {
    if (opened == null || opened.users > 0) {
      return opened;
    }
    opened.store.close();
    return null;
  }

  /** Closes the file unless it is being used, or was after {@code nanos} of the clock. */
  synchronized void closeIfUnusedSince(long nanos) {
    if (lastUse - nanos <= 0) {
      writer = closedIfUnused(writer);
      reader = closedIfUnused(reader);
      open = writer != null || reader != null;
    }
  }

  boolean isOpen() {
    return open;
  }

  private void refuseWhereClosed() {
    if (closed) {
      throw new StoreFailedException(
          "The store " + file + " is closed: make another one to go on.", null);
    }
    all.refuseWhereClosed(file);
  }

  @Override
  public void close() {
    for (Opened opened : openForTheLastTime()) {
      opened.store.close(); // waits for transactions
    }
    synchronized (this) {
      closeUnneeded();
    }
    all.used(this);
  }

  /**
   * What is open, and nothing will be after it: were the file opened again while the rest is waited
   * for, it would be claimed and written after this store was closed. A close that is refused
   * changes nothing.
   */
  private synchronized List<Opened> openForTheLastTime() {
    List<Opened> last = Stream.of(writer, reader).filter(Objects::nonNull).toList();
    last.forEach(opened -> opened.store.refuseToCloseWithin());
    closed = true;
    return last;
  }

  @Override
  public String toString() {
    return "OnDemandStore[" + file + "]";
  }
}
