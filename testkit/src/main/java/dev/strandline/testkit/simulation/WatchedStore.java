package dev.strandline.testkit.simulation;

import dev.strandline.spi.Finding;
import dev.strandline.spi.Store;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.StoreWriter;
import java.util.List;
import java.util.function.Function;

/** A store whose process can die at any commit, and whose every commit somebody looks at. */
final class WatchedStore implements Store {

  /** Who looks. */
  interface Watch {
    /** Within the transaction, as its last act. */
    void committing();

    /** Right after the transaction. */
    void committed();
  }

  private final Store store;
  private final Watch watch;

  WatchedStore(Store store, Watch watch) {
    this.store = store;
    this.watch = watch;
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
              watch.committing();
              return value;
            });
    watch.committed();
    return result;
  }

  @Override
  public List<Finding> check() {
    return store.check();
  }

  /** The medium closes it. */
  @Override
  public void close() {}
}
