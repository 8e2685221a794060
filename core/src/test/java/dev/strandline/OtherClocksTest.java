package dev.strandline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.model.Coverage;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.Origin;
import dev.strandline.spi.Reach;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.Told;
import dev.strandline.store.memory.MemoryStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What pages by sending time are worth where sending times are not this server's (R9). */
class OtherClocksTest {
  private static final RoomId ROOM = new RoomId("R");
  private static final long FLOOR = 10_000_000;

  private final MemoryStore store = new MemoryStore();

  @BeforeEach
  void keepAPart() {
    store.write(
        writer -> {
          writer.putRoom(Room.builder(ROOM).build());
          writer.putRoomState(
              RoomState.anchoredAt(ROOM, time(FLOOR * 2))
                  .withHistory(Reach.downTo(time(FLOOR)))
                  .claimed(time(FLOOR * 3), Told.at(time(FLOOR * 3))));
          for (int i = 1; i <= 5; i++) {
            long at = FLOOR + 100_000L * i;
            writer.putMessage(message("m" + i, at, at), Origin.ROOM);
          }
          return writer;
        });
  }

  private void put(String id, long sentAt, long writtenAt) {
    store.write(
        writer -> {
          writer.putMessage(message(id, sentAt, writtenAt), Origin.ROOM);
          return writer;
        });
  }

  private static Message message(String id, long sentAt, long writtenAt) {
    return Message.builder(new MessageId(id), ROOM, time(sentAt), time(writtenAt), "{}").build();
  }

  private static ServerTime time(long millis) {
    return ServerTime.ofEpochMilli(millis);
  }

  private Coverage newestThree() {
    return LocalCopy.of(store).messages(ROOM, null, 3).coverage();
  }

  private void change(Room room) {
    store.write(
        writer -> {
          writer.putRoom(room);
          return writer;
        });
  }

  @Test
  void r9_aPageOfAPartIsCompleteWhereSendingTimesKeepTheBound() {
    assertThat(newestThree()).isEqualTo(new Coverage.Complete(time(FLOOR * 3)));
    put("late", FLOOR + 450_000, FLOOR + 390_000);
    assertThat(newestThree()).isEqualTo(new Coverage.Complete(time(FLOOR * 3)));
  }

  @Test
  void r9_aPageOfAPartIsNotCompleteWhereAStoredMessageWasSentAhead() {
    put("ahead", FLOOR + 450_000, FLOOR + 389_999);
    assertThat(newestThree()).isEqualTo(new Coverage.Incomplete(time(FLOOR), time(FLOOR * 3)));
  }

  @Test
  void r9_aPageOfAPartIsNotCompleteInARoomOfOtherClocks() {
    change(Room.builder(ROOM).otherClocks(true).build());
    assertThat(newestThree()).isEqualTo(new Coverage.Incomplete(time(FLOOR), time(FLOOR * 3)));
  }

  @Test
  void r9_aRoomThatIsKeptWholeIsCompleteWhateverItsClocks() {
    change(Room.builder(ROOM).otherClocks(true).build());
    put("ahead", FLOOR + 450_000, FLOOR);
    store.write(
        writer -> {
          writer.putRoomState(
              RoomState.anchoredAt(ROOM, time(FLOOR * 2))
                  .withHistory(Reach.beginning(null))
                  .claimed(time(FLOOR * 3), Told.at(time(FLOOR * 3))));
          return writer;
        });
    assertThat(newestThree()).isEqualTo(new Coverage.Complete(time(FLOOR * 3)));
  }
}
