package dev.strandline.internal.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.ChangeSet;
import dev.strandline.internal.call.AskedAt;
import dev.strandline.internal.call.TestClock;
import dev.strandline.internal.commit.Applier.Manner;
import dev.strandline.journal.PageCounts;
import dev.strandline.model.Coverage;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Tombstone.Reason;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.Origin;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.RoomState.Reconciling;
import dev.strandline.store.memory.MemoryStore;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ApplierTest {
  private static final RoomId ROOM = new RoomId("R");
  private static final MessageId A = new MessageId("a");
  private static final MessageId B = new MessageId("b");

  /** An answer that is asked for within the time that a deletion can take, and shows all. */
  private static final Manner ROOM_AT_ONCE = at(Origin.ROOM, 100);

  private static final Manner THREAD_AT_ONCE = at(Origin.THREAD, 100);

  /** The same, when every deletion has been carried out. */
  private static final Manner LATER = at(Origin.ROOM, 10_000);

  private final MemoryStore rows = new MemoryStore();

  private static Manner at(Origin origin, long seconds) {
    return new Manner(
        origin, new AskedAt(time(seconds), time(seconds)), ServerTime.EPOCH, ServerTime.EPOCH);
  }

  private static ServerTime time(long seconds) {
    return ServerTime.ofEpochMilli(1_000 * seconds);
  }

  private static Change shown(MessageId id, long seconds, String text) {
    String json = "{\"_id\":\"%s\",\"msg\":\"%s\",\"at\":%d}".formatted(id, text, seconds);
    return new Change.Shown(
        Message.builder(id, ROOM, time(1), time(seconds), json).text(text).build());
  }

  private static Change gone(MessageId id, long seconds) {
    return new Change.Gone(Tombstone.deleted(id, time(seconds)));
  }

  private static Change odd(MessageId id) {
    return new Change.Odd(new Unreadable(id, "{\"_id\":\"" + id + "\"}", "no date"), true);
  }

  private static Change odd(MessageId id, long seconds) {
    String json = "{\"_id\":\"" + id + "\",\"at\":" + seconds + "}";
    return new Change.Odd(new Unreadable(id, json, "no date", time(seconds)), true);
  }

  /** What a transaction told listeners and what it counted. */
  private record Applied(ChangeSet changes, PageCounts counts) {
    List<MessageId> added() {
      return changes.added();
    }

    List<MessageId> changed() {
      return changes.changed();
    }

    List<MessageId> removed() {
      return changes.removed();
    }

    long tombstones() {
      return counts.tombstones();
    }

    long unchanged() {
      return counts.unchanged() + counts.skipped();
    }

    long quarantined() {
      return counts.quarantined();
    }
  }

  private Applied apply(Manner manner, Change... changes) {
    return rows.write(
        writer -> {
          Applier applier =
              new Applier(writer, ROOM, new Merge(Duration.ofSeconds(1)), new TestClock());
          applier.begin(manner);
          for (Change change : changes) {
            applier.apply(change);
          }
          return new Applied(applier.changes(), applier.counts());
        });
  }

  private Applied apply(Change... changes) {
    return apply(ROOM_AT_ONCE, changes);
  }

  private void anchor() {
    rows.write(
        writer -> {
          writer.putRoomState(RoomState.anchoredAt(ROOM, time(1)));
          return 0;
        });
  }

  private void beginAWholeReading() {
    rows.write(
        writer -> {
          RoomState state = RoomState.anchoredAt(ROOM, time(1));
          writer.putRoomState(
              state.withReconciling(new Reconciling(time(1), time(1), time(1), false)));
          return state;
        });
  }

  private boolean isStored(MessageId id) {
    return rows.read(reader -> reader.message(id)).isPresent();
  }

  private boolean isBuried(MessageId id) {
    return rows.read(reader -> reader.tombstone(id)).isPresent();
  }

  private boolean isQuarantined() {
    return !rows.read(reader -> reader.quarantine(ROOM, 10)).isEmpty();
  }

  @Test
  void whatCameOfEachChangeIsToldAndCounted() {
    Applied first = apply(shown(A, 10, "x"), shown(B, 11, "y"), odd(new MessageId("c")));
    assertThat(first.added()).containsExactly(A, B);
    assertThat(first.quarantined()).isEqualTo(1);
    assertThat(first.unchanged()).isZero();
    Applied again =
        apply(shown(A, 10, "x"), shown(B, 12, "z"), odd(new MessageId("c")), gone(A, 20));
    assertThat(again.added()).isEmpty();
    assertThat(again.changed()).containsExactly(B);
    assertThat(again.removed()).containsExactly(A);
    assertThat(again.unchanged()).isEqualTo(1);
    assertThat(again.tombstones()).isEqualTo(1);
    assertThat(again.quarantined()).isZero();
    Applied dead = apply(shown(A, 10, "x"), gone(A, 20), gone(new MessageId("d"), 20));
    assertThat(dead.changes().isEmpty()).isTrue();
    assertThat(dead.unchanged()).isEqualTo(2);
    assertThat(dead.tombstones()).isEqualTo(1);
  }

  @Test
  void whatIsNewAmongTheKnownIsAddedAndWhatIsReplacedIsStored() {
    apply(shown(A, 10, "x"), odd(B));
    Applied mixed = apply(shown(A, 10, "x"), shown(B, 11, "new"), shown(A, 12, "other"));
    assertThat(mixed.added()).containsExactly(B);
    assertThat(mixed.changed()).containsExactly(A);
    assertThat(text(A)).isEqualTo("other");
    assertThat(text(B)).isEqualTo("new");
    assertThat(isQuarantined()).isFalse();
  }

  private String text(MessageId id) {
    return rows.read(reader -> reader.message(id)).orElseThrow().text();
  }

  @Test
  void toAListenerWhatCameAndWentInOneCommitNeverWas() {
    Applied within = apply(shown(A, 10, "x"), shown(A, 11, "y"), gone(A, 11));
    assertThat(within.changes().isEmpty()).isTrue();
    assertThat(isStored(A)).isFalse();
  }

  @Test
  void toAListenerWhatIsAddedAndChangedInOneCommitIsAdded() {
    Applied within = apply(shown(A, 10, "x"), shown(A, 11, "y"));
    assertThat(within.added()).containsExactly(A);
    assertThat(within.changed()).isEmpty();
  }

  @Test
  void toAListenerWhatIsRemovedAndShownAgainInOneCommitHasChanged() {
    apply(shown(A, 10, "x"));
    Applied within = apply(gone(A, 20), shown(A, 30, "back"));
    assertThat(within.changed()).containsExactly(A);
    assertThat(within.added()).isEmpty();
    assertThat(within.removed()).isEmpty();
    Applied changedAndGone = apply(shown(A, 31, "again"), gone(A, 40));
    assertThat(changedAndGone.removed()).containsExactly(A);
    assertThat(changedAndGone.changed()).isEmpty();
  }

  @Test
  void toAListenerTheTransactionsPagesAreOneAndEachIsCountedByItself() {
    MessageId c = new MessageId("c");
    apply(shown(B, 10, "y"));
    rows.write(
        writer -> {
          Applier applier =
              new Applier(writer, ROOM, new Merge(Duration.ofSeconds(1)), new TestClock());
          applier.begin(ROOM_AT_ONCE);
          List.of(shown(A, 10, "x"), shown(c, 10, "z"), shown(B, 11, "y")).forEach(applier::apply);
          assertThat(applier.counts().added()).isEqualTo(2);
          applier.begin(ROOM_AT_ONCE);
          List.of(shown(A, 11, "other"), gone(B, 20), gone(c, 20)).forEach(applier::apply);
          ChangeSet changes = applier.changes();
          assertThat(changes.added()).containsExactly(A);
          assertThat(changes.changed()).isEmpty();
          assertThat(changes.removed()).containsExactly(B);
          assertThat(applier.changes()).isEqualTo(changes);
          assertThat(applier.counts().changed()).isEqualTo(1);
          assertThat(applier.counts().removed()).isEqualTo(2);
          return changes;
        });
  }

  @Test
  void r7_aGraveIsOpenedByAShowingThatIsLaterThanItsDeletionCanTake() {
    apply(gone(A, 20), gone(B, 20));
    assertThat(apply(shown(A, 10, "x")).counts().buried()).isEqualTo(1);
    assertThat(isStored(A)).isFalse();
    assertThat(apply(LATER, shown(A, 10, "x")).added()).containsExactly(A);
    apply(gone(B, 20));
    assertThat(isStored(A)).isTrue();
    assertThat(isStored(B)).isFalse();
    apply(new Change.Gone(new Tombstone(A, time(10), Reason.NOT_FOUND)));
    assertThat(apply(LATER, shown(A, 10, "x")).added()).containsExactly(A);
  }

  @Test
  void r7_whatIsToldAsDeletedAndNotShownIsGoneWhateverItsStamp() {
    apply(shown(A, 5_000_000, "from the future"));
    assertThat(apply(gone(A, 20)).removed()).containsExactly(A);
    assertThat(isBuried(A)).isTrue();
    assertThat(inQuestion()).isEmpty();
  }

  @Test
  void r7_whatIsShownAsLateAsItsDeletionIsStoredAndInQuestionUntilAReadingTells() {
    apply(gone(A, 20));
    assertThat(apply(shown(A, 20, "again")).added()).containsExactly(A);
    assertThat(inQuestion()).containsExactly("a");
    apply(LATER, shown(A, 20, "again"));
    assertThat(inQuestion()).isEmpty();
    assertThat(isStored(A)).isTrue();
  }

  @Test
  void r7_aDeletionThatAMessageHasOutlivedSaysNothingWhenItIsToldAgain() {
    Manner fromLater =
        new Manner(Origin.ROOM, new AskedAt(time(100), time(100)), ServerTime.EPOCH, time(30));
    apply(LATER, gone(A, 20), shown(A, 10, "restored"));
    Change toldBeside = new Change.Gone(Tombstone.deleted(A, time(20)), ReadPass.Presence.SHOWN);
    apply(fromLater, gone(A, 20));
    apply(fromLater, shown(A, 10, "restored"), toldBeside);
    assertThat(isStored(A)).isTrue();
    assertThat(inQuestion()).isEmpty();
    assertThat(apply(fromLater, gone(A, 21)).removed()).as("a later one does").containsExactly(A);
  }

  @Test
  void r7_whatIsInQuestionAndNotShownByAReadingThatWouldShowItIsGone() {
    apply(gone(A, 20), shown(A, 21, "dying"));
    assertThat(inQuestion()).containsExactly("a");
    assertThat(apply(new Change.Ended(id -> true)).removed()).containsExactly(A);
    assertThat(inQuestion()).isEmpty();
    assertThat(isBuried(A)).isTrue();
  }

  @Test
  void r7_aReadingThatWouldNotShowItOrDidConcludesNothing() {
    apply(gone(A, 20), shown(A, 21, "again"));
    Manner fromLater =
        new Manner(Origin.ROOM, new AskedAt(time(100), time(100)), ServerTime.EPOCH, time(30));
    apply(fromLater, new Change.Ended(id -> true));
    apply(new Change.Ended(id -> false));
    assertThat(isStored(A)).isTrue();
    // The very deletion that it is in question for says nothing new.
    apply(fromLater, gone(A, 20));
    assertThat(isStored(A)).isTrue();
    assertThat(apply(fromLater, gone(A, 22)).removed()).as("a later one does").containsExactly(A);
  }

  @Test
  void r7_whatOneAnswerShowsAndTellsAsDeletedIsJudgedByWhenItWasAsked() {
    Change told = new Change.Gone(Tombstone.deleted(A, time(20)), ReadPass.Presence.SHOWN);
    apply(shown(A, 10, "dying"), told);
    assertThat(isStored(A)).isFalse();
    apply(shown(B, 10, "y"));
    apply(LATER, shown(A, 10, "restored"), told);
    assertThat(isStored(A)).isTrue();
    assertThat(inQuestion()).isEmpty();
  }

  @Test
  void r7_whatAPassHasShownWasShownWhenItBegan() {
    Manner asleepBetween =
        new Manner(
            Origin.ROOM,
            new AskedAt(time(10_000), time(10_000)),
            new AskedAt(time(21), time(21)),
            ServerTime.EPOCH,
            ServerTime.EPOCH,
            ServerTime.EPOCH,
            false);
    apply(shown(A, 10, "dying"));
    apply(asleepBetween, new Change.Gone(Tombstone.deleted(A, time(20)), ReadPass.Presence.SHOWN));
    assertThat(isStored(A)).isFalse();
  }

  @Test
  void r7_aDeletionFromTheFutureThatAFirstReadingTellsPutsItsMessageInQuestion() {
    Manner first =
        new Manner(
            Origin.ROOM,
            new AskedAt(time(100), time(100)),
            new AskedAt(time(100), time(100)),
            ServerTime.EPOCH,
            time(50),
            time(50),
            true);
    apply(shown(A, 10, "sent again"), shown(B, 60, "deleted"));
    apply(first, gone(A, 10_000), gone(B, 10_000));
    assertThat(isStored(A)).isTrue();
    assertThat(inQuestion()).containsExactly("a");
    assertThat(isStored(B)).as("it would have been shown").isFalse();
  }

  @Test
  void r7_whatAnEarlierPassMayHaveShownIsNotTakenForAbsent() {
    AskedAt asked = new AskedAt(time(10_000), time(10_000));
    Manner goesOn =
        new Manner(Origin.ROOM, asked, asked, ServerTime.EPOCH, time(15), time(50), false);
    apply(shown(A, 40, "sent again"), shown(B, 10, "deleted"));
    apply(goesOn, gone(A, 20), gone(B, 20));
    assertThat(isStored(A)).isTrue();
    assertThat(inQuestion()).containsExactly("a");
    assertThat(isStored(B)).isFalse();
  }

  @Test
  void r7_aMessageThatMovesBetweenRoomsIsToldToBoth() {
    RoomId elsewhere = new RoomId("R2");
    rows.write(
        writer -> {
          writer.putMessage(
              Message.builder(A, elsewhere, time(1), time(10), "{}").build(), Origin.ROOM);
          return 0;
        });
    rows.write(
        writer -> {
          Applier applier =
              new Applier(writer, ROOM, new Merge(Duration.ofSeconds(1)), new TestClock());
          applier.begin(ROOM_AT_ONCE);
          applier.apply(shown(A, 50, "moved"));
          assertThat(applier.changes().added()).containsExactly(A);
          assertThat(applier.changesElsewhere())
              .containsExactly(new ChangeSet(elsewhere, List.of(), List.of(), List.of(A)));
          return 0;
        });
    // What this room's reading concludes says nothing of another room.
    rows.write(
        writer -> {
          Applier applier =
              new Applier(writer, elsewhere, new Merge(Duration.ofSeconds(1)), new TestClock());
          applier.begin(ROOM_AT_ONCE);
          applier.apply(new Change.Gone(new Tombstone(A, time(10), Reason.NOT_FOUND)));
          applier.apply(new Change.LetGo(A));
          return 0;
        });
    assertThat(isStored(A)).isTrue();
  }

  @Test
  void r14_whereAnEntryDoesNotSayWhichMessageItIsADeletionPutsAnotherInQuestion() {
    Change told = new Change.Gone(Tombstone.deleted(A, time(20)), ReadPass.Presence.UNKNOWN);
    apply(shown(A, 10, "x"));
    apply(LATER, told);
    assertThat(isStored(A)).isTrue();
    assertThat(inQuestion()).containsExactly("a");
    apply(shown(B, 10, "y"));
    apply(new Change.Gone(Tombstone.deleted(B, time(20)), ReadPass.Presence.UNKNOWN));
    assertThat(isStored(B)).as("shown or not, it is dead").isFalse();
  }

  @Test
  void r7_aDeletionInOneRoomOfWhatAnotherRoomHasShownPutsItInQuestion() {
    RoomId elsewhere = new RoomId("R2");
    rows.write(
        writer -> {
          writer.putMessage(
              Message.builder(A, elsewhere, time(1), time(50), "{}").build(), Origin.ROOM);
          return 0;
        });
    apply(gone(A, 40));
    assertThat(isStored(A)).isTrue();
    assertThat(inQuestion()).containsExactly("a");
  }

  @Test
  void r14_anUnreadableDeletionPutsItsMessageInQuestionOnce() {
    Change deletion = new Change.Odd(new Unreadable(A, "{\"_id\":\"a\"}", "no date"), false);
    apply(shown(A, 10, "x"));
    apply(deletion, new Change.Odd(new Unreadable(B, "{\"_id\":\"b\"}", "no date"), false));
    assertThat(inQuestion()).as("what is not stored is in no question").containsExactly("a");
    apply(Change.Answered.there(A, null, true));
    assertThat(inQuestion()).isEmpty();
    apply(deletion);
    assertThat(inQuestion()).as("the same entry tells nothing new").isEmpty();
    assertThat(isStored(A)).isTrue();
  }

  @Test
  void r14_aDeletionOfNobodyKnowsWhatPutsTheRoomInDoubtOnce() {
    anchor();
    Change nameless = new Change.Odd(new Unreadable(null, "{}", "no id"), false);
    apply(nameless);
    assertThat(stale()).isNotNull();
    rows.write(
        writer -> {
          writer.putRoomState(writer.roomState(ROOM).orElseThrow().withStale(null));
          return 0;
        });
    apply(nameless);
    assertThat(stale()).isNull();
  }

  private Coverage.@Nullable Stale stale() {
    return rows.read(reader -> reader.roomState(ROOM)).orElseThrow().stale();
  }

  @Test
  void r7_whatTheServerAnswersOfOneMessageSettlesIt() {
    apply(gone(A, 20), shown(A, 21, "again"), gone(B, 20), shown(B, 21, "dying"));
    apply(Change.Answered.there(A, null, true), Change.Answered.gone(B));
    assertThat(isStored(A)).isTrue();
    assertThat(isStored(B)).isFalse();
    assertThat(isBuried(B)).isTrue();
    assertThat(inQuestion()).isEmpty();
  }

  private List<String> inQuestion() {
    return rows.read(reader -> reader.inQuestion(ROOM)).stream()
        .map(question -> question.id().value())
        .toList();
  }

  @Test
  void r13_whatTheRoomHasShownNoThreadsCopyOfTheSameStampReplaces() {
    apply(THREAD_AT_ONCE, shown(A, 10, "x"));
    assertThat(apply(shown(A, 10, "x")).unchanged()).isEqualTo(1);
    assertThat(apply(THREAD_AT_ONCE, shown(A, 10, "poorer")).unchanged()).isEqualTo(1);
    assertThat(apply(THREAD_AT_ONCE, shown(A, 10, "poorer")).counts().poorer()).isEqualTo(1);
    assertThat(apply(THREAD_AT_ONCE, shown(A, 10, "x")).counts().poorer()).isZero();
    assertThat(apply(shown(A, 10, "x")).counts().poorer()).isZero();
    assertThat(text(A)).isEqualTo("x");
  }

  @Test
  void r11_whileARoomIsReadWholeEverythingThatIsShownIsNoted() {
    apply(shown(A, 10, "x"), shown(B, 10, "y"), shown(new MessageId("c"), 10, "z"));
    anchor();
    apply(shown(A, 10, "x"));
    beginAWholeReading();
    assertThat(unseen()).containsExactlyInAnyOrder("a", "b", "c");
    apply(shown(A, 10, "x"), odd(B), odd(null));
    assertThat(unseen()).containsExactly("c");
  }

  private List<String> unseen() {
    return rows.write(writer -> writer.unseen(ROOM, 10)).stream().map(MessageId::value).toList();
  }

  @Test
  void whatIsLetGoLeavesNoGrave() {
    apply(shown(A, 10, "x"));
    Applied letGo = apply(new Change.LetGo(A));
    assertThat(letGo.removed()).containsExactly(A);
    assertThat(letGo.counts().letGo()).isEqualTo(1);
    assertThat(isStored(A)).isFalse();
    assertThat(isBuried(A)).isFalse();
  }

  @Test
  void r14_anOlderDeletionLeavesANewerEntryInQuarantine() {
    apply(odd(A, 30), gone(A, 28));
    assertThat(isQuarantined()).isTrue();
    // As with a message: dead up to a lookback after the deletion (R7).
    apply(gone(A, 29));
    assertThat(isQuarantined()).isFalse();
  }

  @Test
  void r14_whatIsUnderstoodOrGoneLeavesQuarantine() {
    apply(odd(A));
    assertThat(isQuarantined()).isTrue();
    apply(shown(A, 10, "x"));
    assertThat(isQuarantined()).isFalse();
    apply(odd(A));
    apply(shown(A, 11, "y"));
    assertThat(isQuarantined()).isFalse();
    apply(odd(A, 15));
    apply(gone(A, 20));
    assertThat(isQuarantined()).isFalse();
    apply(odd(B, 15));
    apply(gone(B, 20));
    assertThat(isQuarantined()).isFalse();
  }

  @Test
  void r14_whatIsReadAgainUnchangedLeavesQuarantine() {
    apply(shown(A, 10, "x"));
    apply(odd(A));
    assertThat(isQuarantined()).isTrue();
    apply(shown(A, 10, "x"));
    assertThat(isQuarantined()).isFalse();
  }

  @Test
  void r14_aDeletionThatIsToldOnceMoreReleasesWhatWasShownOnceMore() {
    apply(gone(A, 20));
    apply(odd(A, 15));
    assertThat(isQuarantined()).isTrue();
    apply(gone(A, 20));
    assertThat(isQuarantined()).isFalse();
  }

  @Test
  void r14_whatDoesNotSayWhenItWasWrittenSurvivesADeletionAndNoReadingOfItsMessage() {
    apply(odd(A), gone(A, 20));
    assertThat(isQuarantined()).isTrue();
    apply(shown(A, 10_000_000, "x"));
    assertThat(isQuarantined()).isFalse();
  }
}
