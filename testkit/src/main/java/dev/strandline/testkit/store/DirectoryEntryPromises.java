package dev.strandline.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.Explanation;
import dev.strandline.LocalCopy;
import dev.strandline.journal.RunEntry;
import dev.strandline.model.Room;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.DirectoryList;
import dev.strandline.spi.Origin;
import dev.strandline.spi.Quarantined;
import dev.strandline.spi.RoomCounts;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Entries of the directory in quarantine, rooms with other clocks, and answers of one moment. */
abstract class DirectoryEntryPromises extends DirectoryPromises {
  private static final Unreadable ODD = new Unreadable(null, "{\"rid\":7}", "its rid is not text");

  @Test
  void r14_anEntryOfTheDirectoryIsKeptOnceForEachListAndVerbatim() {
    Unreadable dated = new Unreadable(null, "[\"😀\\ud800\"", "no object", time(5));
    write(
        w -> {
          assertThat(w.quarantine(DirectoryList.SUBSCRIPTIONS, ODD, NOW)).isTrue();
          assertThat(w.quarantine(DirectoryList.SUBSCRIPTIONS, ODD, NOW.plusMillis(5))).isFalse();
          assertThat(w.quarantine(DirectoryList.ROOMS, ODD, NOW.plusMillis(1))).isTrue();
          assertThat(w.quarantine(DirectoryList.ROOMS, dated, NOW.plusMillis(2))).isTrue();
          assertThat(w.quarantine(ROOM, ODD, NOW.plusMillis(3))).isTrue();
        });
    assertList(r -> r.quarantine(null, 9))
        .containsExactly(
            new Quarantined(DirectoryList.SUBSCRIPTIONS, ODD, NOW),
            new Quarantined(DirectoryList.ROOMS, ODD, NOW.plusMillis(1)),
            new Quarantined(DirectoryList.ROOMS, dated, NOW.plusMillis(2)),
            new Quarantined(ROOM, ODD, NOW.plusMillis(3)));
    assertList(r -> r.quarantine(ROOM, 9)).hasSize(1);
    assertThat(read(r -> r.counts(ROOM)).quarantined()).isEqualTo(1);
    observe(
        r -> {
          assertThat(r.quarantined(DirectoryList.SUBSCRIPTIONS)).isEqualTo(1);
          assertThat(r.quarantined(DirectoryList.ROOMS)).isEqualTo(2);
          assertThat(r.quarantinedOfDirectory()).isEqualTo(3);
          assertThat(r.rooms()).containsExactly(room("room").build());
        });
  }

  @Test
  void r14_whatOneListShowsNoMoreIsReleasedAndNothingElse() {
    Unreadable shown = new Unreadable(null, "{\"_id\":1}", "its _id is not text");
    write(
        w -> {
          w.quarantine(DirectoryList.SUBSCRIPTIONS, ODD, NOW);
          w.quarantine(DirectoryList.SUBSCRIPTIONS, shown, NOW);
          w.quarantine(DirectoryList.ROOMS, ODD, NOW);
          w.quarantine(ROOM, ODD, NOW);
          w.releaseUnshown(DirectoryList.SUBSCRIPTIONS, Set.of(shown.json()));
        });
    assertList(r -> r.quarantine(null, 9))
        .containsExactly(
            new Quarantined(DirectoryList.SUBSCRIPTIONS, shown, NOW),
            new Quarantined(DirectoryList.ROOMS, ODD, NOW),
            new Quarantined(ROOM, ODD, NOW));
    write(
        w -> {
          // Neither a room's end nor its whole reading says anything about the directory.
          w.releaseUnseen(ROOM);
          w.purge(ROOM);
        });
    assertValue(r -> r.quarantinedOfDirectory()).isEqualTo(2L);
    assertValue(r -> r.counts(ROOM)).isEqualTo(RoomCounts.NONE);
    write(w -> w.releaseUnshown(DirectoryList.SUBSCRIPTIONS, Set.of()));
    assertValue(r -> r.quarantined(DirectoryList.SUBSCRIPTIONS)).isEqualTo(0L);
    write(w -> assertThat(w.quarantine(DirectoryList.SUBSCRIPTIONS, shown, NOW)).isTrue());
  }

  @Test
  void r9_whetherARoomsMessagesCarryOtherClocksTimesIsKept() {
    Room other = room("room").otherClocks(true).build();
    write(w -> w.putRoom(other));
    assertOptional(r -> r.room(ROOM)).contains(other);
    write(w -> w.putRoom(room("room").build()));
    assertOptional(r -> r.room(ROOM)).contains(room("room").build());
  }

  @Test
  void r9_aMessageThatWasSentLongAfterItWasWrittenIsNoticedWhileItIsThere() {
    ServerTime written = time(1_000_000);
    long bound = 60_000;
    write(
        w -> {
          w.putMessage(message("m", 1_000_000 + bound, written, "room"), Origin.ROOM);
          w.putMessage(message("e", 1_000_000 + bound + 1, written, "other"), Origin.ROOM);
        });
    assertValue(r -> r.isSentAhead(ROOM)).isEqualTo(false);
    assertValue(r -> r.isSentAhead(OTHER)).isEqualTo(true);
    write(w -> w.putMessage(message("m", 1_000_000 + bound + 1, written, "room"), Origin.ROOM));
    assertValue(r -> r.isSentAhead(ROOM)).isEqualTo(true);
    write(w -> w.removeMessage(id("m")));
    assertValue(r -> r.isSentAhead(ROOM)).isEqualTo(false);
    write(w -> w.purge(OTHER));
    assertValue(r -> r.isSentAhead(OTHER)).isEqualTo(false);
  }

  @Test
  void everythingThatACopyOfOneMomentOffersIsOfThatMoment() {
    write(w -> w.putMessage(message("m", 1), Origin.ROOM));
    boolean same =
        LocalCopy.of(store())
            .atOneMoment(
                one -> {
                  assertThat(one.rooms()).hasSize(1);
                  elsewhere(this::writeUnsoundRows);
                  assertThat(one.explain(id("m")).verdict()).isEqualTo(Explanation.Verdict.LIVE);
                  assertThat(one.explain(id("n")).verdict())
                      .isEqualTo(Explanation.Verdict.NOT_STORED);
                  assertThat(one.journal().reach().lastRun()).isZero();
                  assertThat(one.journal().runs(Long.MAX_VALUE, 9)).isEmpty();
                  assertThat(one.check()).isEmpty();
                  assertThat(one.unreadableRooms()).isZero();
                  assertThat(one.atOneMoment(LocalCopy::check)).isEmpty();
                  return true;
                });
    assertThat(same).isTrue();
    LocalCopy now = LocalCopy.of(store());
    assertThat(now.explain(id("m")).verdict()).isEqualTo(Explanation.Verdict.DELETED);
    assertThat(now.journal().runs(Long.MAX_VALUE, 9)).hasSize(1);
    assertThat(now.check()).isNotEmpty();
    assertThat(now.unreadableRooms()).isEqualTo(1);
  }

  private void writeUnsoundRows() {
    write(
        w -> {
          w.putRun(RunEntry.begun(1, RunEntry.Kind.SYNC, "everything", 1, Instant.EPOCH));
          w.putTombstone(ROOM, Tombstone.deleted(id("m"), time(99)));
          w.removeMessage(id("m"));
          w.putMessage(message("n", 1), Origin.ROOM);
          w.putTombstone(ROOM, concludedGone("n"));
          w.quarantine(DirectoryList.ROOMS, ODD, NOW);
        });
  }

  @Test
  void aTransactionChecksWhatItHasWritten() {
    write(
        w -> {
          w.putMessage(message("m", 1), Origin.ROOM);
          assertThat(w.check()).isEmpty();
          w.putTombstone(ROOM, concludedGone("m"));
          assertThat(w.check()).hasSize(1);
          w.removeTombstone(id("m"));
        });
  }

  /** What no live message has: a reading that did not find it. */
  private static Tombstone concludedGone(String id) {
    return new Tombstone(id(id), time(5_000), Tombstone.Reason.NOT_FOUND);
  }
}
