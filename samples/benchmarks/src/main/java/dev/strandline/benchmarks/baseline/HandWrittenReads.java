package dev.strandline.benchmarks.baseline;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Each question as one statement that stays prepared, and a record for what a list shows. */
public final class HandWrittenReads implements AutoCloseable {
  private static final String SELECT =
      "SELECT message_id, sent_at, updated_at, thread_id, reply_count, last_reply_at, json,"
          + " json ->> '$.msg', json ->> '$.t', json ->> '$.u._id', json ->> '$.u.username'"
          + " FROM messages WHERE ";
  private static final String NEWEST = " ORDER BY sent_at DESC, message_id DESC LIMIT ?";

  private final Connection connection;
  private final PreparedStatement latest;
  private final PreparedStatement replies;
  private final PreparedStatement unread;

  /** What a list of messages shows. */
  public record Shown(
      String id,
      long sentAt,
      long updatedAt,
      @Nullable String thread,
      int replies,
      long lastReplyAt,
      String json,
      String text,
      @Nullable String type,
      @Nullable String authorId,
      @Nullable String author) {}

  public HandWrittenReads(Path file) throws SQLException {
    connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    latest =
        connection.prepareStatement(
            SELECT + "room_key = (SELECT room_key FROM rooms WHERE room_id = ?)" + NEWEST);
    replies = connection.prepareStatement(SELECT + "thread_id = ?" + NEWEST);
    unread = connection.prepareStatement("SELECT unread FROM rooms WHERE room_id = ?");
  }

  public List<Shown> latest(String room, int limit) throws SQLException {
    return page(latest, room, limit);
  }

  public List<Shown> replies(String root, int limit) throws SQLException {
    return page(replies, root, limit);
  }

  private static List<Shown> page(PreparedStatement statement, String id, int limit)
      throws SQLException {
    statement.setString(1, id);
    statement.setInt(2, limit);
    List<Shown> page = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        page.add(
            new Shown(
                rows.getString(1),
                rows.getLong(2),
                rows.getLong(3),
                rows.getString(4),
                rows.getInt(5),
                rows.getLong(6),
                rows.getString(7),
                rows.getString(8),
                rows.getString(9),
                rows.getString(10),
                rows.getString(11)));
      }
    }
    return page;
  }

  public int unread(String room) throws SQLException {
    unread.setString(1, room);
    try (ResultSet row = unread.executeQuery()) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
