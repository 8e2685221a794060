package dev.strandline.store.sqlite;

import dev.strandline.spi.Store;
import dev.strandline.testkit.store.StoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class SqliteStoreTest extends StoreContract {
  @TempDir Path folder;

  @Override
  protected Store open() {
    return SqliteStore.open(folder.resolve("store.db"));
  }
}
