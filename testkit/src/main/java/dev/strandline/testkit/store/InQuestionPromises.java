package dev.strandline.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.LocalCopy;
import dev.strandline.model.Coverage;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.Tombstone;
import dev.strandline.spi.InQuestion;
import dev.strandline.spi.InQuestion.Why;
import dev.strandline.spi.Origin;
import dev.strandline.spi.Reach;
import dev.strandline.spi.RoomCounts;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.Told;
import org.junit.jupiter.api.Test;

/** Messages of which it is not known whether the server still has them. */
abstract class InQuestionPromises extends SearchPromises {

  @Test
  void r9_aMessageInQuestionIsKeptAsItWasPut() {
    for (Why why : Why.values()) {
      InQuestion doubt = new InQuestion(id("m 😀"), ROOM, time(-1), why);
      write(w -> w.putInQuestion(doubt));
      assertOptional(r -> r.inQuestion(id("m 😀"))).contains(doubt);
    }
    assertOptional(r -> r.inQuestion(id("other"))).isEmpty();
    assertValue(r -> r.counts(ROOM)).isEqualTo(new RoomCounts(0, 0, 0, 0, 1));
  }

  @Test
  void r9_messagesInQuestionAreListedByRoomAndId() {
    InQuestion b = doubt("b", ROOM);
    InQuestion a = doubt("a", ROOM);
    InQuestion elsewhere = doubt("c", OTHER);
    write(
        w -> {
          w.putInQuestion(b);
          w.putInQuestion(elsewhere);
          w.putInQuestion(a);
          assertThat(w.inQuestion(ROOM)).containsExactly(a, b);
        });
    assertList(r -> r.inQuestion(ROOM)).containsExactly(a, b);
    assertList(r -> r.inQuestion(OTHER)).containsExactly(elsewhere);
    assertList(r -> r.inQuestion(new RoomId("unknown"))).isEmpty();
    // "other" comes before "room".
    assertList(r -> r.inQuestion()).containsExactly(elsewhere, a, b);
    assertThat(read(r -> r.counts().get(ROOM)).inQuestion()).isEqualTo(2);
  }

  @Test
  void r9_aMessageIsInQuestionOnceWhateverRoomItIsPutUnder() {
    write(w -> w.putInQuestion(doubt("m", ROOM)));
    write(w -> w.putInQuestion(doubt("m", OTHER)));
    assertList(r -> r.inQuestion()).containsExactly(doubt("m", OTHER));
    assertThat(read(r -> r.counts(ROOM)).inQuestion()).isZero();
    assertThat(read(r -> r.counts(OTHER)).inQuestion()).isEqualTo(1);
  }

  @Test
  void r9_whatIsSettledIsInQuestionNoMore() {
    write(w -> w.putInQuestion(doubt("m", ROOM)));
    write(
        w -> {
          w.removeInQuestion(id("m"));
          w.removeInQuestion(id("never was"));
          assertThat(w.inQuestion(id("m"))).isEmpty();
        });
    assertList(r -> r.inQuestion()).isEmpty();
    assertValue(r -> r.counts(ROOM)).isEqualTo(RoomCounts.NONE);
  }

  @Test
  void r9_aQuestionLeavesMessageAndTombstoneAloneAndTheyLeaveIt() {
    write(
        w -> {
          w.putMessage(message("m", 1), Origin.ROOM);
          w.putTombstone(ROOM, Tombstone.deleted(id("m"), time(1)));
          w.putInQuestion(doubt("m", ROOM));
        });
    write(w -> w.removeMessage(id("m")));
    write(w -> w.removeTombstone(id("m")));
    assertOptional(r -> r.inQuestion(id("m"))).isPresent();
    write(w -> w.putMessage(message("m", 1), Origin.ROOM));
    write(w -> w.removeInQuestion(id("m")));
    assertOptional(r -> r.message(id("m"))).isPresent();
  }

  @Test
  void r12_purgeRemovesARoomsMessagesInQuestionAndNoOthers() {
    write(
        w -> {
          w.putInQuestion(doubt("m", ROOM));
          w.putInQuestion(doubt("n", OTHER));
          w.purge(ROOM);
        });
    assertList(r -> r.inQuestion()).containsExactly(doubt("n", OTHER));
    assertThat(read(r -> r.counts(ROOM)).inQuestion()).isZero();
  }

  @Test
  void r2_aTransactionThatFailsPutsNothingInQuestion() {
    write(w -> w.putInQuestion(doubt("before", ROOM)));
    try {
      write(
          w -> {
            w.putInQuestion(doubt("m", ROOM));
            w.removeInQuestion(id("before"));
            throw new IllegalStateException("meant");
          });
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("meant");
    }
    assertList(r -> r.inQuestion()).containsExactly(doubt("before", ROOM));
    assertThat(read(r -> r.counts(ROOM)).inQuestion()).isEqualTo(1);
  }

  @Test
  void r9_aRoomIsCompleteButForItsMessagesInQuestion() {
    write(
        w -> {
          w.putRoomState(
              RoomState.anchoredAt(ROOM, time(1))
                  .withHistory(Reach.beginning(null))
                  .claimed(time(9), Told.at(time(9))));
          w.putMessage(root("root", 1, 1, 2), Origin.ROOM);
          w.putMessage(reply("reply", 2, "root"), Origin.ROOM);
          w.putMessage(message("other", 3), Origin.ROOM);
          w.putInQuestion(doubt("other", ROOM));
          w.putInQuestion(doubt("elsewhere", OTHER));
        });
    LocalCopy local = LocalCopy.of(store());
    assertThat(local.messages(ROOM, null, 9).coverage())
        .isEqualTo(new Coverage.Complete(time(9), 1));
    assertThat(local.rooms())
        .extracting(room -> room.coverage())
        .containsExactly(new Coverage.Unknown(), new Coverage.Complete(time(9), 1));
    assertThat(local.replies(id("root"), null, 9).coverage())
        .isEqualTo(new Coverage.Complete(time(9)));
    write(w -> w.putInQuestion(doubt("reply", ROOM)));
    assertThat(local.replies(id("root"), null, 9).coverage())
        .isEqualTo(new Coverage.Complete(time(9), 1));
    // What is not stored may be a reply.
    write(w -> w.removeMessage(id("other")));
    assertThat(local.forEachMessage(Scope.thread(id("root")), message -> {}))
        .isEqualTo(new Coverage.Complete(time(9), 2));
    assertThat(local.messages(ROOM, null, 9).coverage().isComplete()).isFalse();
  }

  private static InQuestion doubt(String id, RoomId room) {
    return new InQuestion(new MessageId(id), room, time(7), Why.DELETED_AND_SHOWN);
  }
}
