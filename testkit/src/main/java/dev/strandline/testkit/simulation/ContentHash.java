package dev.strandline.testkit.simulation;

import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.spi.Quarantined;
import dev.strandline.spi.Store;
import dev.strandline.spi.StoreReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;

/** A digest of what a store holds, the same for any store that holds the same. */
final class ContentHash {
  private final MessageDigest digest;

  private ContentHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** Of everything. */
  static String of(Store store) {
    ContentHash hash = new ContentHash();
    return store.read(
        reader -> {
          hash.add(reader.owner());
          hash.add(reader.directory());
          reader.roomStates().forEach(hash::add);
          reader.scopeRuns().forEach(hash::add);
          for (Room room : reader.rooms()) {
            hash.add(room);
            hash.addRoom(reader, room.id());
          }
          return hash.hex();
        });
  }

  /** Of messages, tombstones and quarantine only. */
  static String ofMessages(Store store) {
    ContentHash hash = new ContentHash();
    return store.read(
        reader -> {
          reader.rooms().forEach(room -> hash.addRoom(reader, room.id()));
          return hash.hex();
        });
  }

  private void addRoom(StoreReader reader, RoomId room) {
    add(reader.counts(room));
    reader.threadStates(room).forEach(this::add);
    reader.forEachMessage(Scope.room(room), message -> addMessage(reader, message));
    reader.quarantine(room, 10_000).stream()
        .sorted(Comparator.comparing(entry -> entry.entry().json()))
        .forEach(this::addQuarantined);
  }

  private void addMessage(StoreReader reader, Message message) {
    MessageId id = message.id();
    add(id);
    add(reader.version(id));
    add(message.thread());
    add(message.sentAt());
    add(reader.tombstone(id));
  }

  private void addQuarantined(Quarantined entry) {
    add(entry.entry());
    add(entry.firstSeen().toEpochMilli());
  }

  private void add(@org.jspecify.annotations.Nullable Object value) {
    digest.update(String.valueOf(value).getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
  }

  private String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }
}
