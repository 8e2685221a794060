package dev.strandline.testkit.simulation;

import dev.strandline.spi.Store;
import dev.strandline.store.memory.MemoryStore;

/**
 * Where a store's content outlives the process that wrote it: a folder with a file, for example.
 * One for each history; used by one thread at a time.
 */
public interface Medium extends AutoCloseable {

  /**
   * Opens a store over what the stores that were opened before have left. The one opened before is
   * not used any more and may be closed here, as the end of its process would.
   */
  Store open();

  /** Ends the history: whatever is still open is closed, whatever was kept may go. */
  @Override
  void close();

  /** A medium in memory: what is opened is always the same {@link MemoryStore}. */
  static Medium memory() {
    MemoryStore store = new MemoryStore();
    return new Medium() {
      @Override
      public Store open() {
        return store;
      }

      @Override
      public void close() {
        store.close();
      }
    };
  }
}
