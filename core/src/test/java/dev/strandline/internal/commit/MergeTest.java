package dev.strandline.internal.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.internal.commit.Merge.Burial;
import dev.strandline.internal.commit.Merge.Reading;
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

  private final Merge merge = new Merge(Duration.ofMillis(LOOKBACK));

  @Test
  void aMessageThatIsNotStoredIsAdded() {
    assertThat(merge.reading(read(5, "a"), Origin.ROOM, null, null)).isEqualTo(Reading.ADD);
  }

  @Test
  void r7_aLaterReadingReplacesAnEarlierOneWhateverTheirStampsSay() {
    assertThat(merge.reading(read(6, "b"), Origin.ROOM, stored(5, "a"), null))
        .isEqualTo(Reading.REPLACE);
    assertThat(merge.reading(read(5, "b"), Origin.ROOM, stored(5, "a"), null))
        .isEqualTo(Reading.REPLACE);
    assertThat(merge.reading(read(4, "b"), Origin.ROOM, stored(5, "a"), null))
        .isEqualTo(Reading.REPLACE);
  }

  @Test
  void r7_unchangedMeansTheSameContentNotTheSameStamp() {
    assertThat(merge.reading(read(5, "a"), Origin.ROOM, stored(5, "a"), null))
        .isEqualTo(Reading.KEEP);
    assertThat(merge.reading(read(9, "a"), Origin.ROOM, stored(5, "a"), null))
        .as("a document holds its stamp, so here only the stamp beside it differs")
        .isEqualTo(Reading.KEEP);
  }

  @Test
  void aMessageThatMovedToAnotherRoomIsReplacedThoughItsDocumentIsTheSame() {
    StoredVersion elsewhere = new StoredVersion(new RoomId("R2"), time(5), Origin.ROOM, "a");
    assertThat(merge.reading(read(5, "a"), Origin.ROOM, elsewhere, null))
        .isEqualTo(Reading.REPLACE);
  }

  @Test
  void r7_theDeadStayDeadUnlessWrittenLaterThanTheLookbackAfterTheirDeletion() {
    Tombstone grave = Tombstone.deleted(ID, time(1_000));
    assertThat(merge.reading(read(999, "a"), Origin.ROOM, null, grave)).isEqualTo(Reading.BURIED);
    assertThat(merge.reading(read(1_000 + LOOKBACK, "a"), Origin.ROOM, null, grave))
        .isEqualTo(Reading.BURIED);
    assertThat(merge.reading(read(1_001 + LOOKBACK, "a"), Origin.ROOM, null, grave))
        .isEqualTo(Reading.ADD);
  }

  @Test
  void r11_aConclusionFromAReadingKeepsNothingOut() {
    for (Reason reason : new Reason[] {Reason.HIDDEN, Reason.NOT_FOUND}) {
      Tombstone grave = new Tombstone(ID, time(1_000), reason);
      assertThat(merge.reading(read(5, "a"), Origin.ROOM, null, grave)).isEqualTo(Reading.ADD);
    }
  }

  @Test
  void r13_atEqualStampsTheRoomsDocumentStays() {
    assertThat(merge.reading(read(5, "thread's"), Origin.THREAD, stored(5, "room's"), null))
        .isEqualTo(Reading.KEEP);
    assertThat(merge.reading(read(6, "thread's"), Origin.THREAD, stored(5, "room's"), null))
        .isEqualTo(Reading.REPLACE);
    StoredVersion threads = new StoredVersion(ROOM, time(5), Origin.THREAD, "thread's");
    assertThat(merge.reading(read(5, "room's"), Origin.ROOM, threads, null))
        .isEqualTo(Reading.REPLACE);
    assertThat(merge.reading(read(5, "thread's"), Origin.ROOM, threads, null))
        .as("the same document, which the room has shown now")
        .isEqualTo(Reading.CONFIRM);
  }

  @Test
  void r7_aDeletionRemovesEveryVersionUpToTheLookbackAfterIt() {
    Tombstone gone = Tombstone.deleted(ID, time(1_000));
    assertThat(merge.burial(gone, stored(1_000 + LOOKBACK, "a"), null)).isEqualTo(Burial.REMOVE);
    assertThat(merge.burial(gone, stored(1_001 + LOOKBACK, "a"), null)).isEqualTo(Burial.NOTE);
  }

  @Test
  void r7_aDeletionOfWhatIsNotStoredIsKeptSoThatNothingBringsItBack() {
    Tombstone gone = Tombstone.deleted(ID, time(1_000));
    assertThat(merge.burial(gone, null, null)).isEqualTo(Burial.NOTE);
    assertThat(merge.burial(gone, null, gone)).isEqualTo(Burial.KNOWN);
  }

  @Test
  void r7_theLaterOfTwoDeletionsIsKept() {
    Tombstone early = Tombstone.deleted(ID, time(1_000));
    Tombstone late = Tombstone.deleted(ID, time(2_000));
    assertThat(Merge.deeper(early, late)).isEqualTo(late);
    assertThat(Merge.deeper(late, early)).isEqualTo(late);
    assertThat(merge.burial(early, null, late)).isEqualTo(Burial.KNOWN);
    assertThat(merge.burial(late, null, early)).isEqualTo(Burial.NOTE);
  }

  @Test
  void r13_aHiddenMessageIsRemovedAndOneThatWasNeverStoredLeavesNoTrace() {
    Tombstone hidden = new Tombstone(ID, time(5), Reason.HIDDEN);
    assertThat(merge.burial(hidden, stored(9, "a"), null)).isEqualTo(Burial.REMOVE);
    assertThat(merge.burial(hidden, null, null)).isEqualTo(Burial.KNOWN);
  }

  @Test
  void theServersWordOutranksAConclusion() {
    Tombstone hidden = new Tombstone(ID, time(5_000), Reason.HIDDEN);
    Tombstone deleted = Tombstone.deleted(ID, time(1_000));
    assertThat(Merge.deeper(hidden, deleted)).isEqualTo(deleted);
    assertThat(Merge.deeper(deleted, hidden)).isEqualTo(deleted);
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
