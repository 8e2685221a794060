package dev.strandline.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.model.Room;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.Finding;
import dev.strandline.spi.Origin;
import dev.strandline.spi.Quarantined;
import dev.strandline.spi.Reach;
import dev.strandline.spi.RoomCounts;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.Store;
import dev.strandline.spi.Told;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Store} keeps, as tests that it inherits.
 *
 * <p>A subclass says how to {@link #open} an empty store; each test gets one and closes it.
 * Instants in these tests are whole milliseconds, and every message's fields say what its document
 * says: a store may keep the former no finer, and may read the latter from the document.
 */
public abstract class StoreContract extends InQuestionPromises {
  /** For subclasses. */
  protected StoreContract() {}

  @Test
  void r14_quarantineKeepsEachEntryOnceAndVerbatim() {
    Unreadable first =
        unreadable("m1", "{\"_id\":\"m1\",\"ts\":\"\ud83d\ude00 \\ud800 soon\u0000\"");
    Unreadable nameless = new Unreadable(null, "[]", "not an object");
    write(
        w -> {
          assertThat(w.quarantine(ROOM, first, NOW)).isTrue();
          assertThat(w.quarantine(ROOM, first, NOW.plusMillis(9))).isFalse();
          assertThat(w.quarantine(ROOM, new Unreadable(null, first.json(), "again"), NOW))
              .isFalse();
          assertThat(w.quarantine(OTHER, first, NOW.plusMillis(1))).isTrue();
          assertThat(w.quarantine(ROOM, nameless, NOW.plusMillis(2))).isTrue();
        });
    Quarantined one = new Quarantined(ROOM, first, NOW);
    Quarantined two = new Quarantined(OTHER, first, NOW.plusMillis(1));
    Quarantined three = new Quarantined(ROOM, nameless, NOW.plusMillis(2));
    assertList(r -> r.quarantine(null, 9)).containsExactly(one, two, three);
    assertList(r -> r.quarantine(null, 2)).containsExactly(one, two);
    assertList(r -> r.quarantine(ROOM, 9)).containsExactly(one, three);
    // Nothing says when it was written: only what ends it for good ends it.
    write(w -> w.releaseQuarantine(id("m1"), ServerTime.ofEpochMilli(NOW.toEpochMilli())));
    assertList(r -> r.quarantine(null, 9)).containsExactly(one, two, three);
    write(w -> w.releaseQuarantine(id("m1"), ServerTime.MAX));
    assertList(r -> r.quarantine(null, 9)).containsExactly(three);
    write(w -> assertThat(w.quarantine(ROOM, first, NOW)).isTrue());
  }

  @Test
  void r14_whatIsLaterThanItsReleaseStaysInQuarantine() {
    Unreadable entry = new Unreadable(id("m1"), "{}", "no date", ServerTime.ofEpochMilli(10));
    write(
        w -> {
          w.quarantine(ROOM, entry, NOW);
          w.releaseQuarantine(id("m1"), ServerTime.ofEpochMilli(9));
        });
    assertList(r -> r.quarantine(null, 9)).containsExactly(new Quarantined(ROOM, entry, NOW));
    write(w -> w.releaseQuarantine(id("m1"), ServerTime.ofEpochMilli(10)));
    assertList(r -> r.quarantine(null, 9)).isEmpty();
  }

  @Test
  void r14_whatAWholeReadingDidNotShowLeavesQuarantineUnlessItHasNoId() {
    write(
        w -> {
          w.quarantine(ROOM, unreadable("seen", "1"), NOW);
          w.quarantine(ROOM, unreadable("unseen", "2"), NOW);
          w.quarantine(ROOM, new Unreadable(null, "3", "no id", null), NOW);
          w.quarantine(OTHER, unreadable("elsewhere", "4"), NOW);
          w.noteSeen(ROOM, id("seen"));
          w.noteSeen(OTHER, id("unseen"));
          w.releaseUnseen(ROOM);
        });
    assertList(r -> r.quarantine(null, 9))
        .extracting(held -> held.entry().json())
        .containsExactly("1", "3", "4");
    assertThat(read(r -> r.counts(ROOM)).quarantined()).isEqualTo(2);
  }

  @Test
  void r11_unseenIsWhatAWholeReadingDidNotShow() {
    write(
        w -> {
          for (String each : List.of("😀", "c", "\uffee", "a", "b")) {
            w.putMessage(message(each, 1), Origin.ROOM);
          }
          w.putMessage(message("elsewhere", 1, "other"), Origin.ROOM);
          w.noteSeen(ROOM, id("b"));
          w.noteSeen(ROOM, id("b"));
          w.noteSeen(ROOM, id("not stored"));
          w.noteSeen(OTHER, id("a"));
        });
    assertThat(unseen(ROOM, 9)).containsExactly(id("a"), id("c"), id("\uffee"), id("😀"));
    assertThat(unseen(ROOM, 2)).containsExactly(id("a"), id("c"));
    write(w -> w.forgetSeen(ROOM));
    assertThat(unseen(ROOM, 9)).hasSize(5);
    assertThat(unseen(OTHER, 9)).containsExactly(id("elsewhere"));
  }

  @Test
  void r12_purgeRemovesARoomsContentsAndNothingElse() {
    write(this::fillEverything);
    Room known = read(r -> r.room(ROOM)).orElseThrow();
    write(w -> w.putMessage(message("elsewhere", 1, "other"), Origin.ROOM));
    write(w -> w.putTombstone(OTHER, Tombstone.deleted(id("gone elsewhere"), time(1))));
    write(w -> w.quarantine(OTHER, unreadable("q2", "x"), NOW));
    write(w -> w.purge(ROOM));
    observe(
        r -> {
          assertThat(r.room(ROOM)).contains(known);
          assertThat(r.counts(ROOM)).isEqualTo(RoomCounts.NONE);
          assertThat(r.messages(Scope.room(ROOM), null, 9)).isEmpty();
          assertThat(r.messages(Scope.thread(id("root")), null, 9)).isEmpty();
          assertThat(r.threads(ROOM, 9)).isEmpty();
          assertThat(r.roomState(ROOM)).isEmpty();
          assertThat(r.threadStates(ROOM)).isEmpty();
          assertThat(r.tombstone(id("gone"))).isEmpty();
          assertThat(r.counts(OTHER)).isEqualTo(new RoomCounts(1, 0, 1, 1, 0));
          assertThat(r.owner()).contains(OWNER);
        });
    write(w -> w.putMessage(message("root", 1), Origin.ROOM));
    assertThat(unseen(ROOM, 9)).containsExactly(id("root"));
  }

  @Test
  void checkFindsAMessageThatIsLiveThoughAReadingConcludedThatItIsGone() {
    write(w -> w.putMessage(message("m", 1, time(100), "room"), Origin.ROOM));
    write(w -> w.putTombstone(ROOM, Tombstone.deleted(id("m"), time(100))));
    write(w -> w.putMessage(message("h", 1, time(100), "room"), Origin.ROOM));
    assertThat(store().check()).as("a message can outlive its deletion").isEmpty();
    write(w -> w.putTombstone(ROOM, new Tombstone(id("h"), time(100), Tombstone.Reason.NOT_FOUND)));
    assertThat(store().check()).extracting(Finding::check).containsExactly("live-and-buried");
    assertThat(store().check()).extracting(Finding::subject).containsExactly("h");
  }

  @Test
  void r9_checkFindsAClaimBeyondWhatHasBeenRead() {
    RoomState begun = RoomState.anchoredAt(ROOM, time(100));
    for (RoomState sound :
        List.of(
            begun.claimed(time(100), Told.at(time(100))),
            begun.withHistory(Reach.downTo(time(50))).claimed(time(100), Told.at(time(100))),
            begun.withHistory(Reach.beginning(time(50))).claimed(time(100), Told.at(time(100))),
            begun
                .withHistory(Reach.downTo(time(50)))
                .claimed(time(100), Told.at(time(100)))
                .withHistory(Reach.downTo(time(40))))) {
      write(w -> w.putRoomState(sound));
      assertThat(store().check()).isEmpty();
    }
    for (RoomState unsound :
        List.of(
            begun
                .withHistory(Reach.beginning(null))
                .claimed(time(100), Told.at(time(100)))
                .withHistory(Reach.NOTHING),
            begun
                .withHistory(Reach.downTo(time(40)))
                .claimed(time(100), Told.at(time(100)))
                .withHistory(Reach.downTo(time(50))))) {
      write(w -> w.putRoomState(unsound));
      assertThat(store().check())
          .extracting(Finding::check)
          .containsExactly("claim-beyond-history");
    }
  }

  @Test
  void r11_checkFindsNotesOfAReadingThatIsNotUnderWay() {
    RoomState begun = RoomState.anchoredAt(ROOM, time(100));
    write(
        w -> {
          w.putRoomState(
              begun.withReconciling(new RoomState.Reconciling(time(1), time(1), time(1), false)));
          w.noteSeen(ROOM, id("m"));
        });
    assertThat(store().check()).isEmpty();
    write(w -> w.putRoomState(begun));
    assertThat(store().check()).extracting(Finding::check).containsExactly("notes-left");
  }
}
