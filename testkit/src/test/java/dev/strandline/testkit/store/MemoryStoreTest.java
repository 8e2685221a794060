package dev.strandline.testkit.store;

import dev.strandline.spi.Store;
import dev.strandline.store.memory.MemoryStore;

final class MemoryStoreTest extends StoreContract {
  @Override
  protected Store open() {
    return new MemoryStore();
  }
}
