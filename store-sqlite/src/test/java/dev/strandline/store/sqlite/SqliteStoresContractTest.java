package dev.strandline.store.sqlite;

import dev.strandline.spi.Store;
import dev.strandline.testkit.store.StoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** A store that is opened for each transaction anew keeps every promise of one that stays open. */
final class SqliteStoresContractTest extends StoreContract {
  @TempDir Path folder;

  @Override
  protected Store open() {
    return SqliteStores.builder().keepOpen(0).build().at(folder.resolve("store.db"));
  }
}
