package dev.strandline.store.sqlite.internal;

import dev.strandline.model.Message;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Documents as they came, in a column that every tool can read. */
final class PlainDocuments extends Documents {
  static final PlainDocuments ALL = new PlainDocuments();

  static final String SCRIPT = "messages_plain.sql";

  /** A document that SQLite cannot read, such as one nested too deep, has no such fields. */
  private static final String COLUMNS =
      """
      m.json,
      iif(json_valid(m.json), m.json -> '$.msg', NULL) AS text,
      iif(json_valid(m.json), m.json -> '$.t', NULL) AS type,
      iif(json_valid(m.json), m.json -> '$.u._id', NULL) AS author_id,
      iif(json_valid(m.json), m.json -> '$.u.username', NULL) AS author_name
      """;

  /** Looking whether SQLite can read it takes as long as reading it four times. */
  private static final String QUICK_COLUMNS =
      """
      m.json, m.json -> '$.msg' AS text, m.json -> '$.t' AS type,
      m.json -> '$.u._id' AS author_id, m.json -> '$.u.username' AS author_name
      """;

  private static final String AUTHOR = "iif(json_valid(m.json), m.json ->> '$.u.username', NULL)";

  private final MessageSql quick = MessageSql.of(AUTHOR, QUICK_COLUMNS, "m.json");

  private PlainDocuments() {
    super(MessageSql.of(AUTHOR, COLUMNS, "m.json"), new String[] {"json"}, new String[] {"?9"});
  }

  @Override
  MessageSql quickSql() {
    return quick;
  }

  @Override
  void bind(PreparedStatement statement, Message message) throws SQLException {
    statement.setString(9, Unicode.exact(message.json()));
  }

  @Override
  Message message(Row row) throws SQLException {
    Message.Builder message = started(row, json(row));
    say(
        message,
        row.textOrNull("text"),
        row.textOrNull("type"),
        row.textOrNull("author_id"),
        row.textOrNull("author_name"));
    return message.build();
  }

  @Override
  String json(Row row) throws SQLException {
    return row.text("json");
  }

  @Override
  String versionJson(Row row) throws SQLException {
    return row.text(4);
  }
}
