package dev.strandline.store.sqlite.internal;

import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Documents compressed against the file's own dictionary and against the columns beside them, which
 * have what people look at. For one session.
 */
final class CompactDocuments extends Documents implements AutoCloseable {
  static final String SCRIPT = "messages_compact.sql";

  private static final String KEPT =
      "m.json_bytes, m.document, m.text, m.type, m.author_id, m.author AS author_name";

  private static final MessageSql SQL =
      MessageSql.of("m.author", KEPT, KEPT + ", m.message_id, m.thread_id");

  /** What columns cannot say is asked of the document: see {@link JsonLiteral}. */
  private static final String SAID =
      """
      SELECT ?1 -> '$.msg', ?1 -> '$.t', ?1 -> '$.u._id', ?1 -> '$.u.username'
        WHERE json_valid(?1)
      """;

  private static final char REPLACEMENT = '\ufffd';

  private final byte[] dictionary;
  private final Packing packing;
  private final Rows rows;

  CompactDocuments(byte[] dictionary, Rows rows) {
    super(
        SQL,
        new String[] {"document", "text", "type", "author_id", "author", "json_bytes"},
        new String[] {"?9", "?11", "?12", "?13", "?14", "?15"});
    this.dictionary = dictionary;
    this.rows = rows;
    packing = new Packing(dictionary);
  }

  boolean isOf(byte[] other) {
    return Arrays.equals(dictionary, other);
  }

  @Override
  void bind(PreparedStatement statement, Message message) throws SQLException {
    MessageId thread = message.thread();
    String text = Unicode.shown(message.text());
    String type = shown(message.type());
    String authorId = shown(message.authorId());
    String author = shown(message.authorName());
    byte[] json = Unicode.exact(message.json()).getBytes(StandardCharsets.UTF_8);
    packing.against(
        message.room().value(),
        authorId,
        author,
        type,
        thread == null ? null : thread.value(),
        message.id().value(),
        text);
    statement.setBytes(9, packing.packed(json));
    statement.setString(11, text);
    statement.setString(12, type);
    statement.setString(13, authorId);
    statement.setString(14, author);
    statement.setInt(15, json.length);
  }

  private static @Nullable String shown(@Nullable String text) {
    return text == null ? null : Unicode.shown(text);
  }

  @Override
  Message message(Row row) throws SQLException {
    String json = json(row);
    Message.Builder message = started(row, json);
    String text = row.text("text");
    String type = row.textOrNull("type");
    String authorId = row.textOrNull("author_id");
    String author = row.textOrNull("author_name");
    message.text(text).type(type).author(authorId, author);
    boolean isExact = (text + type + authorId + author).indexOf(REPLACEMENT) < 0;
    return isExact ? message.build() : asTheDocumentSays(message, json);
  }

  private Message asTheDocumentSays(Message.Builder message, String json) {
    Optional<Message> said =
        rows.first(
            SAID,
            row -> {
              say(
                  message,
                  row.textOrNull(1),
                  row.textOrNull(2),
                  row.textOrNull(3),
                  row.textOrNull(4));
              return message.build();
            },
            json);
    return said.orElseGet(message::build);
  }

  /**
   * @throws IllegalArgumentException where it cannot be read back
   */
  @Override
  String json(Row row) throws SQLException {
    packing.against(
        row.text("room_id"),
        row.textOrNull("author_id"),
        row.textOrNull("author_name"),
        row.textOrNull("type"),
        row.textOrNull("thread_id"),
        row.text("message_id"),
        row.text("text"));
    try {
      return new String(
          packing.unpacked(
              Objects.requireNonNull(row.bytes("document"), "document"), row.number("json_bytes")),
          StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the document of message " + row.text("message_id") + ": " + e.getMessage(), e);
    }
  }

  @Override
  String versionJson(Row row) throws SQLException {
    return json(row);
  }

  /** Gives back memory that is not Java's. */
  @Override
  public void close() {
    packing.close();
  }
}
