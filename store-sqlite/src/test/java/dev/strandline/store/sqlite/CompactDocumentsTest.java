package dev.strandline.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.error.SchemaTooNewException;
import dev.strandline.error.StoreCorruptException;
import dev.strandline.model.Message;
import dev.strandline.model.MessageId;
import dev.strandline.model.Room;
import dev.strandline.model.Scope;
import dev.strandline.model.ServerTime;
import dev.strandline.search.SearchQuery;
import dev.strandline.spi.Finding;
import dev.strandline.spi.Origin;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.StoreWriter;
import dev.strandline.store.sqlite.SqliteStore.Documents;
import dev.strandline.store.sqlite.SqliteStore.SearchIndexing;
import dev.strandline.testkit.store.StoreContent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed documents: how a file becomes compact and plain again, and what damage does. */
final class CompactDocumentsTest {
  private static final String SCHEMA = "SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2";

  @TempDir Path folder;

  private static int fill(StoreWriter w) {
    w.putRoom(Room.builder(TestMessages.ROOM).name("General").build());
    w.putRoomState(RoomState.anchoredAt(TestMessages.ROOM, new ServerTime(1_760_000_000_123L)));
    w.putMessage(TestMessages.message("m1", 1_760_000_000_123L, "high \\\"tide\\\""), Origin.ROOM);
    w.putMessage(TestMessages.reply("m2", -1, "m1"), Origin.THREAD);
    w.putMessage(TestMessages.message("long", 5, "sea ".repeat(30_000)), Origin.ROOM);
    w.putMessage(noJson(), Origin.ROOM);
    return 0;
  }

  private static Message noJson() {
    ServerTime time = ServerTime.EPOCH;
    return Message.builder(new MessageId("m3"), TestMessages.ROOM, time, time, "no JSON").build();
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private static SqliteStore open(Path file, Documents documents) {
    return SqliteStore.builder().documents(documents).open(file);
  }

  private Path filled(String name, Documents documents) {
    try (SqliteStore store = open(file(name), documents)) {
      store.write(CompactDocumentsTest::fill);
    }
    return file(name);
  }

  private static List<Message> messages(SqliteStore store) {
    List<Message> all = new ArrayList<>();
    store.read(
        r -> {
          r.forEachMessage(Scope.room(TestMessages.ROOM), all::add);
          return all;
        });
    return all;
  }

  private static boolean isStored(SqliteStore store, String id) {
    return store.read(r -> r.message(new MessageId(id)).isPresent());
  }

  @Test
  void aCompactFileHasTheContentOfAPlainOne() {
    try (SqliteStore plain = SqliteStore.open(filled("plain.db", Documents.AS_THEY_ARE));
        SqliteStore compact = SqliteStore.open(filled("compact.db", Documents.COMPACT))) {
      assertThat(messages(compact)).isEqualTo(messages(plain)).hasSize(4);
      assertThat(StoreContent.hash(compact)).isEqualTo(StoreContent.hash(plain));
      assertThat(compact.check()).isEmpty();
    }
  }

  @Test
  void whoeverOpensAFileReadsItAsWhatItIs() throws Exception {
    for (Documents kind : List.of(Documents.PLAIN, Documents.COMPACT)) {
      Path file = filled(kind + ".db", kind);
      boolean isCompact = kind == Documents.COMPACT;
      SqliteStore.open(file).close();
      assertThat(isCompact(file)).isEqualTo(isCompact);
      for (Documents other : Documents.values()) {
        try (SqliteStore store = SqliteStore.builder().documents(other).openReadOnly(file)) {
          assertThat(messages(store)).hasSize(4);
        }
        assertThat(isCompact(file)).isEqualTo(isCompact);
      }
    }
  }

  @Test
  void aFileIsConvertedEitherWayAndKeepsItsContent() throws Exception {
    Path file = filled("store.db", Documents.PLAIN);
    List<String> plainSchema = OtherTool.rows(file, SCHEMA);
    List<Message> before;
    String hash;
    try (SqliteStore store = SqliteStore.builder().searchIndexing(SearchIndexing.ON).open(file)) {
      before = messages(store);
      hash = StoreContent.hash(store);
    }
    long keys = number(file, "SELECT sum(message_key * length(message_id)) FROM messages");

    try (SqliteStore store = open(file, Documents.COMPACT)) {
      assertThat(messages(store)).isEqualTo(before);
      assertThat(StoreContent.hash(store)).isEqualTo(hash);
      assertThat(store.check()).isEmpty();
      SearchQuery query = SearchQuery.of("tide").author("ada").build();
      assertThat(store.read(r -> r.search(query)).hits()).hasSize(1);
    }
    assertThat(isCompact(file)).isTrue();
    assertThat(number(file, "SELECT sum(message_key * length(message_id)) FROM messages"))
        .isEqualTo(keys);

    try (SqliteStore store =
        SqliteStore.builder()
            .documents(Documents.PLAIN)
            .searchIndexing(SearchIndexing.OFF)
            .open(file)) {
      assertThat(messages(store)).isEqualTo(before);
      assertThat(store.check()).isEmpty();
    }
    assertThat(OtherTool.rows(file, SCHEMA)).isEqualTo(plainSchema);
  }

  @Test
  void aReaderThatIsOpenMeanwhileReadsOn() {
    Path file = filled("store.db", Documents.PLAIN);
    try (SqliteStore reader = SqliteStore.openReadOnly(file)) {
      List<Message> before = messages(reader);
      open(file, Documents.COMPACT).close();
      assertThat(messages(reader)).isEqualTo(before);
      open(file, Documents.PLAIN).close();
      assertThat(messages(reader)).isEqualTo(before);
    }
  }

  @Test
  void whatPeopleLookAtIsReadableWithoutUs() throws Exception {
    Path file = filled("store.db", Documents.COMPACT);
    assertThat(
            OtherTool.rows(
                file,
                "SELECT message_id, room_name, author, text, type, sent_at, thread_id"
                    + " FROM message_view WHERE length(text) < 100 ORDER BY message_id"))
        .containsExactly(
            "m1|General|ada|high \"tide\"|null|2025-10-09T08:53:20.123Z|null",
            "m2|General|ada|the text of m2|null|1969-12-31T23:59:59.999Z|m1",
            "m3|General|null||null|1970-01-01T00:00:00.000Z|null");
  }

  @Test
  void aDocumentIsReadWithWhatTheFileHoldsAndZlibAlone() throws Exception {
    Path file = filled("store.db", Documents.COMPACT);
    try (Connection connection = OtherTool.connect(file);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT dictionary, room_id || ifnull(author_id, '') || ifnull(author, '')"
                    + " || ifnull(m.type, '') || ifnull(thread_id, '') || message_id || text,"
                    + " document, json_bytes FROM compression, messages m JOIN rooms USING"
                    + " (room_key) WHERE message_id = 'm2'")) {
      assertThat(row.next()).isTrue();
      ByteArrayOutputStream dictionary = new ByteArrayOutputStream();
      dictionary.writeBytes(row.getBytes(1));
      dictionary.writeBytes(row.getString(2).getBytes(StandardCharsets.UTF_8));
      Inflater inflater = new Inflater();
      inflater.setInput(row.getBytes(3));
      byte[] json = new byte[row.getInt(4)];
      assertThat(inflater.inflate(json)).isZero();
      inflater.setDictionary(dictionary.toByteArray());
      assertThat(inflater.inflate(json)).isEqualTo(json.length);
      inflater.end();
      assertThat(new String(json, StandardCharsets.UTF_8))
          .isEqualTo(TestMessages.reply("m2", -1, "m1").json());
    }
  }

  @Test
  void textThatUtf8CannotSayComesBackExactly() {
    ServerTime time = ServerTime.EPOCH;
    String json = "{\"_id\":\"s\",\"rid\":\"room\",\"msg\":\"half \\ud83d \ufffd\"}";
    Message half =
        Message.builder(new MessageId("s"), TestMessages.ROOM, time, time, json)
            .text("half \ud83d \ufffd")
            .build();
    try (SqliteStore store = open(file("store.db"), Documents.COMPACT)) {
      store.write(
          w -> {
            w.putMessage(half, Origin.ROOM);
            return 0;
          });
      assertThat(messages(store)).containsExactly(half);
      assertThat(store.check()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "document = x''",
        "document = substr(document, 1, 20)",
        "document = CAST(substr(document, 1, 30) || x'ff00ff00' || substr(document, 35) AS BLOB)",
        "document = randomblob(200)",
        "document = zeroblob(100000)",
        "json_bytes = json_bytes - 1",
        "json_bytes = json_bytes + 1",
        "json_bytes = 9000000000000000000",
        "json_bytes = -1",
        "text = 'something else'",
        "author = 'somebody else'",
        "thread_id = 'm9'"
      })
  void whatWasDamagedIsReportedAndNeverReadAsSomethingElse(String change) throws Exception {
    Path file = filled("store.db", Documents.COMPACT);
    execute(file, "UPDATE messages SET " + change + " WHERE message_id = 'm1'");
    try (SqliteStore store = SqliteStore.open(file)) {
      assertThatThrownBy(() -> store.read(r -> r.message(new MessageId("m1"))))
          .isInstanceOf(StoreCorruptException.class)
          .hasMessageContaining("m1")
          .hasMessageContaining("Restore the file");
      assertThatThrownBy(() -> store.read(r -> r.version(new MessageId("m1"))))
          .isInstanceOf(StoreCorruptException.class);
      assertThat(isStored(store, "m2")).isTrue();
      assertThat(store.check())
          .filteredOn(finding -> !finding.check().equals("medium"))
          .singleElement()
          .extracting(Finding::check, Finding::subject)
          .containsExactly("document", "m1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x''", "randomblob(3000)"})
  void aDamagedDictionaryIsReportedForEveryDocument(String dictionary) throws Exception {
    Path file = filled("store.db", Documents.COMPACT);
    execute(file, "UPDATE compression SET dictionary = " + dictionary);
    try (SqliteStore store = SqliteStore.open(file)) {
      assertThatThrownBy(() -> messages(store)).isInstanceOf(StoreCorruptException.class);
      assertThat(store.check()).hasSize(4).allMatch(finding -> finding.check().equals("document"));
    }
  }

  @Test
  void columnsThatDisagreeWithTheirDocumentAreFoundHereToo() throws Exception {
    Path file = filled("store.db", Documents.COMPACT);
    execute(file, "UPDATE messages SET sent_at = sent_at + 1 WHERE message_id = 'm1'");
    try (SqliteStore store = SqliteStore.openReadOnly(file)) {
      assertThat(store.check())
          .singleElement()
          .extracting(Finding::check, Finding::subject)
          .containsExactly("json", "m1");
    }
  }

  @Test
  void aConversionThatMeetsDamageLeavesTheFileAsItWas() throws Exception {
    Path file = filled("store.db", Documents.COMPACT);
    List<String> schema = OtherTool.rows(file, SCHEMA);
    execute(file, "UPDATE messages SET document = x'00' WHERE message_id = 'm1'");
    assertThatThrownBy(() -> open(file, Documents.PLAIN)).isInstanceOf(StoreCorruptException.class);
    assertThat(OtherTool.rows(file, SCHEMA)).isEqualTo(schema);
    try (SqliteStore store = SqliteStore.open(file)) {
      assertThat(isStored(store, "m2")).isTrue();
    }
  }

  @Test
  void aFormatOfTheFutureIsRefused() throws Exception {
    Path file = filled("store.db", Documents.COMPACT);
    execute(file, "UPDATE compression SET format = 2");
    try (SqliteStore store = SqliteStore.openReadOnly(file)) {
      assertThatThrownBy(() -> messages(store))
          .isInstanceOf(SchemaTooNewException.class)
          .hasMessageContaining("format 2");
    }
  }

  private static boolean isCompact(Path file) throws SQLException {
    return number(file, "SELECT count(*) FROM compression") > 0;
  }

  private static void execute(Path file, String sql) throws SQLException {
    try (Connection connection = OtherTool.connect(file);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long number(Path file, String sql) throws SQLException {
    return Long.parseLong(OtherTool.rows(file, sql).get(0));
  }
}
