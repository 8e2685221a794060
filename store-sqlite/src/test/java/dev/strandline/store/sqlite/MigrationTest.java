package dev.strandline.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.LocalCopy;
import dev.strandline.error.SchemaTooOldException;
import dev.strandline.model.Room;
import dev.strandline.model.RoomId;
import dev.strandline.search.SearchQuery;
import dev.strandline.spi.DirectoryState;
import dev.strandline.spi.InQuestion;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.Told;
import dev.strandline.store.sqlite.SqliteStore.Documents;
import dev.strandline.store.sqlite.SqliteStore.SearchIndexing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a file that an earlier version of Strandline made. */
final class MigrationTest {
  private static final String SCHEMA =
      "SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name";

  /** Tables that no migration may change a row of. */
  private static final List<String> KEPT =
      List.of(
          "owner",
          "rooms",
          "messages",
          "compression",
          "threads",
          "thread_state",
          "tombstones",
          "quarantine",
          "scope_runs",
          "journal_runs",
          "journal_passes",
          "journal_pages",
          "search_index");

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void aMigratedFileKeepsEveryRow(OldFile old) throws SQLException {
    Path file = old.in(folder);
    Map<String, String> columns = columns(file);
    List<String> before = rows(file, columns);
    List<String> states = states(file);
    assertThat(before).hasSizeGreaterThan(100);
    try (SqliteStore store = SqliteStore.open(file)) {
      assertThat(store.check()).isEmpty();
    }
    assertThat(rows(file, columns)).isEqualTo(before);
    assertThat(states(file)).isEqualTo(states);
    assertThat(OtherTool.rows(file, "SELECT * FROM in_question")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aMigratedFileHasTheSchemaOfANewOne(OldFile old) throws SQLException {
    Path file = old.in(folder);
    SqliteStore.open(file).close();
    Path fresh = folder.resolve("fresh.db");
    SqliteStore.builder()
        .documents(old == OldFile.V1_COMPACT ? Documents.COMPACT : Documents.PLAIN)
        .searchIndexing(SearchIndexing.ON)
        .open(fresh)
        .close();
    assertThat(OtherTool.rows(file, SCHEMA)).isEqualTo(OtherTool.rows(fresh, SCHEMA));
    assertThat(OtherTool.rows(file, "PRAGMA user_version"))
        .isEqualTo(OtherTool.rows(fresh, "PRAGMA user_version"));
  }

  @ParameterizedTest
  @EnumSource
  void aMigratedFileIsReadAndWrittenAsANewOne(OldFile old) {
    try (SqliteStore store = SqliteStore.open(old.in(folder))) {
      LocalCopy local = LocalCopy.of(store);
      RoomId general = new RoomId("Q8qsZQEpWKGRrwrYk");
      assertThat(local.messages(general, null, 100).messages()).hasSize(31);
      assertThat(local.messages(general, null, 100).coverage().isComplete()).isTrue();
      assertThat(local.search(SearchQuery.of("the").build()).hits()).isNotEmpty();
      InQuestion doubt =
          new InQuestion(
              local.messages(general, null, 1).messages().get(0).id(),
              general,
              TestMessages.message("m", 1).sentAt(),
              InQuestion.Why.MOVED);
      store.write(
          w -> {
            w.putInQuestion(doubt);
            return 0;
          });
      assertThat(local.messages(general, null, 100).coverage().isComplete()).isFalse();
      assertThat(store.check()).isEmpty();
    }
  }

  @Test
  void whenDeletionsWereToldIsNotLaterThanWhatWasClaimed() {
    try (SqliteStore store = SqliteStore.open(OldFile.V1_PLAIN.in(folder))) {
      List<RoomState.Claim> claims =
          store.read(
              r -> r.roomStates().stream().map(RoomState::claim).filter(Objects::nonNull).toList());
      assertThat(claims).hasSize(3);
      assertThat(claims).allMatch(claim -> claim.told().equals(Told.at(claim.asOf())));
      DirectoryState directory = store.read(r -> r.directory());
      assertThat(directory.newsAsOf()).isNotNull();
      assertThat(directory.read()).isEqualTo(Told.at(directory.newsAsOf()));
    }
  }

  @Test
  void aDirectoryThatSaidNothingOfNewsWasReadWhenItsListsSaid() throws SQLException {
    Path file = OldFile.V1_PLAIN.in(folder);
    OtherTool.execute(
        file, "UPDATE directory SET told_until = NULL, rooms_until = 7, subscriptions_until = 9");
    try (SqliteStore store = SqliteStore.open(file)) {
      DirectoryState directory = store.read(r -> r.directory());
      assertThat(directory.read())
          .isEqualTo(new Told(null, Objects.requireNonNull(directory.rooms())));
    }
  }

  @Test
  void aDirectoryThatWasNeverReadStaysUnread() throws SQLException {
    Path file = OldFile.V1_PLAIN.in(folder);
    OtherTool.execute(
        file,
        "UPDATE directory SET told_until = NULL, rooms_until = NULL, subscriptions_until = 9");
    try (SqliteStore store = SqliteStore.open(file)) {
      assertThat(store.read(r -> r.directory()).read()).isNull();
    }
  }

  @Test
  void theListenerIsToldOfEachVersionAndOnlyOnce() {
    Path file = OldFile.V1_PLAIN.in(folder);
    List<String> told = new ArrayList<>();
    SqliteStore.Builder builder =
        SqliteStore.builder()
            .migrations((path, version, newest) -> told.add(version + " of " + newest));
    builder.open(file).close();
    assertThat(told).first().isEqualTo("2 of " + version());
    assertThat(told).hasSize(version() - 1);
    told.clear();
    builder.open(file).close();
    builder.open(folder.resolve("new.db")).close();
    assertThat(told).isEmpty();
  }

  @Test
  void aListenerThatThrowsLeavesTheFileAsItWas() throws SQLException {
    Path file = OldFile.V1_PLAIN.in(folder);
    assertThatThrownBy(
            () ->
                SqliteStore.builder()
                    .migrations(
                        (path, version, newest) -> {
                          throw new IllegalStateException("meant");
                        })
                    .open(file))
        .hasMessage("meant");
    assertThat(OtherTool.rows(file, "PRAGMA user_version")).containsExactly("1");
    SqliteStore.open(file).close();
  }

  @Test
  void aReaderLeavesAnOlderFileAsItIsAndSaysWhatToDo() throws IOException {
    Path file = OldFile.V1_PLAIN.in(folder);
    byte[] before = Files.readAllBytes(file);
    assertThatThrownBy(() -> SqliteStore.openReadOnly(file))
        .isInstanceOf(SchemaTooOldException.class)
        .hasMessageContaining("schema version 1")
        .hasMessageContaining("Open it for writing once");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
  }

  @Test
  void migrateBringsAnOlderFileToWhereItCanBeRead() throws IOException {
    Path file = OldFile.V1_COMPACT.in(folder);
    assertThat(SqliteStore.builder().migrate(file)).isTrue();
    assertThat(SqliteStore.builder().migrate(file)).isFalse();
    try (SqliteStore store = SqliteStore.openReadOnly(file)) {
      List<Room> rooms = store.read(r -> r.rooms());
      assertThat(rooms).hasSize(4);
    }
    Path missing = folder.resolve("missing.db");
    assertThat(SqliteStore.builder().migrate(missing)).isFalse();
    assertThat(missing).doesNotExist();
    Path empty = Files.createFile(folder.resolve("empty.db"));
    assertThat(SqliteStore.builder().migrate(empty)).isFalse();
    assertThat(empty).isEmptyFile();
  }

  private int version() {
    Path fresh = folder.resolve("version.db");
    SqliteStore.open(fresh).close();
    try {
      return Integer.parseInt(OtherTool.rows(fresh, "PRAGMA user_version").get(0));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /** The columns that the tables of a file have, by table: later versions add to them. */
  private static Map<String, String> columns(Path file) throws SQLException {
    Map<String, String> columns = new HashMap<>();
    for (String table : KEPT) {
      String names = "SELECT name FROM pragma_table_info('" + table + "')";
      columns.put(table, String.join(", ", OtherTool.rows(file, names)));
    }
    return columns;
  }

  private static List<String> rows(Path file, Map<String, String> columns) throws SQLException {
    List<String> rows = new ArrayList<>();
    for (String table : KEPT) {
      String all = "SELECT " + columns.get(table) + " FROM " + table + " ORDER BY 1, 2";
      for (String row : OtherTool.rows(file, all)) {
        rows.add(table + " " + row);
      }
    }
    return rows;
  }

  private static List<String> states(Path file) throws SQLException {
    return OtherTool.rows(
        file,
        "SELECT room_key, anchor, updated_settled, updated_seen, deleted_settled, deleted_seen,"
            + " history_floor, history_to_beginning, claim_as_of, claim_floor, claim_to_beginning,"
            + " stale_cause, stale_since FROM room_state ORDER BY room_key");
  }
}
