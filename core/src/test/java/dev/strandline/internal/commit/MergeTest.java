package dev.strandline.internal.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.internal.call.AskedAt;
import dev.strandline.internal.commit.Applier.Manner;
import dev.strandline.internal.commit.Merge.Effect;
import dev.strandline.internal.commit.Merge.Standing;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Tombstone.Reason;
import dev.strandline.spi.Origin;
import dev.strandline.spi.StoredVersion;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MergeTest {
  private static final RoomId ROOM = new RoomId("R1");
  private static final MessageId ID = new MessageId("m1");
  private static final long LOOKBACK = 100;
  private static final long ALLOWANCE = Merge.PRUNE_ALLOWANCE.toMillis();
  private static final long DELETED_AT = 10 * ALLOWANCE;

  private final Merge merge = new Merge(Duration.ofMillis(LOOKBACK));

  @Test
  void aMessageThatIsNotStoredIsAdded() {
    assertThat(merge.effect(read(5, "a"), Origin.ROOM, null)).isEqualTo(Effect.ADD);
  }

  @Test
  void r7_aLaterReadingReplacesAnEarlierOneWhateverTheirStampsSay() {
    assertThat(merge.effect(read(6, "b"), Origin.ROOM, stored(5, "a"))).isEqualTo(Effect.REPLACE);
    assertThat(merge.effect(read(5, "b"), Origin.ROOM, stored(5, "a"))).isEqualTo(Effect.REPLACE);
    assertThat(merge.effect(read(4, "b"), Origin.ROOM, stored(5, "a"))).isEqualTo(Effect.REPLACE);
  }

  @Test
  void r7_unchangedMeansTheSameContentNotTheSameStamp() {
    assertThat(merge.effect(read(5, "a"), Origin.ROOM, stored(5, "a"))).isEqualTo(Effect.KEEP);
    assertThat(merge.effect(read(9, "a"), Origin.ROOM, stored(5, "a")))
        .as("a document holds its stamp, so here only the stamp beside it differs")
        .isEqualTo(Effect.KEEP);
  }

  @Test
  void aMessageThatMovedToAnotherRoomIsReplacedThoughItsDocumentIsTheSame() {
    StoredVersion elsewhere = new StoredVersion(new RoomId("R2"), time(5), Origin.ROOM, "a");
    assertThat(merge.effect(read(5, "a"), Origin.ROOM, elsewhere)).isEqualTo(Effect.REPLACE);
  }

  @Test
  void r7_betweenRoomsTheLaterStampTellsWhereAMessageIs() {
    StoredVersion elsewhere = new StoredVersion(new RoomId("R2"), time(500), Origin.ROOM, "a");
    assertThat(merge.effect(read(5, "a"), Origin.ROOM, elsewhere)).isEqualTo(Effect.KEEP);
    assertThat(merge.effect(read(501, "a"), Origin.ROOM, elsewhere)).isEqualTo(Effect.REPLACE);
    assertThat(merge.mayBeElsewhere(read(501, "a"), elsewhere)).isTrue();
    assertThat(merge.mayBeElsewhere(read(601, "a"), elsewhere)).isFalse();
    assertThat(merge.mayBeElsewhere(read(501, "a"), stored(500, "a"))).isFalse();
  }

  @Test
  void r7_whatIsShownWhenItsDeletionHasBeenCarriedOutLivesWhateverItsStamp() {
    Manner after = asked(DELETED_AT + ALLOWANCE + 1);
    assertThat(standing(1, after)).isEqualTo(Standing.LIVES);
    assertThat(standing(DELETED_AT + 1, after)).isEqualTo(Standing.LIVES);
  }

  @Test
  void r7_beforeThatAnOldRowIsDyingAndALaterOneInQuestion() {
    Manner within = asked(DELETED_AT + ALLOWANCE);
    assertThat(standing(DELETED_AT - LOOKBACK, within)).isEqualTo(Standing.DYING);
    assertThat(standing(DELETED_AT - LOOKBACK + 1, within)).isEqualTo(Standing.IN_QUESTION);
    assertThat(standing(20 * DELETED_AT, within)).isEqualTo(Standing.IN_QUESTION);
  }

  @Test
  void r7_aDateThatNothingConfirmsPutsAnOldRowInQuestionAndNoMore() {
    long late = DELETED_AT + 10 * ALLOWANCE;
    AskedAt dated = new AskedAt(null, time(late));
    assertThat(standing(1, new Manner(Origin.ROOM, dated, time(DELETED_AT), time(0))))
        .isEqualTo(Standing.IN_QUESTION);
    assertThat(standing(1, new Manner(Origin.ROOM, AskedAt.UNKNOWN, time(DELETED_AT), time(0))))
        .isEqualTo(Standing.DYING);
    assertThat(standing(1, new Manner(Origin.ROOM, AskedAt.UNKNOWN, time(late), time(0))))
        .as("a stamp that was shown before has passed")
        .isEqualTo(Standing.LIVES);
  }

  @Test
  void r11_aConclusionFromAReadingKeepsNothingOut() {
    for (Reason reason : new Reason[] {Reason.HIDDEN, Reason.NOT_FOUND}) {
      Tombstone grave = new Tombstone(ID, time(DELETED_AT), reason);
      assertThat(merge.standing(time(5), grave, asked(DELETED_AT))).isEqualTo(Standing.LIVES);
    }
    assertThat(merge.standing(time(5), null, asked(1))).isEqualTo(Standing.LIVES);
  }

  @Test
  void r13_atEqualStampsTheRoomsDocumentStays() {
    assertThat(merge.effect(read(5, "thread's"), Origin.THREAD, stored(5, "room's")))
        .isEqualTo(Effect.KEEP);
    assertThat(merge.effect(read(6, "thread's"), Origin.THREAD, stored(5, "room's")))
        .isEqualTo(Effect.REPLACE);
    StoredVersion threads = new StoredVersion(ROOM, time(5), Origin.THREAD, "thread's");
    assertThat(merge.effect(read(5, "room's"), Origin.ROOM, threads)).isEqualTo(Effect.REPLACE);
    assertThat(merge.effect(read(5, "thread's"), Origin.ROOM, threads))
        .as("the same document, which the room has shown now")
        .isEqualTo(Effect.CONFIRM);
  }

  @Test
  void r7_theLaterOfTwoDeletionsIsKept() {
    Tombstone early = Tombstone.deleted(ID, time(1_000));
    Tombstone late = Tombstone.deleted(ID, time(2_000));
    assertThat(Merge.deeper(early, late)).isEqualTo(late);
    assertThat(Merge.deeper(late, early)).isEqualTo(late);
  }

  @Test
  void theServersWordOutranksAConclusion() {
    Tombstone hidden = new Tombstone(ID, time(5_000), Reason.HIDDEN);
    Tombstone deleted = Tombstone.deleted(ID, time(1_000));
    assertThat(Merge.deeper(hidden, deleted)).isEqualTo(deleted);
    assertThat(Merge.deeper(deleted, hidden)).isEqualTo(deleted);
  }

  private Standing standing(long stamp, Manner manner) {
    return merge.standing(time(stamp), Tombstone.deleted(ID, time(DELETED_AT)), manner);
  }

  private static Manner asked(long confirmed) {
    return new Manner(Origin.ROOM, new AskedAt(time(confirmed), time(confirmed)), time(0), time(0));
  }

  private static Message read(long stamp, String json) {
    return Message.builder(ID, ROOM, time(1), time(stamp), json).build();
  }

  private static StoredVersion stored(long stamp, String json) {
    return new StoredVersion(ROOM, time(stamp), Origin.ROOM, json);
  }

  private static ServerTime time(long milli) {
    return ServerTime.ofEpochMilli(milli);
  }
}
