package dev.strandline.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import dev.strandline.model.ThreadSummary;
import dev.strandline.model.Tombstone;
import dev.strandline.spi.Origin;
import dev.strandline.spi.RoomCounts;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.StoredVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Messages come back as they were put, whatever is in them. */
abstract class MessagePromises extends DirectoryEntryPromises {
  @Test
  void r14_theDocumentComesBackByteForByte() {
    List<String> documents =
        List.of(
            "{}",
            "{ \"_id\":\"m\" ,\t\"unknown\":[1.10, 1e5, null , {\"a\":{}}] }\n",
            "{\"msg\":\"\\ud83d\\ude00 and 😀, \\u00e9 and é, e\u0301\"}",
            "{\"msg\":\"quote \\\" backslash \\\\ slash \\/ \\b\\f\\n\\r\\t\"}",
            "{\"msg\":\"zero \\u0000 byte, half \\ud800 pair, order \u202e mark\"}",
            "{\"msg\":\"\u2028\u2029\ufeff\uffff\"}",
            "{\"deep\":" + "[".repeat(3000) + "]".repeat(3000) + "}",
            "not JSON at all, with a raw \u0000 byte",
            "{\"msg\":\"" + "tide ".repeat(400_000) + "\"}");
    for (String json : documents) {
      Message message = Message.builder(id("m"), ROOM, time(1), time(2), json).build();
      write(w -> w.putMessage(message, Origin.ROOM));
      assertThat(read(r -> r.message(id("m"))).orElseThrow().json()).isEqualTo(json);
      assertThat(read(r -> r.version(id("m"))).orElseThrow().json()).isEqualTo(json);
      List<String> streamed = new ArrayList<>();
      observe(
          r -> {
            r.forEachMessage(Scope.room(ROOM), each -> streamed.add(each.json()));
          });
      assertThat(streamed).containsExactly(json);
    }
  }

  @Test
  void r14_aDocumentThatNoToolCanReadIsListedAmongTheOthers() {
    String unreadable = "{\"deep\":" + "[".repeat(3000) + "]".repeat(3000) + "}";
    write(
        w -> {
          w.putMessage(message("a", 1, time(1), "room"), Origin.ROOM);
          w.putMessage(
              Message.builder(id("b"), ROOM, time(2), time(2), unreadable)
                  .replies(1, time(3))
                  .build(),
              Origin.ROOM);
          w.putMessage(reply("c", 3, "b"), Origin.ROOM);
        });
    List<String> streamed = new ArrayList<>();
    observe(
        r -> {
          r.forEachMessage(Scope.room(ROOM), each -> streamed.add(each.id().value()));
        });
    assertThat(streamed).containsExactly("a", "b", "c");
    List<Message> page = read(r -> r.messages(Scope.room(ROOM), null, 10));
    assertThat(page).extracting(each -> each.id().value()).containsExactly("c", "b", "a");
    List<ThreadSummary> threads = read(r -> r.threads(ROOM, 10));
    Message root = Objects.requireNonNull(threads.get(0).rootMessage());
    assertThat(root.json()).isEqualTo(unreadable);
  }

  @Test
  void everyFieldOfAMessageComesBack() {
    Message full =
        Message.builder(
                id("m"),
                ROOM,
                time(-5),
                ServerTime.MAX,
                "{\"_id\":\"m\",\"rid\":\"room\",\"tmid\":\"root\",\"t\":\"e2e\",\"u\":{\"_id\":\"uid\","
                    + "\"username\":\"ada\"},\"msg\":\"a \\\"wave\\\" 🌊\\n\\u0000\\ud800!\","
                    + "\"tcount\":7}")
            .thread(id("root"))
            .type("e2e")
            .author("uid", "ada")
            .text("a \"wave\" 🌊\n\u0000\ud800!")
            .replies(7, time(6))
            .build();
    write(w -> w.putMessage(full, Origin.THREAD));
    assertSame(read(r -> r.message(id("m"))).orElseThrow(), full);
    assertOptional(r -> r.version(id("m")))
        .contains(new StoredVersion(ROOM, ServerTime.MAX, Origin.THREAD, full.json()));

    Message bare = Message.builder(id("bare"), ROOM, time(1), time(1), "{\"msg\":\"\"}").build();
    write(w -> w.putMessage(bare, Origin.ROOM));
    assertSame(read(r -> r.message(id("bare"))).orElseThrow(), bare);
  }

  @Test
  void aMessageIsAddedOnlyWhereNoneIsStoredUnderItsId() {
    Message first = Message.builder(id("m"), ROOM, time(1), time(2), "{\"v\":1}").build();
    Message later =
        Message.builder(id("m"), new RoomId("elsewhere"), time(1), time(3), "{\"v\":2}").build();
    assertThat(store().<Boolean>write(w -> w.addMessage(first, Origin.THREAD))).isTrue();
    assertThat(store().<Boolean>write(w -> w.addMessage(later, Origin.ROOM))).isFalse();
    assertOptional(r -> r.version(id("m")))
        .contains(new StoredVersion(ROOM, time(2), Origin.THREAD, "{\"v\":1}"));
  }

  @Test
  void idsMayHoldAnyCharacter() {
    List<String> odd =
        List.of(
            " ",
            "'; DROP TABLE messages; --",
            "a/b?c#d%",
            "😀",
            "é",
            "e\u0301",
            "\u0000",
            "a\u0000b",
            "\uffff",
            "x".repeat(512),
            "A",
            "a",
            "room:1",
            "\n");
    for (String value : odd) {
      MessageId id = id(value);
      Message message =
          Message.builder(id, new RoomId(value), time(1), time(1), "{}").thread(id).build();
      write(
          w -> {
            w.putMessage(message, Origin.ROOM);
            w.putTombstone(message.room(), Tombstone.deleted(id, time(0)));
            w.noteSeen(message.room(), id);
          });
    }
    for (String value : odd) {
      observe(
          r -> {
            assertThat(r.message(id(value)).orElseThrow().id().value()).isEqualTo(value);
            assertThat(r.tombstone(id(value))).isPresent();
            assertThat(r.room(new RoomId(value))).isPresent();
            assertThat(ids(r.messages(Scope.room(new RoomId(value)), null, 9)))
                .containsExactly(value);
            assertThat(ids(r.messages(Scope.thread(id(value)), null, 9))).containsExactly(value);
          });
    }
    assertThat(unseen(new RoomId("😀"), 9)).isEmpty();
  }

  @Test
  void r14_textThatCannotBeKeptUnchangedIsRefusedAndNeverChanged() {
    Message half = Message.builder(id("m"), ROOM, time(1), time(1), "{\"msg\":\"\ud800\"}").build();
    Message halfId = Message.builder(id("m\udc00"), ROOM, time(1), time(1), "{}").build();
    for (Message message : List.of(half, halfId)) {
      boolean refused = false;
      try {
        write(w -> w.putMessage(message, Origin.ROOM));
      } catch (RuntimeException e) {
        refused = true;
      }
      Optional<Message> kept = read(r -> r.messages(Scope.room(ROOM), null, 1)).stream().findAny();
      assertThat(kept).isEqualTo(refused ? Optional.empty() : Optional.of(message));
      write(w -> w.purge(ROOM));
    }
  }

  @Test
  void r7_aWriterDoesAsTold_olderStampsIncluded() {
    write(w -> w.putMessage(message("m", 1, time(100), "room"), Origin.ROOM));
    write(w -> w.putMessage(message("m", 2, time(50), "room"), Origin.THREAD));
    StoredVersion version = read(r -> r.version(id("m"))).orElseThrow();
    assertThat(version.updatedAt()).isEqualTo(time(50));
    assertThat(version.origin()).isEqualTo(Origin.THREAD);
    assertThat(read(r -> r.counts(ROOM)).messages()).isEqualTo(1);
  }

  @Test
  void aMessageReplacesTheOneOfItsIdInWhateverRoomThatWas() {
    write(w -> w.putMessage(reply("m", 1, "root"), Origin.ROOM));
    write(w -> w.putMessage(message("m", 2, "other"), Origin.ROOM));
    observe(
        r -> {
          assertThat(r.messages(Scope.room(ROOM), null, 9)).isEmpty();
          assertThat(ids(r.messages(Scope.room(OTHER), null, 9))).containsExactly("m");
          assertThat(r.messages(Scope.thread(id("root")), null, 9)).isEmpty();
          assertThat(r.threads(ROOM, 9)).isEmpty();
          assertThat(r.counts(ROOM)).isEqualTo(RoomCounts.NONE);
          assertThat(r.counts(OTHER).messages()).isEqualTo(1);
          assertThat(r.version(id("m")).orElseThrow().room()).isEqualTo(OTHER);
        });
  }

  @Test
  void r7_puttingTheSameThingsTwiceChangesNothing() {
    write(this::fillEverything);
    Snapshot once = snapshot();
    write(this::fillEverything);
    assertThat(snapshot()).isEqualTo(once);
  }

  @Test
  void r7_messageAndTombstoneOfOneIdLeaveEachOtherAlone() {
    Tombstone hidden = new Tombstone(id("m"), time(3), Tombstone.Reason.HIDDEN);
    write(w -> w.putMessage(message("m", 1), Origin.ROOM));
    write(w -> w.putTombstone(ROOM, hidden));
    assertOptional(r -> r.message(id("m"))).isPresent();
    write(w -> w.putMessage(message("m", 2), Origin.ROOM));
    assertOptional(r -> r.tombstone(id("m"))).contains(hidden);
    write(w -> w.removeMessage(id("m")));
    assertOptional(r -> r.tombstone(id("m"))).contains(hidden);
    for (Tombstone.Reason reason : Tombstone.Reason.values()) {
      Tombstone again = new Tombstone(id("m"), time(4), reason);
      write(w -> w.putTombstone(OTHER, again));
      assertOptional(r -> r.tombstone(id("m"))).contains(again);
    }
    assertThat(read(r -> r.counts(ROOM)).tombstones()).isZero();
    assertThat(read(r -> r.counts(OTHER)).tombstones()).isEqualTo(1);
    write(w -> w.removeTombstone(id("m")));
    assertOptional(r -> r.tombstone(id("m"))).isEmpty();
  }

  @Test
  void removingWhatIsNotThereIsNoError() {
    write(
        w -> {
          w.removeMessage(id("none"));
          w.removeTombstone(id("none"));
          w.releaseQuarantine(id("none"), ServerTime.MAX);
          w.forgetSeen(ROOM);
          w.purge(ROOM);
        });
    assertList(StoreReader::rooms).isEmpty();
  }
}
