package dev.strandline.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.LocalCopy;
import dev.strandline.OverallCoverage;
import dev.strandline.OverallCoverage.State;
import dev.strandline.model.Coverage;
import dev.strandline.model.Membership;
import dev.strandline.model.MessageId;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.DirectoryState;
import dev.strandline.spi.InQuestion;
import dev.strandline.spi.Reach;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.StoreWriter;
import dev.strandline.spi.Told;
import dev.strandline.store.memory.MemoryStore;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What several rooms are worth together. */
final class OverallTest {
  private static final ServerTime NOW = new ServerTime(1_760_000_000_000L);
  private static final RoomId ONE = new RoomId("one");
  private static final RoomId TWO = new RoomId("two");
  private static final DirectoryState READ = new DirectoryState(NOW, NOW, NOW, Told.at(NOW));

  private final MemoryStore store = new MemoryStore();
  private final LocalCopy local = LocalCopy.of(store);

  @Test
  void r9_allRoomsAreUnknownWhereTheDirectoryWasNeverRead() {
    assertThat(local.coverage().state()).isEqualTo(State.UNKNOWN);
    assertThat(local.coverage().directoryReadAt()).isNull();
    write(w -> w.putRoomState(whole(ONE)));
    assertThat(local.coverage().state()).isEqualTo(State.UNKNOWN);
    assertThat(local.coverage().isComplete()).isFalse();
    assertThat(local.coverage(List.of(ONE)).isComplete()).isTrue();
    write(w -> w.putDirectory(READ));
    assertThat(local.coverage())
        .isEqualTo(new OverallCoverage(State.COMPLETE, 1, 0, 0, Told.at(NOW), NOW));
    assertThat(local.coverage().directoryReadAt()).isEqualTo(NOW);
  }

  @Test
  void r9_aRoomThatWasNeverReadIsUnknown() {
    write(
        w -> {
          w.putDirectory(READ);
          w.putRoom(Room.builder(ONE).membership(Membership.MEMBER).build());
        });
    assertThat(local.messages(ONE, null, 9).coverage()).isEqualTo(new Coverage.Unknown());
    assertThat(local.coverage().state()).isEqualTo(State.UNKNOWN);
    assertThat(local.coverage(List.of()).state()).isEqualTo(State.UNKNOWN);
    write(w -> w.putRoomState(whole(TWO)));
    assertThat(local.coverage().state()).isEqualTo(State.INCOMPLETE);
    assertThat(local.coverage().notComplete()).isEqualTo(1);
    assertThat(local.coverage(List.of(TWO)).state()).isEqualTo(State.COMPLETE);
  }

  @Test
  void r9_anAccountWithoutRoomsIsComplete() {
    write(w -> w.putDirectory(READ));
    assertThat(local.coverage().isComplete()).isTrue();
  }

  @Test
  void r9_oneRoomThatLacksSomethingOutweighsOneThatIsStale() {
    write(
        w -> {
          w.putDirectory(READ);
          w.putRoomState(whole(ONE).distrusted(Coverage.Cause.REQUESTED));
          w.putRoomState(whole(TWO));
        });
    assertThat(local.coverage().state()).isEqualTo(State.STALE);
    write(w -> w.putRoomState(RoomState.anchoredAt(TWO, NOW)));
    assertThat(local.coverage().state()).isEqualTo(State.INCOMPLETE);
    assertThat(local.coverage().notComplete()).isEqualTo(2);
  }

  @Test
  void r9_messagesInQuestionAreCountedOverAllRooms() {
    write(
        w -> {
          w.putDirectory(new DirectoryState(NOW, NOW, null, new Told(null, NOW)));
          w.putRoomState(whole(ONE));
          w.putRoomState(whole(TWO));
          w.putInQuestion(new InQuestion(new MessageId("a"), ONE, NOW, InQuestion.Why.MOVED));
          w.putInQuestion(new InQuestion(new MessageId("b"), TWO, NOW, InQuestion.Why.MOVED));
        });
    OverallCoverage all = local.coverage();
    assertThat(all.state()).isEqualTo(State.COMPLETE);
    assertThat(all.inQuestion()).isEqualTo(2);
    assertThat(all.isComplete()).isFalse();
    assertThat(all.directoryReadAt()).isEqualTo(NOW);
  }

  @Test
  void r12_aRoomThatIsGoneAndOfWhichNothingWasKeptIsNotMissing() {
    write(
        w -> {
          w.putDirectory(READ);
          w.putRoomState(whole(ONE));
          w.putRoom(Room.builder(TWO).membership(Membership.GONE).build());
        });
    assertThat(local.coverage().isComplete()).isTrue();
    assertThat(local.coverage().rooms()).isEqualTo(1);
  }

  private static RoomState whole(RoomId room) {
    return RoomState.anchoredAt(room, NOW)
        .withHistory(Reach.beginning(null))
        .claimed(NOW, Told.at(NOW));
  }

  private void write(Consumer<StoreWriter> work) {
    store.write(
        w -> {
          work.accept(w);
          return 0;
        });
  }
}
