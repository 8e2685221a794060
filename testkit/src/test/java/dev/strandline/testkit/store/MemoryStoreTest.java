package dev.strandline.testkit.store;

import dev.strandline.spi.Store;
import dev.strandline.store.memory.MemoryStore;

/** The store in memory keeps what every store promises. */
class MemoryStoreTest extends StoreContract {
  @Override
  protected Store open() {
    return new MemoryStore();
  }
}
