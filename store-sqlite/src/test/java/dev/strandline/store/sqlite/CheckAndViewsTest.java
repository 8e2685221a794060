package dev.strandline.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.Room;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import dev.strandline.model.Unreadable;
import dev.strandline.spi.Finding;
import dev.strandline.spi.Origin;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.StoreWriter;
import dev.strandline.spi.Told;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What check finds after other programs wrote to the file, and what the views show people. */
final class CheckAndViewsTest {
  @TempDir Path folder;

  @BeforeEach
  void fill() {
    try (SqliteStore store = SqliteStore.open(file())) {
      store.write(CheckAndViewsTest::fill);
      assertThat(store.check()).isEmpty();
    }
  }

  private static int fill(StoreWriter w) {
    w.putRoom(Room.builder(TestMessages.ROOM).name("General").build());
    w.putRoomState(
        RoomState.anchoredAt(TestMessages.ROOM, new ServerTime(1_760_000_000_123L))
            .claimed(
                new ServerTime(1_760_000_000_999L), Told.at(new ServerTime(1_760_000_000_999L))));
    w.putMessage(TestMessages.message("m1", 1_760_000_000_123L, "high \\\"tide\\\""), Origin.ROOM);
    w.putMessage(TestMessages.reply("m2", -1, "m1"), Origin.ROOM);
    w.putMessage(
        Message.builder(
                new MessageId("m3"),
                TestMessages.ROOM,
                ServerTime.EPOCH,
                ServerTime.EPOCH,
                "no JSON")
            .build(),
        Origin.ROOM);
    w.putTombstone(TestMessages.ROOM, Tombstone.deleted(new MessageId("gone"), ServerTime.EPOCH));
    w.quarantine(TestMessages.ROOM, new Unreadable(null, "[]", "not an object"), Instant.EPOCH);
    return 0;
  }

  @Test
  void columnsThatDisagreeWithTheirDocumentAreFound() throws Exception {
    for (String change :
        List.of(
            "sent_at = sent_at + 1",
            "updated_at = 0",
            "message_id = 'other'",
            "json = json_replace(json, '$.rid', 'elsewhere')")) {
      execute("BEGIN", "UPDATE messages SET " + change + " WHERE message_id = 'm1'", "COMMIT");
      assertThat(checks()).as(change).containsExactly("json");
      execute("DELETE FROM messages", "DELETE FROM threads");
      try (SqliteStore store = SqliteStore.open(file())) {
        store.write(CheckAndViewsTest::fill);
      }
    }
    execute("UPDATE messages SET thread_id = 'm9' WHERE message_id = 'm2'");
    assertThat(checks()).containsExactlyInAnyOrder("medium", "json");
  }

  @Test
  void whatNoStoreWritesIsFound() throws Exception {
    execute("UPDATE room_state SET updated_settled = updated_seen + 1");
    assertThat(checks()).containsExactly("settled-beyond-seen");
  }

  @Test
  void aListOfThreadsThatWentAstrayIsFound() throws Exception {
    execute("UPDATE threads SET replies = 5");
    assertThat(checks()).contains("medium");
    execute("DELETE FROM threads");
    assertThat(checks()).contains("medium");
  }

  @Test
  void aRowWithoutItsRoomIsFound() throws Exception {
    execute("PRAGMA foreign_keys = OFF", "UPDATE tombstones SET room_key = 99");
    assertThat(checks()).contains("medium");
  }

  @Test
  void aMessageInQuestionOfARoomThatIsNotKnownIsFound() throws Exception {
    execute(
        "PRAGMA foreign_keys = OFF",
        "INSERT INTO in_question (message_id, room_key, since, why) VALUES ('m', 99, 1, 'MOVED')");
    assertThat(checks()).containsExactly("medium");
  }

  @Test
  void aRoomIsShownAsCompleteButForItsMessagesInQuestion() throws Exception {
    execute(
        "UPDATE room_state SET history_to_beginning = 1, claim_to_beginning = 1",
        "INSERT INTO in_question (message_id, room_key, since, why)"
            + " VALUES ('m1', 1, 1760000000123, 'DELETED_AND_SHOWN'), ('gone', 1, -1, 'MOVED')");
    assertThat(rows("SELECT coverage, in_question FROM room_view"))
        .containsExactly("complete but for 2 in question|2");
    assertThat(rows("SELECT * FROM in_question_view ORDER BY message_id"))
        .containsExactly(
            "gone|room|General|1969-12-31T23:59:59.999Z|MOVED|0|1",
            "m1|room|General|2025-10-09T08:53:20.123Z|DELETED_AND_SHOWN|1|0");
    execute("DELETE FROM in_question");
    assertThat(rows("SELECT coverage, in_question FROM room_view")).containsExactly("complete|0");
    execute("DELETE FROM room_state");
    assertThat(rows("SELECT coverage FROM room_view")).containsExactly("unknown: never read");
  }

  @Test
  void theViewsShowNamesAndReadableTimes() throws Exception {
    assertThat(
            rows(
                "SELECT message_id, room_name, author, text, sent_at, thread_id FROM message_view"
                    + " ORDER BY message_id"))
        .containsExactly(
            "m1|General|ada|high \"tide\"|2025-10-09T08:53:20.123Z|null",
            "m2|General|ada|the text of m2|1969-12-31T23:59:59.999Z|m1",
            "m3|General|null|null|1970-01-01T00:00:00.000Z|null");
    assertThat(rows("SELECT room_id, name, coverage, as_of, updated_watermark FROM room_view"))
        .containsExactly(
            "room|General|incomplete: complete from 2025-10-09T08:53:20.123Z|"
                + "2025-10-09T08:53:20.999Z|2025-10-09T08:53:20.123Z");
    assertThat(rows("SELECT message_id, room_name, deleted_at, reason FROM tombstone_view"))
        .containsExactly("gone|General|1970-01-01T00:00:00.000Z|DELETED");
    assertThat(rows("SELECT room_id, reason, first_seen_at, json FROM quarantine_view"))
        .containsExactly("room|not an object|1970-01-01T00:00:00.000Z|[]");
    assertThat(rows("SELECT updated_lag, deleted_lag FROM room_view"))
        .allMatch(lag -> lag.matches("-?\\d+ s\\|-?\\d+ s"));
  }

  private Path file() {
    return folder.resolve("store.db");
  }

  private List<String> checks() {
    try (SqliteStore store = SqliteStore.openReadOnly(file())) {
      return store.check().stream().map(Finding::check).distinct().toList();
    }
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private List<String> rows(String sql) throws SQLException {
    return OtherTool.rows(file(), sql);
  }
}
