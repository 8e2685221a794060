package dev.strandline.cli.inspect;

import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import dev.strandline.spi.Origin;
import dev.strandline.spi.StoreWriter;
import dev.strandline.store.sqlite.SqliteStore;
import java.nio.file.Path;

/**
 * Makes a large store, for measuring: {@code BigStore FILE ROOMS MESSAGES}. One room has a tenth of
 * all messages, and as many tombstones as a tenth of that.
 */
final class BigStore {
  private static final int BATCH = 5000;
  private static final String WORDS =
      "the tide is turning at the pier and nobody has seen the boat since the morning ";

  private BigStore() {}

  public static void main(String[] args) {
    int rooms = Integer.parseInt(args[1]);
    int messages = Integer.parseInt(args[2]);
    long now = System.currentTimeMillis();
    try (SqliteStore store = SqliteStore.open(Path.of(args[0]))) {
      store.write(
          writer -> {
            for (int i = 0; i < rooms; i++) {
              RoomId id = new RoomId("big%05d".formatted(i));
              writer.putRoom(Sample.room(id, "room number " + i, now - i * 60_000L));
              writer.putRoomState(Sample.complete(id, now - i * 1000L));
            }
            return true;
          });
      for (int from = 0; from < messages; from += BATCH) {
        int first = from;
        store.write(writer -> batch(writer, first, Math.min(first + BATCH, messages), rooms, now));
      }
    }
  }

  private static boolean batch(StoreWriter writer, int from, int to, int rooms, long now) {
    for (int i = from; i < to; i++) {
      RoomId room = new RoomId("big%05d".formatted(i % 10 == 0 ? 0 : i % rooms));
      // Ids are in no order, as those of a server.
      String id = "%016x".formatted(i * 0x9E3779B97F4A7C15L);
      writer.putMessage(Sample.message(room, id, now - i * 60_000L, WORDS + i), Origin.ROOM);
      if (i % 100 == 0) {
        writer.putTombstone(
            room,
            new Tombstone(
                new MessageId("gone" + id),
                new ServerTime(now - i * 60_000L),
                Tombstone.Reason.DELETED));
      }
    }
    return true;
  }
}
