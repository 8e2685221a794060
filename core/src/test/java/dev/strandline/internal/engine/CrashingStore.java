package dev.strandline.internal.engine;

import dev.strandline.spi.Finding;
import dev.strandline.spi.Store;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.StoreWriter;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** A store whose process can die right before or right after any commit. */
final class CrashingStore implements Store {

  /** The process is dead. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash() {
      super("the process died", null, false, false);
    }
  }

  private final Store store;
  private final BooleanSupplier dies;

  CrashingStore(Store store, BooleanSupplier dies) {
    this.store = store;
    this.dies = dies;
  }

  @Override
  public <T> T read(Function<? super StoreReader, T> work) {
    return store.read(work);
  }

  @Override
  public <T> T write(Function<? super StoreWriter, T> work) {
    T result =
        store.write(
            writer -> {
              T value = work.apply(writer);
              crash();
              return value;
            });
    crash();
    return result;
  }

  private void crash() {
    if (dies.getAsBoolean()) {
      throw new Crash();
    }
  }

  @Override
  public List<Finding> check() {
    return store.check();
  }

  @Override
  public void close() {}
}
