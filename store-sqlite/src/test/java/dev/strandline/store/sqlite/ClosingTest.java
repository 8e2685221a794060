package dev.strandline.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.strandline.error.StoreFailedException;
import dev.strandline.spi.Origin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What closing waits for, whom it turns away, and what it leaves. */
final class ClosingTest {
  /** What waits gets a thread of its own, which need not end where a promise is broken. */
  private static final Executor NEW_THREAD =
      work -> {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
      };

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("store.db");
  }

  @Test
  void closingLeavesTheFileAndItsLockAndNothingElse() throws Exception {
    SqliteStore store = SqliteStore.open(file());
    put(store, 100);
    store.close();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactlyInAnyOrder(file(), folder.resolve("store.db.lock"));
    }
  }

  @Test
  void closingDoesNotWaitForAnotherProgramsReader() throws Exception {
    SqliteStore store = SqliteStore.builder().busyTimeout(Duration.ofHours(1)).open(file());
    try (Connection other = OtherTool.connect(file());
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN");
      statement.execute("SELECT count(*) FROM messages");
      put(store, 1);
      // The log holds what the reader must not see yet, so it cannot be emptied.
      assertTimeoutPreemptively(Duration.ofMinutes(1), store::close);
      statement.execute("COMMIT");
    }
    try (SqliteStore again = SqliteStore.open(file())) {
      assertThat(again.read(r -> r.counts(TestMessages.ROOM)).messages()).isEqualTo(1);
    }
  }

  @Test
  void closingWithinATransactionIsRefused() {
    SqliteStore store = SqliteStore.open(file());
    assertThatThrownBy(() -> store.read(r -> closed(store)))
        .isInstanceOf(IllegalStateException.class);
    put(store, 1);
    store.close();
  }

  private static boolean closed(SqliteStore store) {
    store.close();
    return true;
  }

  @Test
  void closingTurnsAwayWhoBeginsAndWaitsForNobodyWhoWaitsForHim() throws Exception {
    SqliteStore store = SqliteStore.open(file());
    put(store, 1);
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Integer> transaction =
        CompletableFuture.supplyAsync(
            () ->
                store.read(
                    reader -> {
                      begun.countDown();
                      // Such as one that sends what it reads to a thread that looks into the store.
                      CompletableFuture.runAsync(() -> readUntilRefused(store), NEW_THREAD).join();
                      return rooms(store) + reader.rooms().size();
                    }),
            NEW_THREAD);
    begun.await();
    CompletableFuture<Void> closing = CompletableFuture.runAsync(store::close, NEW_THREAD);
    closing.get(1, TimeUnit.MINUTES);
    // What had begun has read to its end, with a reading of its own thread besides.
    assertThat(transaction.get(1, TimeUnit.MINUTES)).isEqualTo(2);
    SqliteStore.open(file()).close();
  }

  private static void readUntilRefused(SqliteStore store) {
    try {
      while (rooms(store) > 0) {
        Thread.onSpinWait();
      }
    } catch (StoreFailedException e) {
      assertThat(e).hasMessageContaining("is closed");
    }
  }

  private static int rooms(SqliteStore store) {
    return store.<Integer>read(reader -> reader.rooms().size());
  }

  private static void put(SqliteStore store, int count) {
    store.write(
        w -> {
          for (int i = 0; i < count; i++) {
            w.putMessage(TestMessages.message("m" + i, i), Origin.ROOM);
          }
          return 0;
        });
  }
}
