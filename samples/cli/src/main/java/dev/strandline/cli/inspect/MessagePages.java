package dev.strandline.cli.inspect;

import dev.strandline.cli.text.JsonObject;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.MessageKey;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.StoreReader;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pages of a room's messages or a thread's replies, from any place in either direction. Each page
 * is a seek in the index of reading order, wherever it is.
 */
final class MessagePages {
  private static final int PAGE = 50;
  private static final int DELETIONS = 100;

  private static final String LATER =
      " AND (m.sent_at, m.message_id) > (?, ?) ORDER BY m.sent_at, m.message_id LIMIT ?";

  private static final String DELETED_BETWEEN =
      """
      SELECT t.message_id, t.deleted_at, t.reason FROM tombstones t
        WHERE t.room_key = (SELECT room_key FROM rooms WHERE room_id = ?)
          AND t.deleted_at >= ? AND t.deleted_at < ?
        ORDER BY t.deleted_at DESC, t.message_id DESC LIMIT ?
      """;

  private final StoreReader reader;
  private final Sql sql;

  MessagePages(StoreReader reader, Sql sql) {
    this.reader = reader;
    this.sql = sql;
  }

  /**
   * Where a page lies; with none of the places it is the newest.
   *
   * @param before only what comes before this place
   * @param after only what comes after this place, the page next to it
   * @param around the page with this message near its middle
   * @param at the page that begins at this moment
   * @param first the oldest page
   */
  record Where(
      @Nullable MessageKey before,
      @Nullable MessageKey after,
      @Nullable MessageId around,
      @Nullable Long at,
      boolean first,
      int limit) {
    static Where of(Parameters parameters) {
      return new Where(
          parameters.place("before"),
          parameters.place("after"),
          parameters.message("around"),
          parameters.number("at"),
          parameters.text("first") != null,
          parameters.limit(PAGE));
    }
  }

  /** A room's page, with what was deleted in its time. */
  JsonObject ofRoom(RoomId room, Where where) throws SQLException {
    Page page = page(Scope.room(room), where);
    return page.json().put("deletions", deletions(room, page));
  }

  /** A thread's page. */
  JsonObject ofThread(MessageId root, Where where) throws SQLException {
    return page(Scope.thread(root), where).json();
  }

  /** In reading order, oldest first. */
  private record Page(List<Message> messages, boolean older, boolean newer) {
    JsonObject json() {
      return new JsonObject()
          .put("messages", messages.stream().map(MessageView::line).toList())
          .put("older", older ? Words.place(MessageKey.of(messages.get(0))) : null)
          .put(
              "newer",
              newer ? Words.place(MessageKey.of(messages.get(messages.size() - 1))) : null);
    }
  }

  private Page page(Scope scope, Where where) throws SQLException {
    MessageKey end = where.before();
    MessageKey start = start(scope, where);
    if (start != null) {
      // The place behind the page; none where the page is the newest one.
      List<MessageKey> upwards = later(scope, start, where.limit() + 1);
      end = upwards.size() > where.limit() ? upwards.get(where.limit()) : null;
    }
    List<Message> found = new ArrayList<>(reader.messages(scope, end, where.limit() + 1));
    boolean older = found.size() > where.limit();
    if (older) {
      found.remove(found.size() - 1);
    }
    Collections.reverse(found);
    boolean newer = end != null && !found.isEmpty() && hasLater(scope, found);
    return new Page(found, older, newer);
  }

  private boolean hasLater(Scope scope, List<Message> page) throws SQLException {
    return !later(scope, MessageKey.of(page.get(page.size() - 1)), 1).isEmpty();
  }

  /** The place after which the page begins; null where its end is given, or nothing is. */
  private @Nullable MessageKey start(Scope scope, Where where) {
    Long at = where.at();
    if (where.after() != null) {
      return where.after();
    }
    if (where.first()) {
      return beforeEverythingAt(Long.MIN_VALUE / 2);
    }
    if (at != null) {
      return beforeEverythingAt(at);
    }
    MessageId around = where.around();
    if (around == null) {
      return null;
    }
    MessageKey middle =
        reader
            .message(around)
            .map(MessageKey::of)
            .orElseThrow(() -> Refusal.notFound("No live message " + around + " is stored."));
    List<Message> before = reader.messages(scope, middle, where.limit() / 2);
    return before.isEmpty()
        ? beforeEverythingAt(middle.sentAt().epochMilli())
        : MessageKey.of(before.get(before.size() - 1));
  }

  private static MessageKey beforeEverythingAt(long millis) {
    // No id sorts before this one that a server would make.
    return new MessageKey(new ServerTime(millis - 1), new MessageId("\uDBFF\uDFFF"));
  }

  private List<MessageKey> later(Scope scope, MessageKey after, int limit) throws SQLException {
    String of =
        scope instanceof Scope.OfRoom
            ? "m.room_key = (SELECT room_key FROM rooms WHERE room_id = ?)"
            : "m.thread_id = ?";
    String id =
        scope instanceof Scope.OfRoom room
            ? room.room().value()
            : ((Scope.OfThread) scope).root().value();
    return sql.list(
        "SELECT m.sent_at, m.message_id FROM messages m WHERE " + of + LATER,
        row -> new MessageKey(new ServerTime(row.getLong(1)), new MessageId(row.getString(2))),
        id,
        after.sentAt().epochMilli(),
        after.id().value(),
        limit);
  }

  /** What was deleted between this page's first message and the next page's. */
  private List<JsonObject> deletions(RoomId room, Page page) throws SQLException {
    List<Message> messages = page.messages();
    long from = page.older() ? messages.get(0).sentAt().epochMilli() : Long.MIN_VALUE;
    long until = Long.MAX_VALUE;
    if (page.newer()) {
      MessageKey last = MessageKey.of(messages.get(messages.size() - 1));
      until = later(Scope.room(room), last, 1).get(0).sentAt().epochMilli();
    }
    return sql.list(DELETED_BETWEEN, Tombstones::json, room.value(), from, until, DELETIONS);
  }
}
