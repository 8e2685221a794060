package dev.strandline.cli.inspect;

import dev.strandline.cli.text.JsonObject;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.spi.ScopeRun;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.ThreadState;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A room's threads, the most recently replied to first; those without a stored reply last. */
final class ThreadPages {
  private static final int PAGE = 50;

  private static final String SELECT =
      """
      SELECT root_id, replies, newest_reply_at FROM threads
        WHERE room_key = (SELECT room_key FROM rooms WHERE room_id = ?)
      """;
  private static final String REPLIED_TO =
      SELECT
          + """
            AND newest_reply_at <= ? AND (newest_reply_at < ? OR root_id > ?)
            ORDER BY newest_reply_at DESC, root_id LIMIT ?
            """;
  private static final String BARE =
      SELECT + "AND newest_reply_at IS NULL AND root_id > ? ORDER BY root_id LIMIT ?";

  private static final String ONE =
      """
      SELECT t.root_id, t.replies, t.newest_reply_at, r.room_id
        FROM threads t JOIN rooms r ON r.room_key = t.room_key
        WHERE t.root_id = ? AND t.room_key = coalesce(
          (SELECT room_key FROM messages WHERE message_id = ?),
          (SELECT room_key FROM messages WHERE thread_id = ? LIMIT 1))
      """;

  private final StoreReader reader;
  private final Sql sql;

  ThreadPages(StoreReader reader, Sql sql) {
    this.reader = reader;
    this.sql = sql;
  }

  private record Row(String root, long replies, @Nullable Long newest) {}

  /**
   * @param after the root behind which to go on, with {@code afterAt} the time of its newest reply;
   *     both null for the first page
   */
  JsonObject page(RoomId room, @Nullable String after, @Nullable Long afterAt) throws SQLException {
    String root = after == null ? "" : after;
    boolean bare = after != null && afterAt == null;
    List<Row> rows = new ArrayList<>();
    if (!bare) {
      long newest = afterAt == null ? Long.MAX_VALUE : afterAt;
      rows.addAll(rows(REPLIED_TO, room.value(), newest, newest, root, PAGE + 1));
    }
    if (rows.size() <= PAGE) {
      rows.addAll(rows(BARE, room.value(), bare ? root : "", PAGE + 1 - rows.size()));
    }
    boolean more = rows.size() > PAGE;
    List<Row> page = more ? rows.subList(0, PAGE) : rows;
    Row last = more ? page.get(PAGE - 1) : null;
    return new JsonObject()
        .put("threads", page.stream().map(this::json).toList())
        .put(
            "next",
            last == null
                ? null
                : new JsonObject().put("after", last.root()).putNumber("afterAt", last.newest()));
  }

  private List<Row> rows(String query, @Nullable Object... parameters) throws SQLException {
    return sql.list(
        query,
        row ->
            new Row(
                row.getString("root_id"),
                row.getLong("replies"),
                Sql.number(row, "newest_reply_at")),
        parameters);
  }

  private JsonObject json(Row row) {
    Message message = reader.message(new MessageId(row.root())).orElse(null);
    return new JsonObject()
        .put("root", row.root())
        .put("replies", row.replies())
        .putNumber("newestReplyAt", row.newest())
        .put("message", message == null ? null : MessageView.line(message));
  }

  /** What is stored about one thread; empty texts where nothing is. */
  JsonObject about(MessageId root) throws SQLException {
    String id = root.value();
    List<JsonObject> found =
        sql.list(
            ONE,
            row ->
                new JsonObject()
                    .put("root", id)
                    .put("room", row.getString("room_id"))
                    .put("replies", row.getLong("replies"))
                    .putNumber("newestReplyAt", Sql.number(row, "newest_reply_at")),
            id,
            id,
            id);
    ThreadState state = reader.threadState(root).orElse(null);
    ScopeRun run = reader.scopeRun(Scope.thread(root)).orElse(null);
    if (found.isEmpty() && state == null) {
      throw Refusal.notFound("The database knows no thread " + root + ".");
    }
    JsonObject json =
        found.isEmpty()
            ? new JsonObject()
                .put("root", id)
                .put("room", state == null ? null : state.room().value())
                .put("replies", 0)
            : found.get(0);
    Message message = reader.message(root).orElse(null);
    return json.put("message", message == null ? null : MessageView.line(message))
        .put("state", state == null ? null : json(state))
        .put("run", Words.run(run));
  }

  private static JsonObject json(ThreadState state) {
    return new JsonObject()
        .put("condition", Words.of(state.condition()))
        .put("feed", RoomDetail.position(state.position()))
        .putNumber("asOf", Words.millis(state.asOf()));
  }
}
