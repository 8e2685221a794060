package dev.strandline.internal.engine;

import dev.strandline.error.StoreFailedException;
import dev.strandline.spi.Finding;
import dev.strandline.spi.Store;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.StoreWriter;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** A store whose medium fails: a transaction is rolled back, and who wrote is told. */
class FailingStore implements Store {
  private final Store store;
  private final BooleanSupplier fails;

  FailingStore(Store store, BooleanSupplier fails) {
    this.store = store;
    this.fails = fails;
  }

  @Override
  public <T> T read(Function<? super StoreReader, T> work) {
    return store.read(work);
  }

  @Override
  public <T> T write(Function<? super StoreWriter, T> work) {
    return store.write(
        writer -> {
          T result = work.apply(writer);
          if (fails.getAsBoolean()) {
            throw new StoreFailedException("the medium is gone", null);
          }
          return result;
        });
  }

  @Override
  public List<Finding> check() {
    return store.check();
  }

  @Override
  public void close() {}
}
