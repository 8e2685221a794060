package dev.strandline.benchmarks.baseline;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * What a good programmer writes on the first day: each page as a tree, its messages into the table
 * with Jdbi, a transaction a page.
 */
public final class Naive implements Contender {
  private static final String PUT =
      """
      INSERT INTO messages (message_id, room_key, sent_at, updated_at, thread_id, reply_count,
          last_reply_at, origin, json)
        VALUES (:id, :room, :sentAt, :updatedAt, :thread, :replies, :lastReplyAt, 'ROOM', :json)
        ON CONFLICT (message_id) DO UPDATE SET
          room_key = excluded.room_key, sent_at = excluded.sent_at,
          updated_at = excluded.updated_at, thread_id = excluded.thread_id,
          reply_count = excluded.reply_count, last_reply_at = excluded.last_reply_at,
          origin = excluded.origin, json = excluded.json
      """;

  private final URI address;
  private final String name;
  private final Writing writing;

  private interface Writing {
    void write(Handle handle, long roomKey, JsonNode messages);
  }

  private Naive(URI address, String name, Writing writing) {
    this.address = address;
    this.name = name;
    this.writing = writing;
  }

  /** A page is one {@code PreparedBatch}. */
  public static Naive batch(URI address) {
    return new Naive(address, "naive batch: readTree, Jdbi batch", Naive::asBatch);
  }

  /** Each message is one statement. */
  public static Naive perRow(URI address) {
    return new Naive(address, "naive per row: readTree, Jdbi statement a row", Naive::asRows);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void run(Path file) throws Exception {
    RawStore.create(file);
    Server server = new Server(address);
    try (RawStore store = RawStore.plain(file)) {
      Handle handle = Jdbi.create(store.connection()).open();
      for (String room : server.rooms()) {
        long before = Long.MAX_VALUE / 4096;
        JsonNode messages;
        do {
          JsonNode answer =
              Server.JSON.readTree(server.page(room, before, BodyHandlers.ofString()));
          messages = answer.path("result").path("updated");
          writing.write(handle, store.key(room), messages);
          if (!messages.isEmpty()) {
            long last = millis(messages.get(messages.size() - 1), "_updatedAt");
            store.position(room, last);
            before = last + 1;
          }
          handle.commit();
        } while (messages.size() == Server.PAGE);
      }
      store.deriveThreads();
    }
  }

  private static void asBatch(Handle handle, long roomKey, JsonNode messages) {
    if (messages.isEmpty()) {
      return;
    }
    try (PreparedBatch batch = handle.prepareBatch(PUT)) {
      for (JsonNode message : messages) {
        bind(message, roomKey, batch::bind);
        batch.add();
      }
      batch.execute();
    }
  }

  private static void asRows(Handle handle, long roomKey, JsonNode messages) {
    for (JsonNode message : messages) {
      SqlStatement<?> update = handle.createUpdate(PUT);
      bind(message, roomKey, update::bind);
      ((org.jdbi.v3.core.statement.Update) update).execute();
    }
  }

  private static void bind(
      JsonNode message, long roomKey, BiConsumer<String, @Nullable Object> parameter) {
    parameter.accept("id", message.path("_id").asText());
    parameter.accept("room", roomKey);
    parameter.accept("sentAt", millis(message, "ts"));
    parameter.accept("updatedAt", millis(message, "_updatedAt"));
    parameter.accept("thread", message.hasNonNull("tmid") ? message.get("tmid").asText() : null);
    parameter.accept("replies", message.path("tcount").asInt());
    parameter.accept("lastReplyAt", message.hasNonNull("tlm") ? millis(message, "tlm") : null);
    parameter.accept("json", message.toString());
  }

  private static long millis(JsonNode message, String field) {
    return Instant.parse(message.path(field).asText()).toEpochMilli();
  }
}
