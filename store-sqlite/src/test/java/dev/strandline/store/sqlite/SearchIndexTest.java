package dev.strandline.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.error.StoreCorruptException;
import dev.strandline.model.MessageId;
import dev.strandline.search.Scan;
import dev.strandline.search.SearchPage;
import dev.strandline.search.SearchQuery;
import dev.strandline.spi.Finding;
import dev.strandline.spi.Origin;
import dev.strandline.spi.Store;
import dev.strandline.store.sqlite.SqliteStore.SearchIndexing;
import dev.strandline.testkit.store.StoreContract;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The full-text index of a file: made, kept, mended, taken away. */
final class SearchIndexTest {
  @TempDir Path folder;

  /** With an index a store keeps the same promises. */
  @Nested
  final class IndexedStoreTest extends StoreContract {
    @Override
    protected Store open() {
      return SearchIndexTest.this.open(SearchIndexing.ON);
    }
  }

  @Test
  void anIndexIsMadeOfWhatIsStored_andStaysUntilItIsTakenAway() {
    try (SqliteStore store = open(SearchIndexing.AS_IT_IS)) {
      put(store, "before", "tide");
      assertThat(search(store, "tide").indexed()).isFalse();
    }
    try (SqliteStore store = open(SearchIndexing.ON)) {
      put(store, "after", "tide");
      assertFound(store, "tide", "after", "before");
    }
    try (SqliteStore store = open(SearchIndexing.AS_IT_IS)) {
      put(store, "kept up", "tide");
      assertFound(store, "tide", "kept up", "after", "before");
    }
    try (SqliteStore store = SqliteStore.openReadOnly(file())) {
      assertFound(store, "tide", "kept up", "after", "before");
    }
    try (SqliteStore store = open(SearchIndexing.OFF)) {
      assertThat(search(store, "tide").indexed()).isFalse();
      assertThat(search(store, "tide").hits()).hasSize(3);
      assertThat(store.check()).isEmpty();
    }
  }

  @Test
  void r2_makingAnIndexThatWasInterruptedGoesOn() throws SQLException {
    try (SqliteStore store = open(SearchIndexing.AS_IT_IS)) {
      store.write(
          w -> {
            for (int i = 0; i < 12_000; i++) {
              w.putMessage(TestMessages.message("m" + i, i, "tide " + i), Origin.ROOM);
            }
            return 0;
          });
    }
    open(SearchIndexing.ON).close();
    // As a crash after the first of its transactions would have left it.
    execute(
        "DELETE FROM message_words WHERE rowid > 5000", "UPDATE search_index SET built_to = 5000");
    try (SqliteStore store = SqliteStore.openReadOnly(file())) {
      assertThat(search(store, "tide").indexed()).as("half an index is none").isFalse();
    }
    try (SqliteStore store = open(SearchIndexing.AS_IT_IS)) {
      assertFound(store, "11999", "m11999");
      assertFound(store, "3", "m3");
      assertThat(store.check()).isEmpty();
    }
  }

  @Test
  void anIndexOfOtherWordsIsNotUsed_andIsMadeAnewByItself() throws SQLException {
    try (SqliteStore store = open(SearchIndexing.ON)) {
      put(store, "m", "tide");
      put(store, "n", "tide");
    }
    execute(
        "UPDATE search_index SET words_version = words_version - 1",
        "INSERT OR REPLACE INTO message_words (rowid, words) SELECT message_key, 'old' FROM messages");
    try (SqliteStore store = SqliteStore.openReadOnly(file())) {
      assertThat(search(store, "tide").indexed()).isFalse();
      assertThat(search(store, "tide").hits()).hasSize(2);
      assertThat(store.check()).isEmpty();
    }
    List<String> told = new ArrayList<>();
    SqliteStore.builder().onIndexing((done, of) -> told.add(done + "/" + of)).open(file()).close();
    assertThat(told).containsExactly("2/2");
    try (SqliteStore store = open(SearchIndexing.AS_IT_IS)) {
      assertFound(store, "tide", "n", "m");
      assertThat(search(store, "old").hits()).isEmpty();
      assertThat(store.check()).isEmpty();
    }
  }

  @Test
  void r2_whatInterruptsMakingAnIndexAnewCostsNoMessage() throws SQLException {
    try (SqliteStore store = open(SearchIndexing.ON)) {
      store.write(
          w -> {
            for (int i = 0; i < 12_000; i++) {
              w.putMessage(TestMessages.message("m" + i, i, "tide " + i), Origin.ROOM);
            }
            return 0;
          });
    }
    execute("UPDATE search_index SET words_version = NULL");
    List<Long> told = new ArrayList<>();
    assertThatThrownBy(
            () ->
                SqliteStore.builder()
                    .onIndexing(
                        (done, of) -> {
                          told.add(done);
                          throw new IllegalStateException("the process ends here");
                        })
                    .open(file()))
        .hasMessage("the process ends here");
    try (SqliteStore store = SqliteStore.openReadOnly(file())) {
      assertThat(search(store, "7").indexed()).isFalse();
      assertThat(search(store, "7").hits()).hasSize(1);
    }
    SqliteStore.builder().onIndexing((done, of) -> told.add(done)).open(file()).close();
    assertThat(told).containsExactly(5_000L, 10_000L, 12_000L);
    try (SqliteStore store = open(SearchIndexing.AS_IT_IS)) {
      assertFound(store, "7", "m7");
      assertFound(store, "11999", "m11999");
      assertThat(store.check()).isEmpty();
    }
  }

  @Test
  void aFileOfBeforeVersionsOfWordsIsBroughtUpToDate() throws IOException {
    // Made by the version before: schema 1, an index of its words.
    try (InputStream in = SearchIndexTest.class.getResourceAsStream("schema-1-with-index.db.gz")) {
      Files.write(file(), new GZIPInputStream(Objects.requireNonNull(in)).readAllBytes());
    }
    assertThat(SqliteStore.builder().migrate(file())).isTrue();
    try (SqliteStore store = open(SearchIndexing.AS_IT_IS)) {
      assertFound(store, "שלום", "hebrew");
      assertFound(store, "zebra", "bot");
      assertFound(store, "tide", "plain");
      assertThat(store.check()).isEmpty();
    }
    assertThat(SqliteStore.builder().migrate(file())).isFalse();
  }

  @Test
  void aDamagedIndexCostsNoMessage_andIsMadeAnew() throws SQLException {
    try (SqliteStore store = open(SearchIndexing.ON)) {
      put(store, "m", "tide");
    }
    execute("UPDATE message_words_data SET block = x'0102030405060708' WHERE id > 1");
    try (SqliteStore store = SqliteStore.openReadOnly(file())) {
      SearchPage page = search(store, "tide");
      assertThat(page.indexed()).isFalse();
      assertThat(page.hits()).hasSize(1);
      assertThat(store.check()).extracting(Finding::check).contains("medium");
    }
    try (SqliteStore store = open(SearchIndexing.AS_IT_IS)) {
      assertThatThrownBy(
              () ->
                  store.write(
                      w -> {
                        w.removeMessage(new MessageId("m"));
                        w.putMessage(TestMessages.message("lost", 1, "tide"), Origin.ROOM);
                        return 0;
                      }))
          .isInstanceOf(StoreCorruptException.class)
          .hasMessageContaining("search index is damaged; the messages are not");
      put(store, "next", "tide");
      assertThat(search(store, "tide").hits()).hasSize(2);
    }
    try (SqliteStore store = open(SearchIndexing.AS_IT_IS)) {
      assertFound(store, "tide", "next", "m");
      assertThat(store.check()).isEmpty();
    }
  }

  @Test
  void checkFindsAnIndexThatIsBehind() throws SQLException {
    try (SqliteStore store = open(SearchIndexing.ON)) {
      put(store, "m", "tide");
      put(store, "n", "tide");
    }
    execute(
        "DELETE FROM messages WHERE message_id = 'm'",
        "DELETE FROM message_words WHERE rowid = (SELECT message_key FROM messages)");
    try (SqliteStore store = SqliteStore.openReadOnly(file())) {
      assertThat(store.check()).extracting(Finding::check).containsOnly("search-index").hasSize(2);
    }
  }

  @Test
  void theIndexFindsWhatReadingEveryMessageFinds() {
    Random random = new Random(7);
    List<String> vocabulary =
        List.of(
            "tide",
            "Tidal",
            "high",
            "LOW",
            "café",
            "東京",
            "京",
            "🚀",
            "foo_bar",
            "x-y",
            "it's",
            "שָׁלוֹם",
            "مَرْحَبًا",
            "ﾊﾞｽ",
            "㍿",
            "1½",
            "Foo™",
            "Łódź",
            "👍🏽");
    List<String> looked =
        List.of(
            "tid*",
            "high low",
            "-low tide",
            "cafe",
            "東京",
            "京*",
            "\"foo bar\"",
            "🚀 -🚀",
            "x y",
            "שלום",
            "مرحبا",
            "バス",
            "会社",
            "foo",
            "lodz",
            "👍",
            "1 2");
    try (SqliteStore store = open(SearchIndexing.ON)) {
      for (int round = 0; round < 30; round++) {
        store.write(
            w -> {
              for (int i = 0; i < 20; i++) {
                String id = "m" + random.nextInt(100);
                if (random.nextInt(4) == 0) {
                  w.removeMessage(new MessageId(id));
                } else {
                  StringBuilder text = new StringBuilder();
                  for (int k = random.nextInt(5); k >= 0; k--) {
                    text.append(vocabulary.get(random.nextInt(vocabulary.size()))).append(' ');
                  }
                  w.putMessage(
                      TestMessages.message(id, random.nextInt(50), text.toString()), Origin.ROOM);
                }
              }
              return 0;
            });
        for (String words : looked) {
          SearchQuery query =
              SearchQuery.of(words).order(SearchQuery.Order.NEWEST).limit(1000).build();
          assertThat(store.<List<?>>read(reader -> reader.search(query).hits()))
              .as(words)
              .isEqualTo(store.<List<?>>read(reader -> Scan.of(reader, query).hits()));
        }
      }
      assertThat(store.check()).isEmpty();
    }
  }

  private static void put(SqliteStore store, String id, String text) {
    store.write(
        w -> {
          long last = w.counts(TestMessages.ROOM).messages();
          w.putMessage(TestMessages.message(id, last + 1, text), Origin.ROOM);
          return 0;
        });
  }

  private static void assertFound(Store store, String words, String... newestFirst) {
    SearchPage page = search(store, words);
    assertThat(page.indexed()).isTrue();
    assertThat(page.hits())
        .extracting(hit -> hit.message().id().value())
        .containsExactly(newestFirst);
  }

  private static SearchPage search(Store store, String words) {
    return store.read(
        reader -> reader.search(SearchQuery.of(words).order(SearchQuery.Order.NEWEST).build()));
  }

  private SqliteStore open(SearchIndexing indexing) {
    return SqliteStore.builder().searchIndexing(indexing).open(file());
  }

  private Path file() {
    return folder.resolve("store.db");
  }

  private void execute(String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.executeUpdate(sql);
      }
    }
  }
}
