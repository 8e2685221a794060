package dev.strandline.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.strandline.error.StoreFailedException;
import dev.strandline.model.MessageId;
import dev.strandline.spi.Origin;
import dev.strandline.spi.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log beside an open file: where it is lost, and where it would harm another file. */
final class LostLogTest {
  @TempDir Path folder;

  private Path file;
  private Path log;
  private Path elsewhere;

  @BeforeEach
  void requireFilesThatCanBeToldApart() throws Exception {
    Assumptions.assumeTrue(
        Files.readAttributes(folder, BasicFileAttributes.class).fileKey() != null,
        "a file system that does not tell files apart, and keeps those that are open");
    folder = folder.toRealPath();
    file = folder.resolve("store.db");
    log = folder.resolve("store.db-wal");
    elsewhere = folder.resolve("elsewhere.db");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothingIsCommittedToALogThatWasRemoved_andWhatWasBeforeIsKept(boolean anew)
      throws Exception {
    SqliteStore store = SqliteStore.open(file);
    put(store, "before");
    Files.delete(log);
    if (anew) {
      Files.createFile(log);
    }
    assertLogLost(() -> put(store, "after"));
    // A further connection would make the log anew, and take it for the one that goes with the
    // file.
    assertLogLost(store::changeCounter);
    store.close();
    try (SqliteStore again = SqliteStore.open(file)) {
      assertThat(has(again, "before")).isTrue();
      assertThat(has(again, "after")).isFalse();
      assertThat(again.check()).isEmpty();
    }
  }

  @Test
  void theLogOfAFileIsTheSameHoweverOftenItIsEmptied() throws Exception {
    for (SqliteStore.Documents kind : SqliteStore.Documents.values()) {
      try (SqliteStore store = SqliteStore.builder().documents(kind).open(file)) {
        put(store, "m");
        SqliteStore.openReadOnly(file).close();
        OtherTool.rows(file, "PRAGMA wal_checkpoint(TRUNCATE)");
        assertThat(log).isEmptyFile();
        put(store, "n");
        OtherTool.rows(file, "PRAGMA wal_checkpoint(RESTART)");
        put(store, "o");
        assertThat(has(store, "o")).isTrue();
      }
      assertThat(log).doesNotExist();
    }
  }

  @Test
  void theLogOfALostFileIsEmptiedThoughClosingHasToWaitForWhoReads() throws Exception {
    try (SqliteStore other = SqliteStore.open(elsewhere)) {
      put(other, "theirs");
    }
    SqliteStore store = SqliteStore.builder().busyTimeout(Duration.ofHours(1)).open(file);
    put(store, "before");
    try (Connection reading = OtherTool.connect(file);
        Statement statement = reading.createStatement()) {
      keepReading(statement);
      put(store, "ours");
      assertThat(accepts(store)).isTrue(); // and does so without a further connection from now on
      Files.move(elsewhere, file, StandardCopyOption.REPLACE_EXISTING);
      Thread closing = new Thread(store::close);
      closing.start();
      while (accepts(store)) {
        Thread.onSpinWait();
      }
      // It cannot be told from outside that it waits; that it has not ended can.
      closing.join(200);
      assertThat(closing.isAlive()).isTrue();
      statement.execute("COMMIT");
      closing.join();
    }
    assertThat(log).isEmptyFile();
    try (SqliteStore other = SqliteStore.open(file)) {
      assertThat(has(other, "theirs")).isTrue();
      assertThat(has(other, "ours")).isFalse();
      assertThat(other.check()).isEmpty();
    }
  }

  @Test
  void thatTheLogOfALostFileCouldNotBeEmptiedIsSaidWithWhatToRemove() throws Exception {
    SqliteStore store = SqliteStore.builder().busyTimeout(Duration.ZERO).open(file);
    put(store, "before");
    Warnings warnings = Warnings.of(SqliteStore.class);
    try (warnings;
        Connection reading = OtherTool.connect(file);
        Statement statement = reading.createStatement()) {
      keepReading(statement);
      put(store, "ours");
      Files.move(file, elsewhere);
      store.close();
    }
    assertThat(warnings.messages())
        .singleElement(STRING)
        .contains("The log could not be brought into the file")
        .contains("remove " + log + " and " + folder.resolve("store.db-shm"));
  }

  private static void keepReading(Statement statement) throws SQLException {
    statement.execute("BEGIN");
    statement.execute("SELECT count(*) FROM messages");
  }

  private static boolean accepts(Store store) {
    try {
      return has(store, "before");
    } catch (StoreFailedException e) {
      return false;
    }
  }

  private void assertLogLost(ThrowingCallable use) {
    assertThatThrownBy(use)
        .isInstanceOf(StoreFailedException.class)
        .hasMessageContaining(log + " was moved, replaced or removed while it was open")
        .hasMessageContaining("start again");
  }

  private static void put(Store store, String id) {
    store.write(
        writer -> {
          writer.putMessage(TestMessages.message(id, 1), Origin.ROOM);
          return 0;
        });
  }

  private static boolean has(Store store, String id) {
    return store.read(reader -> reader.message(new MessageId(id)).isPresent());
  }
}
