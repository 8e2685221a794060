package dev.strandline.store.sqlite.internal;

import dev.strandline.model.Membership;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.model.RoomType;
import dev.strandline.spi.DirectoryState;
import dev.strandline.spi.RoomCounts;
import dev.strandline.spi.StoreOwner;
import dev.strandline.spi.Told;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The directory: whose store it is, which rooms there are, and how far they have been asked for.
 */
final class RoomRows {
  private static final String PUT =
      """
      INSERT INTO rooms (room_id, name, type, membership, subscription_id, updated_at,
          last_message_at, unread, news, room_json, subscription_json, other_clocks)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (room_id) DO UPDATE SET
          name = excluded.name, type = excluded.type, membership = excluded.membership,
          subscription_id = excluded.subscription_id, updated_at = excluded.updated_at,
          last_message_at = excluded.last_message_at, unread = excluded.unread,
          news = excluded.news, room_json = excluded.room_json,
          subscription_json = excluded.subscription_json,
          other_clocks = excluded.other_clocks
      """;

  private static final String PUT_DIRECTORY =
      """
      REPLACE INTO directory (directory_key, subscriptions_until, rooms_until, news_as_of,
          read_date, read_stamp)
        VALUES (1, ?, ?, ?, ?, ?)
      """;

  private static final String ALL_COUNTS =
      """
      SELECT
        (SELECT count(*) FROM messages WHERE room_key = r.room_key) AS messages,
        (SELECT count(*) FROM threads WHERE room_key = r.room_key AND replies > 0) AS threads,
        (SELECT count(*) FROM tombstones WHERE room_key = r.room_key) AS tombstones,
        (SELECT count(*) FROM quarantine WHERE room_key = r.room_key) AS quarantined,
        (SELECT count(*) FROM in_question WHERE room_key = r.room_key) AS in_question,
        r.room_id
      FROM rooms r
      """;

  private static final String COUNTS = ALL_COUNTS + "WHERE r.room_id = ?";

  private final Session session;

  RoomRows(Session session) {
    this.session = session;
  }

  Optional<StoreOwner> owner() {
    return session.jdbi(
        handle ->
            handle
                .createQuery("SELECT account, server_id FROM owner")
                .map((row, context) -> new StoreOwner(row.getString(1), row.getString(2)))
                .findOne());
  }

  void put(StoreOwner owner) {
    String serverId = owner.serverId();
    session.jdbi(
        handle ->
            handle
                .createUpdate("REPLACE INTO owner VALUES (1, :account, :serverId)")
                .bind("account", Unicode.exact(owner.account()))
                .bind("serverId", serverId == null ? null : Unicode.exact(serverId))
                .execute());
  }

  DirectoryState directory() {
    return session
        .rows()
        .first(
            "SELECT * FROM directory",
            row ->
                new DirectoryState(
                    row.time("subscriptions_until"),
                    row.time("rooms_until"),
                    row.time("news_as_of"),
                    Columns.told(row, "read_date", "read_stamp")))
        .orElse(DirectoryState.UNREAD);
  }

  void put(DirectoryState directory) {
    Told read = directory.read();
    session
        .rows()
        .update(
            PUT_DIRECTORY,
            Columns.millis(directory.subscriptions()),
            Columns.millis(directory.rooms()),
            Columns.millis(directory.newsAsOf()),
            read == null ? null : Columns.millis(read.date()),
            read == null ? null : Columns.millis(read.stamp()));
  }

  List<Room> rooms() {
    return session.rows().list("SELECT * FROM rooms ORDER BY room_id", RoomRows::room);
  }

  Optional<Room> room(RoomId id) {
    return session
        .rows()
        .first("SELECT * FROM rooms WHERE room_id = ?", RoomRows::room, id.value());
  }

  OptionalInt unread(RoomId id) {
    return session
        .rows()
        .remembered(
            "SELECT unread FROM rooms WHERE room_id = ?",
            row -> OptionalInt.of(row.count(1)),
            id.value())
        .orElseGet(OptionalInt::empty);
  }

  Optional<RoomId> roomOfSubscription(String subscriptionId) {
    return session.jdbi(
        handle ->
            handle
                .createQuery("SELECT room_id FROM rooms WHERE subscription_id = :id LIMIT 1")
                .bind("id", subscriptionId)
                .map((row, context) -> new RoomId(row.getString(1)))
                .findOne());
  }

  RoomCounts counts(RoomId room) {
    return session.rows().first(COUNTS, RoomRows::counts, room.value()).orElse(RoomCounts.NONE);
  }

  Map<RoomId, RoomCounts> counts() {
    Map<RoomId, RoomCounts> all = new HashMap<>();
    session
        .rows()
        .each(
            ALL_COUNTS,
            row -> Map.entry(new RoomId(row.text(6)), counts(row)),
            each -> all.put(each.getKey(), each.getValue()));
    return all;
  }

  private static RoomCounts counts(Row row) throws SQLException {
    return new RoomCounts(
        row.number(1), row.number(2), row.number(3), row.number(4), row.number(5));
  }

  void put(Room room) {
    session
        .rows()
        .update(
            PUT,
            room.id().value(),
            shown(room.name()),
            room.type().name(),
            room.membership().name(),
            room.subscriptionId(),
            Columns.millis(room.updatedAt()),
            Columns.millis(room.lastMessageAt()),
            room.unread(),
            room.hasNews() ? 1 : 0,
            room.roomJson(),
            room.subscriptionJson(),
            room.hasOtherClocks() ? 1 : 0);
  }

  private static Room room(Row row) throws SQLException {
    return Room.builder(new RoomId(row.text("room_id")))
        .name(row.textOrNull("name"))
        .type(RoomType.valueOf(row.text("type")))
        .membership(Membership.valueOf(row.text("membership")))
        .subscriptionId(row.textOrNull("subscription_id"))
        .updatedAt(row.time("updated_at"))
        .lastMessageAt(row.time("last_message_at"))
        .unread(row.count("unread"))
        .news(row.flag("news"))
        .roomJson(row.textOrNull("room_json"))
        .subscriptionJson(row.textOrNull("subscription_json"))
        .otherClocks(row.flag("other_clocks"))
        .build();
  }

  private static @Nullable String shown(@Nullable String text) {
    return text == null ? null : Unicode.shown(text);
  }
}
