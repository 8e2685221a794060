package dev.strandline.store.sqlite;

import dev.strandline.spi.Store;
import dev.strandline.store.sqlite.SqliteStore.Documents;
import dev.strandline.testkit.store.StoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** A store with compressed documents keeps every promise of one with plain ones. */
final class CompactStoreContractTest extends StoreContract {
  @TempDir Path folder;

  @Override
  protected Store open() {
    return SqliteStore.builder().documents(Documents.COMPACT).open(folder.resolve("store.db"));
  }
}
