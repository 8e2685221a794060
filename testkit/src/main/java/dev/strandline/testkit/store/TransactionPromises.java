package dev.strandline.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.error.StoreException;
import dev.strandline.model.Message;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.Tombstone;
import dev.strandline.spi.DirectoryState;
import dev.strandline.spi.FeedPosition;
import dev.strandline.spi.Origin;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.StoreOwner;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.StoreWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** All or nothing, one view at a time, nobody waits who only reads. */
abstract class TransactionPromises extends StoreFixture {
  @Test
  void r2_pageAndPositionCommitTogether() {
    RoomState begun = RoomState.anchoredAt(ROOM, time(100));
    write(w -> w.putRoomState(begun));
    RoomState moved = begun.withUpdated(new FeedPosition(time(200), time(200)));

    IllegalStateException death = new IllegalStateException("in the middle of a page");
    assertThatThrownBy(
            () ->
                write(
                    w -> {
                      w.putMessage(message("m1", 150), Origin.ROOM);
                      w.putRoomState(moved);
                      throw death;
                    }))
        .isSameAs(death);
    assertOptional(r -> r.message(id("m1"))).isEmpty();
    assertOptional(r -> r.roomState(ROOM)).contains(begun);

    write(
        w -> {
          w.putMessage(message("m1", 150), Origin.ROOM);
          w.putRoomState(moved);
        });
    assertOptional(r -> r.message(id("m1"))).isPresent();
    assertOptional(r -> r.roomState(ROOM)).contains(moved);
  }

  @Test
  void r2_whatIsThrownRollsEverythingBackAndIsRethrownAsItIs() {
    write(this::fillEverything);
    Snapshot before = snapshot();
    Error error = new AssertionError("thrown on purpose");
    assertThatThrownBy(
            () ->
                write(
                    w -> {
                      w.putOwner(new StoreOwner("somebody else", null));
                      w.putDirectory(DirectoryState.UNREAD);
                      w.putRoom(room("new").build());
                      w.putMessage(message("m1", 1, "new"), Origin.THREAD);
                      w.removeMessage(id("reply"));
                      w.removeTombstone(id("gone"));
                      w.putTombstone(ROOM, Tombstone.deleted(id("m1"), time(9)));
                      w.quarantine(new RoomId("newer"), unreadable("x", "{}"), NOW);
                      w.noteSeen(ROOM, id("m1"));
                      w.purge(ROOM);
                      throw error;
                    }))
        .isSameAs(error);
    assertThat(snapshot()).isEqualTo(before);
    // A room that the failed transaction made known is made known again, and not taken for known.
    write(w -> w.putMessage(message("later", 5, "new"), Origin.ROOM));
    assertThat(read(r -> r.message(id("later"))).orElseThrow().room()).isEqualTo(new RoomId("new"));
  }

  @Test
  void aWriterReadsItsOwnWrites() {
    write(
        w -> {
          w.putMessage(message("m1", 1), Origin.ROOM);
          w.putMessage(reply("m2", 2, "m1"), Origin.ROOM);
          assertThat(w.message(id("m1"))).isPresent();
          assertThat(w.version(id("m1"))).isPresent();
          assertThat(ids(w.messages(Scope.room(ROOM), null, 9))).containsExactly("m2", "m1");
          assertThat(w.threads(ROOM, 9)).hasSize(1);
          assertThat(w.counts(ROOM).messages()).isEqualTo(2);
          w.removeMessage(id("m1"));
          assertThat(w.message(id("m1"))).isEmpty();
        });
  }

  @Test
  void readAndWriteAnswerWhatTheWorkAnswers() {
    String read = store().read(r -> "read");
    String written = store().write(w -> "written");
    assertThat(read).isEqualTo("read");
    assertThat(written).isEqualTo("written");
  }

  @Test
  void whatAReadThrowsIsRethrownAndTheStoreGoesOn() {
    IllegalArgumentException thrown = new IllegalArgumentException("on purpose");
    assertThatThrownBy(
            () ->
                store()
                    .read(
                        r -> {
                          throw thrown;
                        }))
        .isSameAs(thrown);
    assertList(StoreReader::rooms).isEmpty();
  }

  @Test
  void aWriteWithinAWriteIsRefusedAndHarmsNothing() {
    write(
        w -> {
          w.putMessage(message("m1", 1), Origin.ROOM);
          assertThatThrownBy(() -> store().write(inner -> 0))
              .isInstanceOf(IllegalStateException.class);
          assertThatThrownBy(() -> store().read(inner -> 0))
              .isInstanceOf(IllegalStateException.class);
        });
    assertOptional(r -> r.message(id("m1"))).isPresent();
  }

  @Test
  void aReadIsOfOneMomentWhateverIsCommittedMeanwhile() {
    write(w -> w.putMessage(message("m1", 1), Origin.ROOM));
    observe(
        r -> {
          elsewhere(
              () ->
                  write(
                      w -> {
                        w.putMessage(message("m2", 2), Origin.ROOM);
                        w.removeMessage(id("m1"));
                      }));
          assertThat(ids(r.messages(Scope.room(ROOM), null, 9))).containsExactly("m1");
          assertThat(r.counts(ROOM).messages()).isEqualTo(1);
        });
    assertList(r -> ids(r.messages(Scope.room(ROOM), null, 9))).containsExactly("m2");
  }

  @Test
  void aReaderDuringAWriteSeesTheLastCommitAndDoesNotWait() {
    write(w -> w.putMessage(message("m1", 1), Origin.ROOM));
    write(
        w -> {
          w.putMessage(message("m2", 2), Origin.ROOM);
          elsewhere(
              () ->
                  assertList(r -> ids(r.messages(Scope.room(ROOM), null, 9)))
                      .containsExactly("m1"));
        });
    assertList(r -> ids(r.messages(Scope.room(ROOM), null, 9))).containsExactly("m2", "m1");
  }

  @Test
  void writersOfSeveralThreadsTakeTurnsAndLoseNothing() {
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    for (String name : List.of("a", "b", "c", "d")) {
      writers.add(start(() -> writeOneByOne(name, 25)));
    }
    writers.forEach(StoreFixture::await);
    assertValue(r -> r.counts(ROOM).messages()).isEqualTo(100L);
  }

  private void writeOneByOne(String prefix, int count) {
    for (int i = 0; i < count; i++) {
      Message message = message(prefix + i, i);
      write(w -> w.putMessage(message, Origin.ROOM));
    }
  }

  @Test
  void readersBesideAWriterNeverSeeHalfATransaction() {
    AtomicBoolean done = new AtomicBoolean();
    CountDownLatch running = new CountDownLatch(3);
    List<CompletableFuture<Void>> readers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      readers.add(start(() -> readPagesOfTen(running, done)));
    }
    await(running);
    try {
      for (int page = 0; page < 30; page++) {
        int first = page * 10;
        write(w -> putTen(w, first));
      }
    } finally {
      done.set(true);
    }
    readers.forEach(StoreFixture::await);
  }

  private static void putTen(StoreWriter writer, int first) {
    for (int i = first; i < first + 10; i++) {
      writer.putMessage(message("m" + i, i), Origin.ROOM);
    }
  }

  private void readPagesOfTen(CountDownLatch running, AtomicBoolean done) {
    running.countDown();
    do {
      long count = read(TransactionPromises::countTheSameTwice);
      assertThat(count % 10).isZero();
    } while (!done.get());
  }

  private static long countTheSameTwice(StoreReader reader) {
    long count = reader.counts(ROOM).messages();
    assertThat((long) reader.messages(Scope.room(ROOM), null, 1000).size()).isEqualTo(count);
    return count;
  }

  @Test
  void closeWaitsForTheTransactionUnderWayAndTwiceIsFine() {
    CountDownLatch inside = new CountDownLatch(1);
    AtomicBoolean finished = new AtomicBoolean();
    CompletableFuture<Void> writer = start(() -> write(w -> putMany(w, inside, finished)));
    await(inside);
    store().close();
    assertThat(finished.get()).isTrue();
    await(writer);
    store().close();
    assertThatThrownBy(() -> read(StoreReader::rooms)).isInstanceOf(StoreException.class);
    assertThatThrownBy(() -> write(w -> {})).isInstanceOf(StoreException.class);
  }

  private static void putMany(StoreWriter writer, CountDownLatch inside, AtomicBoolean finished) {
    inside.countDown();
    for (int i = 0; i < 200; i++) {
      writer.putMessage(message("m" + i, i), Origin.ROOM);
    }
    finished.set(true);
  }
}
