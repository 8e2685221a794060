package dev.strandline.store.memory;

import dev.strandline.error.StoreFailedException;
import dev.strandline.spi.Store;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.StoreWriter;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * A store in memory, with the guarantees of every {@link Store} except that it ends with the
 * process.
 *
 * <p>A transaction works on versions of its own and is published as a whole, so that readers never
 * wait. Look-ups by id and counts cost nothing to speak of; a page or a list costs a walk over all
 * messages, and a transaction costs a copy of each table that it writes: enough for a few hundred
 * thousand messages.
 */
public final class MemoryStore implements Store {
  private final ReentrantLock oneWriter = new ReentrantLock();
  private volatile Tables published = new Tables();
  private volatile boolean closed;

  /** An empty store. */
  public MemoryStore() {}

  @Override
  public <T> T read(Function<? super StoreReader, T> work) {
    checkOpen();
    checkNotWriting();
    return work.apply(new MemoryReader(published));
  }

  @Override
  public <T> T write(Function<? super StoreWriter, T> work) {
    checkNotWriting();
    oneWriter.lock();
    try {
      checkOpen();
      Tables mine = published.fork();
      T result = work.apply(new MemoryWriter(mine));
      published = mine;
      return result;
    } finally {
      oneWriter.unlock();
    }
  }

  @Override
  public void close() {
    checkNotWriting();
    oneWriter.lock();
    try {
      closed = true;
    } finally {
      oneWriter.unlock();
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new StoreFailedException("The store in memory is closed: open another one.", null);
    }
  }

  private void checkNotWriting() {
    if (oneWriter.isHeldByCurrentThread()) {
      throw new IllegalStateException(
          "inside a transaction, read and write through its StoreWriter");
    }
  }
}
