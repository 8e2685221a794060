package dev.strandline.testkit.store;

import dev.strandline.model.Message;
import dev.strandline.model.Room;
import dev.strandline.model.Scope;
import dev.strandline.spi.Quarantined;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.Store;
import dev.strandline.spi.StoreReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a store holds, in a form in which two stores can be compared, of whatever kind they are:
 * rooms, messages, tombstones, quarantine, messages in question, and every position and claim.
 *
 * <p>Left out is what says nothing about the server: how and when runs ended, when something was
 * first seen by the device, the dates of answers, which a recording moves, and which account on
 * which address it was. Users are numbered in the order in which they appear, so that a replay of a
 * recording, where their ids are pseudonyms, has the content of the run that was recorded.
 *
 * <pre>{@code
 * assertThat(StoreContent.hash(replayed)).isEqualTo(StoreContent.hash(recorded));
 * assertThat(StoreContent.lines(replayed)).isEqualTo(StoreContent.lines(recorded)); // says where
 * }</pre>
 */
public final class StoreContent {
  private static final int MOST_QUARANTINED = 10_000;

  private StoreContent() {}

  /** SHA-256 over the lines, 64 hexadecimal digits. Costs a walk over the whole store. */
  public static String hash(Store store) {
    MessageDigest digest = sha256();
    each(
        store,
        line -> {
          digest.update(line.getBytes(StandardCharsets.UTF_8));
          digest.update((byte) '\n');
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  /** One line for everything the store holds; all of it in memory. */
  public static List<String> lines(Store store) {
    List<String> lines = new ArrayList<>();
    each(store, lines::add);
    return lines;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void each(Store store, Consumer<String> action) {
    NumberedUsers users = new NumberedUsers();
    store.read(
        reader -> {
          action.accept("directory " + reader.directory());
          rooms(reader).forEach(room -> room(reader, room, users, action));
          return users;
        });
  }

  /** By what no pseudonym changes; a direct conversation's id is made of its users'. */
  private static List<Room> rooms(StoreReader reader) {
    return reader.rooms().stream()
        .sorted(
            Comparator.comparing((Room room) -> String.valueOf(room.subscriptionId()))
                .thenComparing(room -> newest(reader, room))
                .thenComparing(room -> room.id().value()))
        .toList();
  }

  private static String newest(StoreReader reader, Room room) {
    List<Message> newest = reader.messages(Scope.room(room.id()), null, 1);
    return newest.isEmpty() ? "" : newest.get(0).id().value();
  }

  private static void room(
      StoreReader reader, Room room, NumberedUsers users, Consumer<String> action) {
    learn(reader, room, users);
    Consumer<String> numbered = line -> action.accept(users.numbered(line));
    numbered.accept("room " + text(room));
    reader.roomState(room.id()).ifPresent(state -> numbered.accept("state " + text(state)));
    reader.threadStates(room.id()).forEach(state -> numbered.accept("thread " + state));
    reader.forEachMessage(
        Scope.room(room.id()), message -> numbered.accept("message " + message.json()));
    reader.forEachTombstone(room.id(), tombstone -> numbered.accept(tombstone.toString()));
    reader.inQuestion(room.id()).forEach(doubt -> numbered.accept(doubt.toString()));
    reader.quarantine(room.id(), MOST_QUARANTINED).stream()
        .map(StoreContent::text)
        .sorted()
        .forEach(numbered);
  }

  private static String text(RoomState state) {
    RoomState.Claim claim = state.claim();
    return claim == null
        ? state.toString()
        : state
            .toString()
            .replace(claim.told().toString(), "Told[stamp=" + claim.told().stamp() + "]");
  }

  private static void learn(StoreReader reader, Room room, NumberedUsers users) {
    users.learn(room.subscriptionJson());
    users.learn(room.roomJson());
    reader.forEachMessage(Scope.room(room.id()), message -> users.learn(message.json()));
  }

  private static String text(Room room) {
    return String.join(
        " ",
        room.id().value(),
        String.valueOf(room.type()),
        String.valueOf(room.name()),
        String.valueOf(room.membership()),
        String.valueOf(room.unread()),
        String.valueOf(room.updatedAt()),
        String.valueOf(room.lastMessageAt()),
        String.valueOf(room.subscriptionJson()),
        String.valueOf(room.roomJson()));
  }

  private static String text(Quarantined entry) {
    return "quarantine " + entry.entry();
  }
}
