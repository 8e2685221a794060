package dev.strandline.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.error.StoreException;
import dev.strandline.error.StoreFailedException;
import dev.strandline.error.StoreReadOnlyException;
import dev.strandline.model.MessageId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.Origin;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.Told;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading with SQL of one's own, and noticing commits. */
final class QueryTest {
  @TempDir Path folder;
  private SqliteStore writing;
  private SqliteStore reading;

  @BeforeEach
  void open() {
    writing = SqliteStore.open(folder.resolve("store.db"));
    reading = SqliteStore.openReadOnly(folder.resolve("store.db"));
    put("first");
  }

  @AfterEach
  void close() {
    reading.close();
    writing.close();
  }

  private void put(String id) {
    writing.write(
        writer -> {
          writer.putMessage(TestMessages.message(id, 1000), Origin.ROOM);
          return true;
        });
  }

  private static long messages(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM messages")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Test
  void sqlAndTheReaderSeeTheSameMomentWhateverIsCommittedMeanwhile() {
    reading.query(
        (reader, connection) -> {
          put("second");
          assertThat(messages(connection)).isEqualTo(1);
          assertThat(reader.counts(TestMessages.ROOM).messages()).isEqualTo(1);
          return true;
        });
    assertThat(reading.<Long>query((reader, connection) -> messages(connection))).isEqualTo(2);
  }

  @Test
  void theMomentIsTheSameThoughQuestionsBeforeHadNoAnswerOrAFailure() {
    reading.query(
        (reader, connection) -> {
          assertThat(reader.message(new MessageId("none"))).isEmpty();
          assertThat(reader.quarantine(null, 1)).isEmpty();
          try (Statement statement = connection.createStatement()) {
            statement.executeQuery("SELECT nothing");
          } catch (SQLException e) {
            // There is no such column.
          }
          put("second");
          assertThat(messages(connection)).isEqualTo(1);
          assertThat(reader.message(new MessageId("second"))).isEmpty();
          return true;
        });
    assertThat(reading.<Long>query((reader, connection) -> messages(connection))).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SAVEPOINT mine",
        "CREATE TEMP TABLE messages (message_id, room_key)",
        "ATTACH ':memory:' AS other",
        "SELECT message_id FROM messages UNION ALL SELECT 'one that is not read any more'"
      })
  void nothingThatSqlLeavesBehindReachesTheNextReading(String sql) {
    for (int time = 2; time < 5; time++) {
      reading.query(
          (reader, connection) -> {
            Statement left = connection.createStatement();
            left.execute(sql);
            return left;
          });
      String id = "message " + time;
      put(id);
      assertThat(reading.<Long>query((reader, connection) -> messages(connection))).isEqualTo(time);
      assertThat(reading.<Boolean>read(reader -> reader.message(new MessageId(id)).isPresent()))
          .isTrue();
    }
  }

  @Test
  void whatTheWorkThrowsIsThrownWhateverItDidToTheTransaction() {
    assertThatThrownBy(
            () ->
                reading.query(
                    (reader, connection) -> {
                      try (Statement statement = connection.createStatement()) {
                        statement.execute("COMMIT");
                      }
                      throw new IllegalStateException("the work's own");
                    }))
        .hasMessage("the work's own");
    put("second");
    assertThat(reading.<Long>query((reader, connection) -> messages(connection))).isEqualTo(2);
  }

  @Test
  void aColumnThatANewerVersionAddsIsNotTakenForAnother() throws SQLException {
    RoomState state = RoomState.anchoredAt(TestMessages.ROOM, new ServerTime(5));
    writing.write(
        writer -> {
          writer.putRoomState(state);
          return state;
        });
    assertThat(reading.<List<RoomState>>read(reader -> reader.roomStates())).containsExactly(state);
    try (Connection other =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("store.db"));
        Statement statement = other.createStatement()) {
      statement.execute("ALTER TABLE room_state ADD COLUMN added TEXT");
      statement.execute("ALTER TABLE rooms ADD COLUMN added TEXT");
    }
    assertThat(reading.<List<RoomState>>read(reader -> reader.roomStates())).containsExactly(state);
    assertThat(reading.<Optional<RoomState>>read(reader -> reader.roomState(state.room())))
        .contains(state);
  }

  @Test
  void whatIsRememberedOfTheFileIsForgottenWithACommit() {
    RoomState state = RoomState.anchoredAt(TestMessages.ROOM, new ServerTime(5));
    assertThat(reading.<Boolean>read(reader -> reader.roomState(state.room()).isPresent()))
        .isFalse();
    for (RoomState next :
        new RoomState[] {state, state.claimed(new ServerTime(7), Told.at(new ServerTime(7)))}) {
      writing.write(
          writer -> {
            writer.putRoomState(next);
            assertThat(writer.roomState(next.room())).contains(next);
            return next;
          });
      for (int time = 0; time < 2; time++) {
        assertThat(reading.<RoomState>read(reader -> reader.roomState(next.room()).orElseThrow()))
            .isEqualTo(next);
      }
    }
  }

  @Test
  void nothingCanBeWrittenWithSqlNotEvenWhereTheStoreIsOpenForWriting() {
    for (SqliteStore store : new SqliteStore[] {reading, writing}) {
      assertThatThrownBy(
              () ->
                  store.query(
                      (reader, connection) -> {
                        try (Statement statement = connection.createStatement()) {
                          return statement.executeUpdate("DELETE FROM messages");
                        }
                      }))
          .isInstanceOf(StoreReadOnlyException.class);
    }
    assertThat(reading.<Long>query((reader, connection) -> messages(connection))).isEqualTo(1);
  }

  @Test
  void whatSqliteReportsIsToldAsTheStoreTellsIt_andTheNextReadingIsSound() {
    assertThatThrownBy(
            () ->
                reading.query(
                    (reader, connection) -> {
                      try (Statement statement = connection.createStatement()) {
                        return statement.execute("SELECT nothing");
                      }
                    }))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("nothing");
    assertThat(reading.<Long>query((reader, connection) -> messages(connection))).isEqualTo(1);
  }

  @Test
  void theCounterChangesWithEveryCommitOfAnybodyAndWithNothingElse() {
    for (SqliteStore store : new SqliteStore[] {reading, writing}) {
      long before = store.changeCounter();
      reading.read(reader -> reader.rooms());
      assertThat(store.changeCounter()).isEqualTo(before);
      put("next of " + store);
      long after = store.changeCounter();
      assertThat(after).isNotEqualTo(before);
      assertThat(store.changeCounter()).isEqualTo(after);
    }
  }

  @Test
  void aClosedStoreAnswersNeither() {
    reading.close();
    assertThatThrownBy(reading::changeCounter).isInstanceOf(StoreFailedException.class);
    assertThatThrownBy(() -> reading.query((reader, connection) -> true))
        .isInstanceOf(StoreFailedException.class);
  }

  @Test
  void nothingIsQueriedWithinAWrite() {
    assertThatThrownBy(() -> writing.write(writer -> writing.query((reader, connection) -> true)))
        .isInstanceOf(IllegalStateException.class);
  }
}
