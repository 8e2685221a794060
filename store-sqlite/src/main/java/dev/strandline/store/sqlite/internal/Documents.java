package dev.strandline.store.sqlite.internal;

import dev.strandline.error.StoreException;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * How a file keeps the documents of its messages: in which columns, and as what. A file says so
 * itself: {@link Session#documents}.
 */
abstract class Documents {
  /** Columns that are the same in every file; parameters 1 to 8, and 10 for both pages. */
  private static final String COLUMNS =
      "message_id, room_key, sent_at, updated_at, thread_id, reply_count, last_reply_at, origin,"
          + " added_page, written_page";

  private final MessageSql sql;
  private final String insert;
  private final String replace;
  private final String move;

  /**
   * @param columns of the document and what is kept beside it
   * @param parameters their parameters, 9 or from 11 on
   */
  Documents(MessageSql sql, String[] columns, String[] parameters) {
    this.sql = sql;
    String names = String.join(", ", columns);
    String values = String.join(", ", parameters);
    insert =
        "INSERT INTO messages ("
            + COLUMNS
            + ", "
            + names
            + ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?10, ?10, "
            + values
            + ") ON CONFLICT (message_id) DO NOTHING";
    replace =
        "UPDATE messages SET room_key = ?2, sent_at = ?3, updated_at = ?4, thread_id = ?5,"
            + " reply_count = ?6, last_reply_at = ?7, origin = ?8, written_page = ?10, ("
            + names
            + ") = ("
            + values
            + ") WHERE message_id = ?1";
    move =
        "INSERT INTO messages (message_key, "
            + COLUMNS
            + ", "
            + names
            + ") SELECT message_key, "
            + COLUMNS
            + ", "
            + values
            + " FROM "
            + Conversion.BEFORE
            + " WHERE message_key = ?1";
  }

  MessageSql sql() {
    return sql;
  }

  /**
   * The same, faster, where every document that is met can be read by SQLite. Otherwise a statement
   * fails with what {@link #isUnreadable} knows.
   */
  MessageSql quickSql() {
    return sql;
  }

  /** Whether a statement failed since SQLite cannot read a document. */
  static boolean isUnreadable(StoreException failure) {
    return failure.getCause() instanceof SQLException cause
        && String.valueOf(cause.getMessage()).contains("malformed JSON");
  }

  /** Stores a message unless its id is taken. */
  String insert() {
    return insert;
  }

  /** Stores a message in place of the one under its id. */
  String replace() {
    return replace;
  }

  /** Stores the message of another table that has the key of parameter 1. */
  String move() {
    return move;
  }

  /** Sets the parameters for the document and what is kept beside it. */
  abstract void bind(PreparedStatement statement, Message message) throws SQLException;

  /** The message of a row of {@link MessageSql#columns}. */
  abstract Message message(Row row) throws SQLException;

  /** The document of a row of {@link MessageSql#columns}. */
  abstract String json(Row row) throws SQLException;

  /** The document of a row of {@link MessageSql#version}. */
  abstract String versionJson(Row row) throws SQLException;

  /** What the columns that every file has say of a message. */
  static Message.Builder started(Row row, String json) throws SQLException {
    String thread = row.textOrNull("thread_id");
    return Message.builder(
            new MessageId(row.text("message_id")),
            new RoomId(row.text("room_id")),
            new ServerTime(row.number("sent_at")),
            new ServerTime(row.number("updated_at")),
            json)
        .thread(thread == null ? null : new MessageId(thread))
        .replies(row.count("reply_count"), row.time("last_reply_at"));
  }

  /** What a message says, as JSON values from a document; null where it does not say it. */
  static void say(
      Message.Builder message,
      @Nullable String text,
      @Nullable String type,
      @Nullable String authorId,
      @Nullable String author) {
    String said = JsonLiteral.text(text);
    message
        .text(said == null ? "" : said)
        .type(JsonLiteral.text(type))
        .author(JsonLiteral.text(authorId), JsonLiteral.text(author));
  }
}
