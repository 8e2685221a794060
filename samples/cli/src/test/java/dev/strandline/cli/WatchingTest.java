package dev.strandline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.History;
import dev.strandline.LocalCopy;
import dev.strandline.Progress;
import dev.strandline.model.Membership;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.store.memory.MemoryStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How far a run is, and how much is left. */
class WatchingTest {
  private static final RoomId BIG = new RoomId("big");

  private final MemoryStore store = new MemoryStore();
  private final LocalCopy local = LocalCopy.of(store);
  private final StringWriter said = new StringWriter();
  private final AtomicLong clock = new AtomicLong();

  @BeforeEach
  void fill() {
    store.write(
        writer -> {
          writer.putRoom(room(BIG, "{\"msgs\":9000}"));
          writer.putRoom(room(new RoomId("small"), "{\"msgs\":1000}"));
          writer.putRoom(room(new RoomId("untold"), null));
          return 0;
        });
  }

  @Test
  void whereAllRoomsAreReadTheTotalIsKnownFromTheStart_andWhatIsLeft() {
    run(Expected.missing(local, History.all(), true));
    assertThat(said.toString().lines())
        .containsExactly(
            "0 of about 10,000 messages, (1/3) big; about 10,000 messages left",
            "2,000 of about 10,000 messages, (1/3) big, backfilling; about 8,000 messages left,"
                + " about 1 min 20 s",
            "waiting 45 s: rate limit; about 8,000 messages left, about 1 min 20 s");
  }

  @Test
  void ofOneRoomItIsWhatTheRoomHas_atMostTheHistoryThatIsWanted() {
    run(Expected.missing(local, History.all(), false));
    assertThat(said.toString()).contains("2,000 of about 9,000 messages");
    said.getBuffer().setLength(0);
    run(Expected.missing(local, History.latest(3000), false));
    assertThat(said.toString()).contains("2,000 of about 3,000 messages");
    said.getBuffer().setLength(0);
    run(Expected.missing(local, History.none(), true));
    assertThat(said.toString()).contains("2,000 messages, ").doesNotContain("left");
  }

  @Test
  void whereMoreComesThanWasToldNothingIsClaimed() {
    run(Expected.missing(local, History.latest(1), false));
    assertThat(said.toString()).contains("2,000 messages, ");
  }

  private void run(Expected expected) {
    clock.set(0);
    try (Watching watching =
        new Watching.Lines(new Labels(local), expected, new PrintWriter(said, true), clock::get)) {
      watching.progress(new Progress.Planned(3));
      watching.progress(new Progress.Started(Scope.room(BIG)));
      clock.addAndGet(Duration.ofSeconds(20).toNanos());
      watching.progress(new Progress.Applied(Scope.room(BIG), Progress.Activity.BACKFILLING, 2000));
      watching.progress(new Progress.Waiting(Duration.ofSeconds(45), "rate limit"));
    }
  }

  private static Room room(RoomId id, String json) {
    return Room.builder(id).name(id.value()).membership(Membership.MEMBER).roomJson(json).build();
  }
}
