package dev.strandline.cli.inspect;

import dev.strandline.cli.text.JsonObject;
import dev.strandline.model.Membership;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.ScopeRun;
import dev.strandline.spi.StoreReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rooms, a page at a time, each with what its bar needs. The cost of a page grows with the
 * number of rooms, whose rows are small, and not with that of messages: counting stops early.
 */
final class RoomList {
  private static final int PAGE = 50;

  /** Beyond this many a list says "more than". */
  private static final int COUNTED = 1000;

  /** In which order. */
  enum Order {
    /** The latest talk first. */
    ACTIVITY("coalesce(r.last_message_at, " + newest("r") + ", -62135596800000)", true),
    /** The name, as people sort: without regard to case. */
    NAME("lower(coalesce(r.name, r.room_id))", false),
    /** Those that are the furthest behind first. */
    LAG("coalesce(min(s.updated_settled, s.deleted_settled), -62135596800000)", false);

    private final String key;
    private final boolean descending;

    Order(String key, boolean descending) {
      this.key = key;
      this.descending = descending;
    }
  }

  /** Which rooms. */
  enum Show {
    ALL("true"),
    COMPLETE("state = 'complete'"),
    INCOMPLETE("state = 'incomplete'"),
    STALE("state = 'stale'"),
    NEVER("state = 'never'"),
    FAILED("outcome <> 'complete'");

    private final String condition;

    Show(String condition) {
      this.condition = condition;
    }
  }

  /** The same that {@code RoomState.coverage} decides, for counting and choosing. */
  private static final String STATE =
      """
      CASE
        WHEN s.room_key IS NULL THEN 'never'
        WHEN s.reconciling_started_at IS NOT NULL OR s.stale_cause IS NOT NULL THEN 'stale'
        WHEN s.claim_as_of IS NULL OR NOT s.claim_to_beginning THEN 'incomplete'
        ELSE 'complete'
      END
      """;

  private static final String FROM =
      """
      FROM rooms r
      LEFT JOIN room_state s ON s.room_key = r.room_key
      LEFT JOIN scope_runs u ON u.scope = 'room:' || r.room_id
      """;

  private static final String SUMMARY =
      "SELECT "
          + STATE
          + " AS state, count(*) AS rooms, sum(u.outcome <> 'complete') AS failed"
          + ", min(min(s.updated_settled, s.deleted_settled)) AS settled "
          + FROM
          + "GROUP BY 1";

  private final StoreReader reader;
  private final Sql sql;

  RoomList(StoreReader reader, Sql sql) {
    this.reader = reader;
    this.sql = sql;
  }

  /**
   * @param show which rooms
   * @param order in which order
   * @param containing only those whose name or id contains it; null for all
   * @param limit how many at most
   * @param afterKey with {@code afterId} the place behind which to go on; null for the first page
   */
  record Choice(
      Show show,
      Order order,
      @Nullable String containing,
      int limit,
      @Nullable String afterKey,
      @Nullable String afterId) {
    static Choice of(Parameters parameters) {
      return new Choice(
          parameters.choice("show", Show.class, Show.ALL),
          parameters.choice("order", Order.class, Order.ACTIVITY),
          parameters.text("containing"),
          parameters.limit(PAGE),
          parameters.text("afterKey"),
          parameters.text("afterId"));
    }
  }

  JsonObject page(Choice choice) throws SQLException {
    List<Row> found = rows(choice);
    boolean more = found.size() > choice.limit();
    List<Row> rows = more ? found.subList(0, choice.limit()) : found;
    List<JsonObject> rooms = new ArrayList<>();
    for (Row row : rows) {
      rooms.add(room(row.id()));
    }
    JsonObject next = null;
    if (more) {
      Row last = rows.get(rows.size() - 1);
      next = new JsonObject().put("afterKey", last.key()).put("afterId", last.id());
    }
    return new JsonObject().put("rooms", rooms).put("next", next);
  }

  /** How many rooms are in which state. */
  List<JsonObject> summary() throws SQLException {
    return sql.list(
        SUMMARY,
        row ->
            new JsonObject()
                .put("state", row.getString("state"))
                .put("rooms", row.getLong("rooms"))
                .put("failed", row.getLong("failed"))
                .putNumber("settled", Sql.number(row, "settled")));
  }

  private record Row(String key, String id) {}

  private List<Row> rows(Choice choice) throws SQLException {
    List<@Nullable Object> values = new ArrayList<>();
    String where = "WHERE " + choice.show().condition;
    if (choice.containing() != null) {
      where += " AND (instr(lower(name), lower(?)) > 0 OR instr(room_id, ?) > 0)";
      values.add(choice.containing());
      values.add(choice.containing());
    }
    if (choice.afterKey() != null) {
      where += " AND (key, room_id) " + (choice.order().descending ? "<" : ">") + " (?, ?)";
      values.add(key(choice));
      values.add(choice.afterId() == null ? "" : choice.afterId());
    }
    String direction = choice.order().descending ? " DESC" : "";
    values.add(choice.limit() + 1);
    return sql.list(
        "SELECT * FROM (SELECT r.room_id, r.name, u.outcome, "
            + choice.order().key
            + " AS key, "
            + STATE
            + " AS state "
            + FROM
            + ") "
            + where
            + (" ORDER BY key" + direction + ", room_id" + direction + " LIMIT ?"),
        row -> new Row(row.getString("key"), row.getString("room_id")),
        values.toArray());
  }

  private static Object key(Choice choice) {
    String given = String.valueOf(choice.afterKey());
    if (choice.order() == Order.NAME) {
      return given;
    }
    try {
      return Long.valueOf(given);
    } catch (NumberFormatException e) {
      throw Refusal.badRequest("afterKey must be a whole number, not " + given + ".");
    }
  }

  private static String newest(String room) {
    return "(SELECT max(m.sent_at) FROM messages m WHERE m.room_key = " + room + ".room_key)";
  }

  private static final String EXTENT =
      """
      SELECT (SELECT min(m.sent_at) FROM messages m WHERE m.room_key = r.room_key) AS oldest,
        (SELECT max(m.sent_at) FROM messages m WHERE m.room_key = r.room_key) AS newest,
        (SELECT count(*) FROM (SELECT 1 FROM messages m WHERE m.room_key = r.room_key LIMIT ?))
          AS messages
      FROM rooms r WHERE r.room_id = ?
      """;

  /** One room, with everything but what has to be counted. */
  JsonObject room(String id) throws SQLException {
    RoomId roomId = new RoomId(id);
    Room room =
        reader
            .room(roomId)
            .orElseThrow(() -> Refusal.notFound("The database knows no room " + id + "."));
    RoomState state = reader.roomState(roomId).orElse(null);
    ScopeRun run = reader.scopeRun(Scope.room(roomId)).orElse(null);
    JsonObject json =
        new JsonObject()
            .put("id", id)
            .put("name", room.name())
            .put("type", Words.of(room.type()))
            .put("membership", Words.of(room.membership()))
            .put("unread", room.unread())
            .putNumber("lastMessageAt", Words.millis(room.lastMessageAt()))
            .put(
                "coverage",
                state == null
                    ? null
                    : Words.coverage(state.coverage(reader.inQuestion(roomId).size())))
            .putNumber("newsAsOf", newsAsOf(room, state))
            .putNumber("settled", settled(state))
            .put("run", Words.run(run));
    sql.list(EXTENT, row -> extent(json, row), COUNTED + 1, id);
    return json;
  }

  /** Up to when nothing is to be asked for, as far as the directory tells; null for the claim's. */
  private @Nullable Long newsAsOf(Room room, @Nullable RoomState state) {
    boolean isToldOf =
        room.membership() == Membership.MEMBER
            && !room.hasNews()
            && state != null
            && state.claim() != null;
    return isToldOf ? Words.millis(reader.directory().newsAsOf()) : null;
  }

  private static JsonObject extent(JsonObject json, ResultSet row) throws SQLException {
    long messages = row.getLong("messages");
    return json.putNumber("oldest", Sql.number(row, "oldest"))
        .putNumber("newest", Sql.number(row, "newest"))
        .put("messages", Math.min(messages, COUNTED))
        .put("moreMessages", messages > COUNTED);
  }

  /** Both feeds are settled up to the earlier one of theirs. */
  static @Nullable Long settled(@Nullable RoomState state) {
    return state == null
        ? null
        : ServerTime.min(state.updated().settled(), state.deleted().settled()).epochMilli();
  }
}
