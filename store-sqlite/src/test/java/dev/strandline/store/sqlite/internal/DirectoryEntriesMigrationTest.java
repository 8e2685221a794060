package dev.strandline.store.sqlite.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.strandline.model.RoomId;
import dev.strandline.spi.DirectoryList;
import dev.strandline.spi.Quarantined;
import dev.strandline.spi.StoreReader;
import dev.strandline.store.sqlite.SqliteStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a file that was made before the directory had a place in quarantine. */
class DirectoryEntriesMigrationTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("old.db");
  }

  private void makeOldFile() {
    Sessions.Options options = new Sessions.Options(5000, 1 << 20);
    try (Session session = new Sessions(file(), options, new Failures(file())).writer()) {
      session.execute("PRAGMA journal_mode = WAL");
      session.writing(
          () -> {
            session.script(Schema.resource("V1__first_schema.sql"));
            session.script(
                Schema.resource(PlainDocuments.SCRIPT)
                    .replace("CREATE INDEX messages_sent_ahead ON messages (room_key)", "SELECT 1")
                    .replace("WHERE sent_at > updated_at + 60000", ""));
            session.execute("PRAGMA application_id = " + Schema.APPLICATION_ID);
            session.execute("PRAGMA user_version = 1");
            room(session, "plain", "{\"federated\":false,\"importIds\":[]}");
            room(session, "federated", "{\"federated\":true}");
            room(session, "native", "{\"federation\":{\"mrid\":\"!x\"}}");
            room(session, "imported", "{\"importIds\":[\"C1\"]}");
            room(session, "odd", "no JSON");
            session.execute("INSERT INTO rooms (room_id) VALUES ('unheard-of')");
            session.execute(
                "INSERT INTO quarantine (room_key, message_id, json, json_sha256, reason,"
                    + " first_seen_at) VALUES (1, 'm', '[]', x'00', 'odd', 7)");
            session.execute(
                "INSERT INTO messages (message_id, room_key, sent_at, updated_at, origin, json)"
                    + " VALUES ('late', 1, 60002, 1, 'ROOM', '{}')");
            return 1;
          });
    }
  }

  private static void room(Session session, String id, String json) {
    session.rows().update("INSERT INTO rooms (room_id, room_json) VALUES (?, ?)", id, json);
  }

  @Test
  void aFileOfTheFirstVersionKeepsWhatIsInItAndLearnsWhatItsDocumentsSay() {
    makeOldFile();
    try (SqliteStore store = SqliteStore.open(file())) {
      List<Quarantined> held = store.read(reader -> reader.quarantine(null, 9));
      assertThat(held).extracting(Quarantined::room).containsExactly(new RoomId("plain"));
      List<String> clocks =
          store.read(
              reader ->
                  reader.rooms().stream()
                      .filter(room -> room.hasOtherClocks())
                      .map(room -> room.id().value())
                      .toList());
      assertThat(clocks).containsExactly("federated", "imported", "native");
      boolean isSentAhead = store.read(reader -> reader.isSentAhead(new RoomId("plain")));
      assertThat(isSentAhead).isTrue();
      boolean isKept =
          store.write(
              writer ->
                  writer.quarantine(
                      DirectoryList.ROOMS, held.get(0).entry(), held.get(0).firstSeen()));
      assertThat(isKept).isTrue();
      long count = store.read(StoreReader::quarantinedOfDirectory);
      assertThat(count).isEqualTo(1);
    }
  }
}
