package dev.strandline.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.strandline.error.StoreFailedException;
import dev.strandline.model.MessageId;
import dev.strandline.spi.Origin;
import dev.strandline.spi.Store;
import dev.strandline.spi.StoreReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.Statement;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that is moved, replaced or removed while it is open. */
final class LostFileTest {
  @TempDir Path folder;

  private Path file;
  private Path log;
  private Path elsewhere;

  @BeforeEach
  void requireFilesThatCanBeToldApart() throws Exception {
    Assumptions.assumeTrue(
        Files.readAttributes(folder, BasicFileAttributes.class).fileKey() != null,
        "a file system that does not tell files apart, and keeps those that are open");
    folder = folder.toRealPath();
    file = folder.resolve("store.db");
    log = folder.resolve("store.db-wal");
    elsewhere = folder.resolve("elsewhere.db");
  }

  @Test
  void nothingIsWrittenToAFileThatWasRemoved() throws Exception {
    SqliteStore store = SqliteStore.open(file);
    put(store, "before");
    Files.delete(file);
    assertLost(() -> put(store, "after"));
    assertLost(() -> put(store, "after"));
    store.close();
    assertThat(file).doesNotExist();
    // The claim has ended.
    try (SqliteStore anew = SqliteStore.open(file)) {
      assertThat(anew.read(StoreReader::rooms)).isEmpty();
      put(anew, "after");
      assertThat(anew.check()).isEmpty();
    }
  }

  @Test
  void whatTookThePlaceOfAFileIsLeftAsItIs() throws Exception {
    try (SqliteStore other = SqliteStore.open(elsewhere)) {
      put(other, "theirs");
    }
    SqliteStore store = SqliteStore.open(file);
    put(store, "ours");
    Files.move(elsewhere, file, StandardCopyOption.REPLACE_EXISTING);
    byte[] theirs = Files.readAllBytes(file);
    assertThat(log).isNotEmptyFile();
    assertLost(() -> put(store, "after"));
    store.close();
    assertThat(Files.readAllBytes(file)).isEqualTo(theirs);
    // Nothing is left that the next to open it would replay over it.
    assertThat(log).isEmptyFile();
    assertHoldsOnlyTheirs();
  }

  @Test
  void theLogThatCameWithAnotherFileIsLeftAsItIs() throws Exception {
    Path source = folder.resolve("source.db");
    try (SqliteStore other = SqliteStore.open(source)) {
      put(other, "theirs");
      Files.copy(source, elsewhere);
      Files.copy(folder.resolve("source.db-wal"), folder.resolve("elsewhere.db-wal"));
    }
    SqliteStore store = SqliteStore.open(file);
    put(store, "ours");
    Files.move(elsewhere, file, StandardCopyOption.REPLACE_EXISTING);
    Files.move(folder.resolve("elsewhere.db-wal"), log, StandardCopyOption.REPLACE_EXISTING);
    byte[] theirs = Files.readAllBytes(file);
    byte[] logged = Files.readAllBytes(log);
    assertLost(() -> put(store, "after"));
    store.close();
    assertThat(Files.readAllBytes(file)).isEqualTo(theirs);
    assertThat(Files.readAllBytes(log)).isEqualTo(logged);
    assertHoldsOnlyTheirs();
  }

  private void assertHoldsOnlyTheirs() {
    try (SqliteStore other = SqliteStore.open(file)) {
      assertThat(has(other, "theirs")).isTrue();
      assertThat(has(other, "ours")).isFalse();
      assertThat(other.check()).isEmpty();
    }
  }

  @Test
  void aFileThatIsPutBackHoldsAllThatWasCommitted() throws Exception {
    SqliteStore store = SqliteStore.open(file);
    put(store, "before");
    Files.move(file, elsewhere);
    assertLost(() -> put(store, "meanwhile"));
    Files.move(elsewhere, file);
    put(store, "back");
    Files.move(file, elsewhere);
    assertLost(() -> put(store, "meanwhile"));
    store.close();
    // Its log is empty, so that nothing is missing where only the file was kept.
    Files.delete(log);
    Files.move(elsewhere, file);
    try (SqliteStore again = SqliteStore.open(file)) {
      assertThat(has(again, "before")).isTrue();
      assertThat(has(again, "back")).isTrue();
      assertThat(has(again, "meanwhile")).isFalse();
    }
  }

  @Test
  void aTransactionInWhichTheFileIsLostIsNotKept() throws Exception {
    SqliteStore store = SqliteStore.open(file);
    assertLost(
        () ->
            store.write(
                writer -> {
                  writer.putMessage(TestMessages.message("m", 1), Origin.ROOM);
                  move(file, elsewhere);
                  return 0;
                }));
    store.close();
    move(elsewhere, file);
    try (SqliteStore again = SqliteStore.open(file)) {
      assertThat(has(again, "m")).isFalse();
    }
  }

  @Test
  void noConnectionIsOpenedToAnotherFile() throws Exception {
    try (SqliteStore other = SqliteStore.open(elsewhere)) {
      put(other, "theirs");
    }
    SqliteStore store = SqliteStore.open(file);
    put(store, "ours");
    SqliteStore readOnly = SqliteStore.openReadOnly(file);
    for (SqliteStore each : new SqliteStore[] {store, readOnly}) {
      each.read(StoreReader::rooms);
    }
    Files.move(elsewhere, file, StandardCopyOption.REPLACE_EXISTING);
    for (SqliteStore each : new SqliteStore[] {store, readOnly}) {
      each.read(
          reader -> {
            // The connection of this transaction is to the file of before; another is needed.
            assertLost(() -> has(each, "theirs"));
            assertThat(reader.message(new MessageId("ours"))).isPresent();
            return 0;
          });
      assertLost(each::changeCounter);
      each.close();
    }
    assertHoldsOnlyTheirs();
  }

  @Test
  void aFolderThatCannotBeEnteredAnyMoreIsNamedWithWhatTheSystemSays() throws Exception {
    assertThat(messageWhereTheFolderBecomes(inside -> Files.createSymbolicLink(inside, inside)))
        .contains("Check that its folder is there")
        .containsPattern("\\(.+\\)$")
        .doesNotContain("java.", "Exception");
  }

  @Test
  void aFolderThatIsNoneAnyMoreHoldsNoFile() throws Exception {
    // Which of two things is wrong, not every JDK can tell.
    assertThat(messageWhereTheFolderBecomes(Files::createFile))
        .contains("store.db")
        .containsAnyOf("Check that its folder is there", "put the file back");
  }

  private String messageWhereTheFolderBecomes(Replacing other) throws Exception {
    Path inside = Files.createDirectory(folder.resolve("inside"));
    SqliteStore store = SqliteStore.open(inside.resolve("store.db"));
    Files.move(inside, folder.resolve("outside"));
    other.put(inside);
    Throwable refusal = catchThrowable(() -> put(store, "m"));
    assertThat(refusal).isInstanceOf(StoreFailedException.class);
    store.close();
    try (SqliteStore again = SqliteStore.open(folder.resolve("outside/store.db"))) {
      assertThat(has(again, "m")).isFalse();
    }
    return refusal.getMessage();
  }

  private interface Replacing {
    Path put(Path name) throws IOException;
  }

  @Test
  void aLinkToWhereTheFileHasGoneIsNotTheFile() throws Exception {
    SqliteStore store = SqliteStore.open(file);
    Files.move(file, elsewhere);
    // Opened by its other name it would have another log.
    Files.createSymbolicLink(file, elsewhere);
    assertLost(() -> put(store, "m"));
    store.close();
  }

  @Test
  void aLinkThatTheFileWasOpenedByMayGoOrPointElsewhere() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link.db"), file);
    try (SqliteStore store = SqliteStore.open(link)) {
      Files.delete(link);
      put(store, "m");
      Files.createSymbolicLink(link, elsewhere);
      put(store, "n");
    }
    try (SqliteStore store = SqliteStore.open(file)) {
      assertThat(has(store, "n")).isTrue();
    }
    assertThat(elsewhere).doesNotExist();
  }

  @Test
  void aFileThatIsRewrittenInPlaceIsTheSame() throws Exception {
    try (SqliteStore store =
        SqliteStore.builder().documents(SqliteStore.Documents.COMPACT).open(file)) {
      put(store, "compact");
    }
    try (SqliteStore store =
        SqliteStore.builder().documents(SqliteStore.Documents.PLAIN).open(file)) {
      put(store, "plain");
      try (Connection other = OtherTool.connect(file);
          Statement statement = other.createStatement()) {
        statement.execute("VACUUM");
      }
      put(store, "smaller");
      assertThat(has(store, "compact")).isTrue();
    }
  }

  @Test
  void oneOfManyStoresGoesOnWithWhatIsThereAfterTheRun() throws Exception {
    try (SqliteStores stores = SqliteStores.builder().build()) {
      Store store = stores.at(file);
      put(store, "before");
      Files.delete(file);
      assertLost(() -> put(store, "meanwhile"));
      store.rest();
      assertThat(stores.openFiles()).isZero();
      put(store, "after");
      assertThat(has(store, "before")).isFalse();
      assertThat(has(store, "after")).isTrue();
    }
    assertThat(log).doesNotExist();
  }

  private void assertLost(ThrowingCallable use) {
    assertThatThrownBy(use)
        .isInstanceOf(StoreFailedException.class)
        .hasMessageContaining(file + " was moved, replaced or removed while it was open")
        .hasMessageContaining("put the file back")
        .hasMessageContaining("remove " + log + " and " + folder.resolve("store.db-shm"));
  }

  private static void put(Store store, String id) {
    store.write(
        writer -> {
          writer.putMessage(TestMessages.message(id, 1), Origin.ROOM);
          return 0;
        });
  }

  private static boolean has(Store store, String id) {
    return store.read(reader -> reader.message(new MessageId(id)).isPresent());
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
