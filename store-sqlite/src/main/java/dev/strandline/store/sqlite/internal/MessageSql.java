package dev.strandline.store.sqlite.internal;

/**
 * The questions about messages, which differ in where the document and what it says are found.
 *
 * @param author an expression for the author's name, of the message {@code m}
 * @param columns what {@link Documents#message} wants, of {@code m} and its room {@code r}
 */
record MessageSql(
    String author,
    String columns,
    String select,
    String one,
    String ofRoom,
    String ofThread,
    String version,
    String threads,
    String after) {
  private static final String FROM = " FROM messages m JOIN rooms r ON r.room_key = m.room_key ";

  /**
   * The questions for one way to keep documents.
   *
   * @param document columns of {@code m}, besides those that every file has
   * @param versionDocument those of them that a document is made from
   */
  static MessageSql of(String author, String document, String versionDocument) {
    String columns =
        "m.message_id, r.room_id, m.sent_at, m.updated_at, m.thread_id, m.reply_count,"
            + " m.last_reply_at, "
            + document;
    String select = "SELECT " + columns + FROM;
    return new MessageSql(
        author,
        columns,
        select,
        select + "WHERE m.message_id = ?",
        select + "WHERE m.room_key = (SELECT room_key FROM rooms WHERE room_id = ?) ",
        select + "WHERE m.thread_id = ? ",
        "SELECT r.room_id, m.updated_at, m.origin, "
            + versionDocument
            + FROM
            + "WHERE m.message_id = ?",
        "SELECT t.root_id, t.replies, t.newest_reply_at, "
            + columns
            + """
               FROM threads t
              JOIN rooms r ON r.room_key = t.room_key
              LEFT JOIN messages m ON m.message_id = t.root_id AND m.room_key = t.room_key
              WHERE t.room_key = (SELECT room_key FROM rooms WHERE room_id = ?)
              ORDER BY t.newest_reply_at DESC, t.root_id LIMIT ?
              """,
        "SELECT m.message_key, "
            + columns
            + FROM
            + "WHERE m.message_key > ? ORDER BY m.message_key LIMIT ?");
  }

  /** Every message of another table of the same columns, with its key, in the order of keys. */
  String allOf(String table) {
    return "SELECT m.message_key, "
        + columns
        + " FROM "
        + table
        + " m JOIN rooms r ON r.room_key = m.room_key ORDER BY m.message_key";
  }
}
