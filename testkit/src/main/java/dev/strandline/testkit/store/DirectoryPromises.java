package dev.strandline.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.model.Coverage;
import dev.strandline.model.Membership;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.RoomType;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.DirectoryState;
import dev.strandline.spi.FeedPosition;
import dev.strandline.spi.Origin;
import dev.strandline.spi.Reach;
import dev.strandline.spi.RoomCounts;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.ScopeRun;
import dev.strandline.spi.StoreOwner;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.ThreadState;
import dev.strandline.spi.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Whose store it is, its rooms, and where their synchronisation stands. */
abstract class DirectoryPromises extends TransactionPromises {
  @Test
  void aNewStoreIsEmptyAndSound() {
    observe(
        r -> {
          assertThat(r.owner()).isEmpty();
          assertThat(r.directory()).isEqualTo(DirectoryState.UNREAD);
          assertThat(r.rooms()).isEmpty();
          assertThat(r.room(ROOM)).isEmpty();
          assertThat(r.roomState(ROOM)).isEmpty();
          assertThat(r.roomStates()).isEmpty();
          assertThat(r.roomOfSubscription("sub")).isEmpty();
          assertThat(r.threadState(id("root"))).isEmpty();
          assertThat(r.threadStates(ROOM)).isEmpty();
          assertThat(r.scopeRuns()).isEmpty();
          assertThat(r.message(id("m"))).isEmpty();
          assertThat(r.version(id("m"))).isEmpty();
          assertThat(r.tombstone(id("m"))).isEmpty();
          assertThat(r.messages(Scope.room(ROOM), null, 1)).isEmpty();
          assertThat(r.messages(Scope.thread(id("m")), null, 1)).isEmpty();
          assertThat(r.threads(ROOM, 1)).isEmpty();
          assertThat(r.counts(ROOM)).isEqualTo(RoomCounts.NONE);
          assertThat(r.quarantine(null, 1)).isEmpty();
        });
    assertThat(store().check()).isEmpty();
  }

  @Test
  void r10_theOwnerIsKept_withAndWithoutAServerId() {
    write(w -> w.putOwner(new StoreOwner("account", null)));
    assertOptional(StoreReader::owner).contains(new StoreOwner("account", null));
    write(w -> w.putOwner(OWNER));
    assertOptional(StoreReader::owner).contains(OWNER);
  }

  @Test
  void theDirectoryStateIsKept_eachPartByItself() {
    for (DirectoryState state :
        List.of(
            new DirectoryState(time(5), null, null, null),
            new DirectoryState(null, time(6), null, null),
            new DirectoryState(null, null, time(9), null),
            new DirectoryState(null, null, null, new Told(null, time(9))),
            new DirectoryState(time(7), time(8), time(9), new Told(time(10), time(11))),
            DirectoryState.UNREAD)) {
      write(w -> w.putDirectory(state));
      assertValue(StoreReader::directory).isEqualTo(state);
    }
  }

  @Test
  void r14_roomsAreKeptWithEverythingAndReplacedAsAWhole() {
    Room full =
        room("room")
            .name("General 🌊")
            .type(RoomType.CHANNEL)
            .membership(Membership.MEMBER)
            .subscriptionId("sub-1")
            .updatedAt(time(10))
            .lastMessageAt(time(-11))
            .unread(12)
            .roomJson("{ \"_id\" : \"room\", \"emoji\":\"\\ud83c\\udf0a 🌊\" }")
            .subscriptionJson("{\"rid\":\"room\"}")
            .build();
    write(w -> w.putRoom(full));
    assertOptional(r -> r.room(ROOM)).contains(full);
    assertValue(r -> r.unread(ROOM)).isEqualTo(OptionalInt.of(12));
    assertValue(r -> r.unread(new RoomId("unknown"))).isEqualTo(OptionalInt.empty());
    write(w -> w.putRoom(room("room").build()));
    assertOptional(r -> r.room(ROOM)).contains(room("room").build());
    for (RoomType type : RoomType.values()) {
      for (Membership membership : Membership.values()) {
        Room room = room("room").type(type).membership(membership).build();
        write(w -> w.putRoom(room));
        assertOptional(r -> r.room(ROOM)).contains(room);
      }
    }
  }

  @Test
  void roomsAndTheirStatesAreListedById() {
    write(
        w -> {
          for (String name : List.of("b", "Z", "a", "ä", "10", "9", "😀")) {
            w.putRoom(room(name).build());
            w.putRoomState(RoomState.anchoredAt(new RoomId(name), time(1)));
          }
        });
    String[] sorted = {"10", "9", "Z", "a", "b", "ä", "😀"};
    assertList(StoreReader::rooms).extracting(room -> room.id().value()).containsExactly(sorted);
    assertList(StoreReader::roomStates)
        .extracting(state -> state.room().value())
        .containsExactly(sorted);
  }

  @Test
  void r12_aRoomIsFoundByItsSubscriptionAndNoLongerByAnOldOne() {
    write(w -> w.putRoom(room("room").subscriptionId("sub-1").build()));
    write(w -> w.putRoom(room("other").build()));
    assertOptional(r -> r.roomOfSubscription("sub-1")).contains(ROOM);
    write(w -> w.putRoom(room("room").subscriptionId("sub-2").build()));
    assertOptional(r -> r.roomOfSubscription("sub-1")).isEmpty();
    assertOptional(r -> r.roomOfSubscription("sub-2")).contains(ROOM);
  }

  @Test
  void aRoomIsMadeKnownByWhatIsStoredInIt() {
    write(w -> w.putMessage(message("m", 1, "of-message"), Origin.ROOM));
    write(w -> w.putRoomState(RoomState.anchoredAt(new RoomId("of-state"), time(1))));
    write(w -> w.putThreadState(threadState("root", "of-thread")));
    assertList(StoreReader::rooms)
        .containsExactly(
            room("of-message").build(), room("of-state").build(), room("of-thread").build());
  }

  @Test
  void whatIsStoredInARoomLeavesWhatIsKnownOfItAlone() {
    Room known = room("room").name("known").membership(Membership.MEMBER).build();
    write(w -> w.putRoom(known));
    write(
        w -> {
          w.putMessage(message("m", 1), Origin.ROOM);
          w.putRoomState(RoomState.anchoredAt(ROOM, time(1)));
        });
    assertOptional(r -> r.room(ROOM)).contains(known);
    write(w -> w.putRoom(known.toBuilder().name("renamed").build()));
    assertOptional(r -> r.message(id("m"))).isPresent();
    assertOptional(r -> r.roomState(ROOM)).isPresent();
  }

  @Test
  void r9_roomStatesAreKeptWithEverythingTheyClaim() {
    RoomState begun = RoomState.anchoredAt(ROOM, time(100));
    List<RoomState> states = new ArrayList<>();
    states.add(begun);
    states.add(begun.withUpdated(new FeedPosition(time(5), time(6))));
    states.add(begun.withDeleted(new FeedPosition(time(-7), ServerTime.MAX)));
    states.add(begun.withHistory(Reach.downTo(time(50))));
    states.add(begun.withHistory(Reach.beginning(time(50))));
    states.add(begun.withHistory(Reach.beginning(null)));
    states.add(begun.claimed(time(99), Told.at(time(99))));
    states.add(begun.withHistory(Reach.downTo(time(50))).claimed(time(99), Told.at(time(99))));
    states.add(
        begun
            .withHistory(Reach.downTo(time(50)))
            .claimed(time(99), Told.at(time(99)))
            .withHistory(Reach.NOTHING));
    states.add(
        begun
            .withHistory(Reach.beginning(null))
            .claimed(ServerTime.EPOCH, Told.at(ServerTime.EPOCH)));
    for (Coverage.Cause cause : Coverage.Cause.values()) {
      states.add(begun.withStale(new Coverage.Stale(time(3), cause)));
      states.add(begun.withStale(new Coverage.Stale(null, cause)));
    }
    states.add(begun.withReconciling(new RoomState.Reconciling(time(8), time(7), time(9), true)));
    states.add(begun);
    for (RoomState state : states) {
      write(w -> w.putRoomState(state));
      assertOptional(r -> r.roomState(ROOM)).contains(state);
    }
    assertList(StoreReader::roomStates).containsExactly(begun);
  }

  @Test
  void r13_threadStatesAreKeptAndListedByRootWithinTheirRoom() {
    ThreadState fresh = threadState("b", "room");
    ThreadState read =
        new ThreadState(
            id("a"),
            ROOM,
            new FeedPosition(time(1), time(2)),
            time(3),
            ThreadState.Condition.ROOT_GONE);
    ThreadState elsewhere = threadState("c", "other");
    write(
        w -> {
          w.putThreadState(fresh);
          w.putThreadState(read);
          w.putThreadState(elsewhere);
        });
    assertList(r -> r.threadStates(ROOM)).containsExactly(read, fresh);
    assertList(StoreReader::threadStates).containsExactly(elsewhere, read, fresh);
    assertOptional(r -> r.threadState(id("c"))).contains(elsewhere);
    for (ThreadState.Condition condition : ThreadState.Condition.values()) {
      ThreadState changed = fresh.withCondition(condition);
      write(w -> w.putThreadState(changed));
      assertOptional(r -> r.threadState(id("b"))).contains(changed);
    }
  }

  @Test
  void scopeRunsAreKeptOneForEachScopeAndListedByTheirText() {
    ScopeRun room =
        new ScopeRun(Scope.room(ROOM), NOW, "failed", 3, "rate-limited", "wait 🕰", null);
    ScopeRun thread =
        new ScopeRun(Scope.thread(id("thread:x")), NOW, "complete", 0, null, null, NOW);
    ScopeRun again =
        new ScopeRun(Scope.room(ROOM), NOW.plusMillis(1), "complete", 1, null, null, NOW);
    write(w -> w.putScopeRun(thread));
    write(w -> w.putScopeRun(room));
    assertList(StoreReader::scopeRuns).containsExactly(room, thread);
    write(w -> w.putScopeRun(again));
    assertList(StoreReader::scopeRuns).containsExactly(again, thread);
    assertOptional(r -> r.scopeRun(Scope.room(ROOM))).contains(again);
    assertOptional(r -> r.scopeRun(Scope.room(OTHER))).isEmpty();
  }
}
