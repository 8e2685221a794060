package dev.strandline.store.sqlite.internal;

import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.InQuestion;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The messages of which it is not known whether the server still has them. */
final class InQuestionRows {
  private static final String ALL =
      """
      SELECT q.message_id, r.room_id, q.since, q.why
        FROM in_question q JOIN rooms r ON r.room_key = q.room_key
      """;

  private static final String ONE = ALL + "WHERE q.message_id = ?";

  private static final String OF_ROOM =
      ALL
          + "WHERE q.room_key = (SELECT room_key FROM rooms WHERE room_id = ?)"
          + " ORDER BY q.message_id";

  private static final String IN_ORDER = ALL + "ORDER BY r.room_id, q.message_id";

  private static final String PUT =
      "REPLACE INTO in_question (message_id, room_key, since, why) VALUES (?, ?, ?, ?)";

  private static final String REMOVE = "DELETE FROM in_question WHERE message_id = ?";

  private final Rows rows;

  InQuestionRows(Rows rows) {
    this.rows = rows;
  }

  Optional<InQuestion> one(MessageId id) {
    return rows.first(ONE, InQuestionRows::inQuestion, id.value());
  }

  List<InQuestion> ofRoom(RoomId room) {
    return rows.list(OF_ROOM, InQuestionRows::inQuestion, room.value());
  }

  List<InQuestion> all() {
    return rows.list(IN_ORDER, InQuestionRows::inQuestion);
  }

  void put(InQuestion doubt, long roomKey) {
    rows.update(PUT, doubt.id().value(), roomKey, doubt.since().epochMilli(), doubt.why().name());
  }

  void remove(MessageId id) {
    rows.update(REMOVE, id.value());
  }

  private static InQuestion inQuestion(Row row) throws SQLException {
    return new InQuestion(
        new MessageId(row.text(1)),
        new RoomId(row.text(2)),
        new ServerTime(row.number(3)),
        InQuestion.Why.valueOf(row.text(4)));
  }
}
