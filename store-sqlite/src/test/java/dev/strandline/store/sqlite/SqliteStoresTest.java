package dev.strandline.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.error.StoreBusyException;
import dev.strandline.error.StoreFailedException;
import dev.strandline.spi.Origin;
import dev.strandline.spi.Store;
import dev.strandline.spi.StoreReader;
import dev.strandline.testkit.ManualClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many stores, of which only those are open that are used. */
final class SqliteStoresTest {
  /**
   * Not the common pool, which may have a single thread: what waits in it would keep the rest out.
   */
  private static final Executor NEW_THREAD = work -> new Thread(work).start();

  @TempDir Path folder;

  private final ManualClock clock = ManualClock.at(Instant.EPOCH);
  private SqliteStores stores =
      SqliteStores.builder().clock(clock).idleAfter(Duration.ofSeconds(30)).keepOpen(3).build();

  @AfterEach
  void close() {
    stores.close();
  }

  private Path file(int number) {
    return folder.resolve(number + ".db");
  }

  private static void put(Store store, String id) {
    store.write(
        writer -> {
          writer.putMessage(TestMessages.message(id, 1), Origin.ROOM);
          return 0;
        });
  }

  private static int rooms(Store store) {
    return store.read(reader -> reader.rooms().size());
  }

  @Test
  void aStoreOpensNothingBeforeItIsUsed() {
    Store store = stores.at(file(1));
    assertThat(stores.openFiles()).isZero();
    assertThat(file(1)).doesNotExist();
    assertThat(rooms(store)).isZero();
    assertThat(stores.openFiles()).isEqualTo(1);
  }

  @Test
  void aFileIsClosedWhenItHasBeenIdleAndOpenedAgainWhenItIsUsed() {
    Store store = stores.at(file(1));
    put(store, "m");
    clock.advance(Duration.ofSeconds(29));
    stores.sweep();
    assertThat(stores.openFiles()).isEqualTo(1);
    clock.advance(Duration.ofSeconds(1));
    stores.sweep();
    assertThat(stores.openFiles()).isZero();
    // Nothing is left beside a file that was closed in order.
    assertThat(folder.resolve("1.db-wal")).doesNotExist();
    assertThat(rooms(store)).isEqualTo(1);
    assertThat(stores.openFiles()).isEqualTo(1);
  }

  @Test
  void noMoreFilesStayOpenThanAreToBeKeptTheOneUsedLongestAgoGoesFirst() {
    List<Store> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      all.add(stores.at(file(i)));
      put(all.get(i), "m");
      all.get(0).read(StoreReader::rooms);
    }
    assertThat(stores.openFiles()).isEqualTo(3);
    assertThat(openIn(folder)).containsExactlyInAnyOrder("0.db", "8.db", "9.db");
    for (Store store : all) {
      assertThat(rooms(store)).isEqualTo(1);
    }
    assertThat(stores.openFiles()).isEqualTo(3);
  }

  /** The stores of which a log lies beside the file. */
  private static List<String> openIn(Path folder) {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("-wal"))
          .map(name -> name.substring(0, name.length() - "-wal".length()))
          .toList();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void aFileInUseStaysOpenHoweverManyThereAre() {
    Store first = stores.at(file(0));
    put(first, "m");
    first.read(
        reader -> {
          for (int i = 1; i < 10; i++) {
            put(stores.at(file(i)), "m");
          }
          clock.advance(Duration.ofDays(1));
          stores.sweep();
          assertThat(stores.openFiles()).isEqualTo(1);
          assertThat(reader.rooms()).hasSize(1);
          return 0;
        });
  }

  @Test
  void otherProcessesCanWriteExceptDuringARun() {
    Store store = stores.at(file(1));
    put(store, "m");
    assertThatThrownBy(() -> SqliteStore.open(file(1))).isInstanceOf(StoreBusyException.class);
    store.rest();
    try (SqliteStore other = SqliteStore.open(file(1))) {
      put(other, "n");
      // Reading goes on, and sees what the other has written.
      assertThat(store.<Long>read(r -> r.counts(TestMessages.message("m", 1).room()).messages()))
          .isEqualTo(2);
      assertThatThrownBy(() -> put(store, "o")).isInstanceOf(StoreBusyException.class);
    }
    put(store, "o");
  }

  @Test
  void aFileThatIsOnlyReadIsNotClaimed() {
    SqliteStore.open(file(1)).close();
    Store store = stores.at(file(1));
    rooms(store);
    SqliteStore.open(file(1)).close();
    // One that reading had to make is claimed until it is idle.
    rooms(stores.at(file(2)));
    clock.advance(Duration.ofSeconds(30));
    stores.sweep();
    SqliteStore.open(file(2)).close();
  }

  @Test
  void aReadThatOutlivesTheRunKeepsItsView() {
    Store store = stores.at(file(1));
    put(store, "m");
    store.read(
        reader -> {
          store.rest();
          assertThat(reader.rooms()).hasSize(1);
          return 0;
        });
    SqliteStore.open(file(1)).close();
  }

  @Test
  void whatIsClosedStaysClosed() {
    Store store = stores.at(file(1));
    Store other = stores.at(file(2));
    put(store, "m");
    store.close();
    assertThat(stores.openFiles()).isZero();
    assertThatThrownBy(() -> rooms(store))
        .isInstanceOf(StoreFailedException.class)
        .hasMessageContaining("closed");
    put(other, "m");
    stores.close();
    assertThat(stores.openFiles()).isZero();
    assertThatThrownBy(() -> rooms(other)).isInstanceOf(StoreFailedException.class);
  }

  @Test
  void aStoreInItsFirstTransactionIsClosedWithTheOthers() {
    Store store = stores.at(file(1));
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<Integer> first =
        CompletableFuture.supplyAsync(
            () ->
                store.write(
                    writer -> {
                      begun.countDown();
                      await(goOn);
                      return writer.rooms().size();
                    }),
            NEW_THREAD);
    await(begun);
    CompletableFuture<Void> closing = CompletableFuture.runAsync(stores::close, NEW_THREAD);
    while (accepts(stores.at(file(2)))) {
      Thread.onSpinWait();
    }
    goOn.countDown();
    assertThat(first.join()).isZero();
    closing.join();
    assertThat(stores.openFiles()).isZero();
    // Nobody claims it any more, and nothing is left beside it.
    SqliteStore.open(file(1)).close();
    assertThat(openIn(folder)).isEmpty();
  }

  @Test
  void aStoreThatIsBeingClosedOpensAndClaimsNothingMore() throws Exception {
    SqliteStore.open(file(1)).close();
    Store store = stores.at(file(1));
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<Integer> reading = begunReading(store, goOn, reader -> reader.rooms().size());
    CompletableFuture<Void> closing = CompletableFuture.runAsync(store::close, NEW_THREAD);
    while (accepts(store)) {
      Thread.onSpinWait();
    }
    assertThatThrownBy(() -> put(store, "late"))
        .isInstanceOf(StoreFailedException.class)
        .hasMessageContaining("is closed");
    goOn.countDown();
    closing.join();
    assertThat(reading.join()).isZero();
    SqliteStore.open(file(1)).close();
  }

  @Test
  void whatHasBegunWhenAStoreIsClosedCanReadFurther() throws InterruptedException {
    Store store = stores.at(file(1));
    put(store, "m");
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<Integer> reading = begunReading(store, goOn, reader -> rooms(store));
    Thread closing = new Thread(store::close);
    closing.start();
    while (closing.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    goOn.countDown();
    assertThat(reading.join()).isEqualTo(1);
    closing.join();
    assertThat(stores.openFiles()).isZero();
  }

  @Test
  void aStoreThatRefusesToBeClosedWithinATransactionGoesOn() {
    Store store = stores.at(file(1));
    put(store, "m");
    store.rest();
    store.<Integer>read(
        reader -> {
          put(store, "n");
          assertThatThrownBy(store::close).isInstanceOf(IllegalStateException.class);
          put(store, "o");
          return 0;
        });
    assertThat(rooms(store)).isEqualTo(1);
    store.close();
    assertThat(stores.openFiles()).isZero();
  }

  @Test
  void aStoreThatCannotBeClosedKeepsNoOtherOpenAndIsClosedAsSoonAsItCan() {
    Store reading = stores.at(file(1));
    Store alsoReading = stores.at(file(2));
    Store idle = stores.at(file(3));
    List.of(reading, alsoReading, idle).forEach(store -> put(store, "m"));
    reading.<Integer>read(
        r ->
            alsoReading.read(
                s -> {
                  assertThatThrownBy(stores::close)
                      .isInstanceOf(IllegalStateException.class)
                      .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
                  assertThat(openIn(folder)).containsExactlyInAnyOrder("1.db", "2.db");
                  assertThat(s.rooms()).hasSize(1);
                  return 0;
                }));
    assertThat(stores.openFiles()).isZero();
    assertThat(openIn(folder)).isEmpty();
  }

  /** A transaction on another thread, begun, that does {@code rest} when it may go on. */
  private static CompletableFuture<Integer> begunReading(
      Store store, CountDownLatch goOn, Function<StoreReader, Integer> rest) {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Integer> reading =
        CompletableFuture.supplyAsync(
            () ->
                store.read(
                    reader -> {
                      begun.countDown();
                      await(goOn);
                      return rest.apply(reader);
                    }),
            NEW_THREAD);
    await(begun);
    return reading;
  }

  private static boolean accepts(Store store) {
    try {
      return rooms(store) == 0;
    } catch (StoreFailedException e) {
      return false;
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> SqliteStores.builder().keepOpen(-1))
        .hasMessageContaining("keepOpen must be 0 or more, not -1");
    assertThatThrownBy(() -> SqliteStores.builder().idleAfter(Duration.ofDays(2)))
        .hasMessageContaining("idleAfter must be from 0 to 1 day");
  }
}
