package dev.strandline.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.model.Message;
import dev.strandline.model.MessageKey;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import dev.strandline.model.ThreadSummary;
import dev.strandline.model.Tombstone;
import dev.strandline.spi.Origin;
import dev.strandline.spi.RoomCounts;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.StoreWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Pages, threads and counts. */
abstract class ReadingPromises extends MessagePromises {
  @Test
  void r3_pagesMeetWithoutGapOrOverlap_whereManyMessagesShareAMillisecond() {
    Random random = new Random(3);
    List<Message> all = new ArrayList<>();
    String[] starts = {"a", "Z", "é", "\uffee", "😀", "0"};
    for (int i = 0; i < 200; i++) {
      String id = starts[random.nextInt(starts.length)] + random.nextInt(1000) + "-" + i;
      boolean inThread = random.nextBoolean();
      long at = random.nextInt(5) - 2L;
      all.add(inThread ? reply(id, at, "root") : message(id, at));
    }
    write(w -> all.forEach(m -> w.putMessage(m, Origin.ROOM)));
    write(w -> w.putMessage(message("elsewhere", 0, "other"), Origin.ROOM));

    for (Scope scope : List.of(Scope.room(ROOM), Scope.thread(id("root")))) {
      List<Message> expected =
          all.stream()
              .filter(m -> scope instanceof Scope.OfRoom || m.thread() != null)
              .sorted(Comparator.comparing(MessageKey::of))
              .toList();
      List<Message> streamed = new ArrayList<>();
      observe(
          r -> {
            r.forEachMessage(scope, streamed::add);
          });
      assertThat(ids(streamed)).isEqualTo(ids(expected));
      for (int limit : new int[] {1, 7, 1000}) {
        List<String> paged = ids(pages(scope, limit));
        Collections.reverse(paged);
        assertThat(paged).isEqualTo(ids(expected));
      }
    }
  }

  @Test
  void aPageBeginsBeforeAPlace_whetherOrNotAMessageIsThere() {
    write(
        w -> {
          w.putMessage(message("b", 10), Origin.ROOM);
          w.putMessage(message("d", 10), Origin.ROOM);
          w.putMessage(message("a", 20), Origin.ROOM);
        });
    assertThat(page(10, "c")).containsExactly("b");
    assertThat(page(10, "d")).containsExactly("b");
    assertThat(page(15, "a")).containsExactly("d", "b");
    assertThat(page(20, "a")).containsExactly("d", "b");
    assertThat(page(10, "b")).isEmpty();
    assertThat(page(9, "z")).isEmpty();
  }

  @Test
  void forEachMessageMayAskOtherQuestionsMeanwhile() {
    write(
        w -> {
          w.putMessage(message("m1", 1), Origin.ROOM);
          w.putMessage(reply("m2", 2, "m1"), Origin.ROOM);
          w.putMessage(reply("m3", 3, "m1"), Origin.ROOM);
        });
    List<String> visited = new ArrayList<>();
    observe(
        r -> {
          r.forEachMessage(
              Scope.room(ROOM),
              outer -> {
                visited.add(outer.id().value());
                assertThat(r.message(outer.id())).isPresent();
                r.forEachMessage(Scope.room(ROOM), inner -> assertThat(inner.json()).isNotEmpty());
              });
        });
    assertThat(visited).containsExactly("m1", "m2", "m3");
  }

  @Test
  void tombstonesOfARoomAreListedByMessage() {
    Tombstone one = Tombstone.deleted(id("b"), time(5));
    Tombstone two = new Tombstone(id("\uffee"), time(2), Tombstone.Reason.HIDDEN);
    Tombstone three = new Tombstone(id("😀"), time(1), Tombstone.Reason.NOT_FOUND);
    write(
        w -> {
          for (Tombstone each : List.of(three, one, two)) {
            w.putTombstone(ROOM, each);
          }
          w.putTombstone(OTHER, Tombstone.deleted(id("a"), time(9)));
        });
    List<Tombstone> listed = new ArrayList<>();
    observe(
        r -> {
          r.forEachTombstone(ROOM, listed::add);
          r.forEachTombstone(new RoomId("unknown"), listed::add);
        });
    assertThat(listed).containsExactly(one, two, three);
  }

  @Test
  void r13_threadsAreListedByTheirNewestStoredReply() {
    write(
        w -> {
          w.putMessage(root("quiet", 1, 1, 500), Origin.ROOM);
          w.putMessage(root("busy", 2, 2, 400), Origin.ROOM);
          w.putMessage(reply("busy-1", 300, "busy"), Origin.ROOM);
          w.putMessage(reply("busy-2", 400, "busy"), Origin.ROOM);
          w.putMessage(reply("orphan-1", 450, "rootless"), Origin.ROOM);
          w.putMessage(message("plain", 999), Origin.ROOM);
          w.putMessage(reply("far-1", 1, "far", "other"), Origin.ROOM);
        });
    List<ThreadSummary> threads = read(r -> r.threads(ROOM, 9));
    // Nothing of "quiet" but the root is stored, so that it comes after what has replies here.
    assertThat(threads)
        .extracting(t -> t.root().value())
        .containsExactly("rootless", "busy", "quiet");
    assertThat(threads).extracting(ThreadSummary::replies).containsExactly(1, 2, 0);
    assertThat(threads)
        .extracting(ThreadSummary::lastReplyAt)
        .containsExactly(time(450), time(400), null);
    assertThat(threads)
        .extracting(t -> t.rootMessage() == null ? null : t.rootMessage().id().value())
        .containsExactly(null, "busy", "quiet");
    assertThat(threads).extracting(ThreadSummary::room).containsOnly(ROOM);
    assertList(r -> r.threads(ROOM, 2)).isEqualTo(threads.subList(0, 2));
  }

  @Test
  void r13_threadsFollowTheirRepliesThroughEveryChange() {
    write(
        w -> {
          w.putMessage(root("root", 1, 2, 30), Origin.ROOM);
          w.putMessage(reply("r1", 10, "root"), Origin.ROOM);
          w.putMessage(reply("r2", 30, "root"), Origin.ROOM);
        });
    assertThat(only().lastReplyAt()).isEqualTo(time(30));
    write(w -> w.removeMessage(id("r2")));
    assertThat(only().lastReplyAt()).isEqualTo(time(10));
    assertThat(only().replies()).isEqualTo(1);
    write(w -> w.putMessage(reply("r1", 40, "root"), Origin.ROOM));
    assertThat(only().lastReplyAt()).isEqualTo(time(40));
    write(w -> w.removeMessage(id("root")));
    assertThat(only().rootMessage()).isNull();
    write(w -> w.putMessage(root("root", 1, 1, 40), Origin.ROOM));
    write(w -> w.putMessage(message("r1", 40), Origin.ROOM));
    assertThat(only().replies()).isZero();
    assertThat(only().lastReplyAt()).isNull();
    assertThat(read(r -> r.counts(ROOM)).threads()).isZero();
    write(w -> w.putMessage(message("root", 1), Origin.ROOM));
    assertList(r -> r.threads(ROOM, 9)).isEmpty();
    write(w -> w.putMessage(reply("r1", 40, "root2"), Origin.ROOM));
    write(w -> w.putMessage(reply("r1", 40, "root"), Origin.ROOM));
    assertThat(only().root()).isEqualTo(id("root"));
    assertThat(only().rootMessage()).isNotNull();
    assertThat(store().check()).isEmpty();
  }

  @Test
  void threadsRepliedToInOneMillisecondAreListedByRoot() {
    write(
        w -> {
          for (String root : List.of("😀", "b", "\uffee", "a")) {
            w.putMessage(reply("of-" + root, 5, root), Origin.ROOM);
          }
        });
    assertList(r -> r.threads(ROOM, 9))
        .extracting(t -> t.root().value())
        .containsExactly("a", "b", "\uffee", "😀");
  }

  @Test
  void countsAreOfOneRoom() {
    write(
        w -> {
          w.putMessage(root("root", 1, 1, 2), Origin.ROOM);
          w.putMessage(reply("r1", 2, "root"), Origin.ROOM);
          w.putMessage(reply("r2", 3, "gone-root"), Origin.ROOM);
          w.putMessage(root("unread-replies", 4, 3, 5), Origin.ROOM);
          w.putMessage(message("elsewhere", 1, "other"), Origin.ROOM);
          w.putTombstone(ROOM, Tombstone.deleted(id("t1"), time(1)));
          w.putTombstone(ROOM, Tombstone.deleted(id("t2"), time(1)));
          w.putTombstone(OTHER, Tombstone.deleted(id("t3"), time(1)));
          w.quarantine(ROOM, unreadable("q", "{"), NOW);
        });
    assertValue(r -> r.counts(ROOM)).isEqualTo(new RoomCounts(4, 2, 2, 1, 0));
    assertValue(r -> r.counts(OTHER)).isEqualTo(new RoomCounts(1, 0, 1, 0, 0));
    assertValue(r -> r.counts())
        .isEqualTo(
            Map.of(ROOM, new RoomCounts(4, 2, 2, 1, 0), OTHER, new RoomCounts(1, 0, 1, 0, 0)));
    assertValue(r -> r.counts(new RoomId("unknown"))).isEqualTo(RoomCounts.NONE);
  }

  @Test
  void countsFollowWhateverIsWritten() {
    Random random = new Random(11);
    List<RoomId> rooms = List.of(ROOM, OTHER);
    for (int step = 0; step < 200; step++) {
      write(w -> writeAnything(w, rooms.get(random.nextInt(2)), random));
      observe(
          r -> {
            for (RoomId room : rooms) {
              assertThat(r.counts(room)).isEqualTo(counted(r, room));
            }
          });
    }
  }

  /** A few writes to a handful of ids, so that rows are replaced, moved and brought back. */
  private void writeAnything(StoreWriter w, RoomId room, Random random) {
    for (int i = random.nextInt(4); i >= 0; i--) {
      String id = "m" + random.nextInt(8);
      String root = "root" + random.nextInt(3);
      switch (random.nextInt(9)) {
        case 0, 1 -> w.putMessage(message(id, 1 + random.nextInt(9), room.value()), Origin.ROOM);
        case 2, 3 ->
            w.putMessage(reply(id, 1 + random.nextInt(9), root, room.value()), Origin.ROOM);
        case 4 -> w.putTombstone(room, Tombstone.deleted(id(id), time(random.nextInt(9))));
        case 5 -> w.removeMessage(id(id));
        case 6 -> w.removeTombstone(id(id));
        case 7 -> w.quarantine(room, unreadable(id, "{" + random.nextInt(5)), NOW);
        default -> {
          w.releaseQuarantine(id(id), ServerTime.MAX);
          if (random.nextInt(4) == 0) {
            w.purge(room);
          }
        }
      }
    }
  }

  private static RoomCounts counted(StoreReader r, RoomId room) {
    List<Message> messages = r.messages(Scope.room(room), null, 100);
    long threads =
        messages.stream().map(Message::thread).filter(Objects::nonNull).distinct().count();
    List<Tombstone> tombstones = new ArrayList<>();
    r.forEachTombstone(room, tombstones::add);
    return new RoomCounts(
        messages.size(),
        threads,
        tombstones.size(),
        r.quarantine(room, 100).size(),
        r.inQuestion(room).size());
  }
}
