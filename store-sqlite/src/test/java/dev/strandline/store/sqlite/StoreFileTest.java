package dev.strandline.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.strandline.error.NotAStoreException;
import dev.strandline.error.SchemaTooNewException;
import dev.strandline.error.StoreBusyException;
import dev.strandline.error.StoreCorruptException;
import dev.strandline.error.StoreException;
import dev.strandline.error.StoreFailedException;
import dev.strandline.error.StoreReadOnlyException;
import dev.strandline.model.Scope;
import dev.strandline.spi.Origin;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.StoreWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What may be opened, and what is said of everything else. */
final class StoreFileTest {
  /** Of every advice to restore: a log that is left over is replayed over any file. */
  private static final String BEFORE_RESTORING =
      "stop every program that uses the file and remove its companions (-wal, -shm)";

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("store.db");
  }

  @Test
  void aNewFileIsOurs_withPagesOfEightKilobytesAndALog() throws Exception {
    SqliteStore.open(file()).close();
    assertThat(pragma(file(), "application_id")).isEqualTo(0x53747264);
    assertThat(pragma(file(), "user_version")).isEqualTo(4);
    assertThat(pragma(file(), "page_size")).isEqualTo(8192);
    try (Connection connection = connect(file());
        Statement statement = connection.createStatement();
        ResultSet mode = statement.executeQuery("PRAGMA journal_mode")) {
      assertThat(mode.getString(1)).isEqualTo("wal");
    }
  }

  @Test
  void aFileIsOpenedAgainWithWhatWasInIt() {
    SqliteStore first = SqliteStore.open(file());
    put(first, 10);
    first.close();
    try (SqliteStore again = SqliteStore.open(file())) {
      assertThat(again.read(r -> r.counts(TestMessages.ROOM)).messages()).isEqualTo(10);
    }
  }

  @Test
  void namesMayHoldWhatUrlsGiveAMeaning() {
    for (String name :
        new String[] {"a?b.db", "a#b.db", "a%41.db", "a b&mode=memory.db", "é😀.db"}) {
      Path odd = folder.resolve(name);
      SqliteStore store = SqliteStore.open(odd);
      put(store, 1);
      store.close();
      assertThat(odd).isNotEmptyFile();
      try (SqliteStore reader = SqliteStore.openReadOnly(odd)) {
        assertThat(reader.read(StoreReader::rooms)).hasSize(1);
      }
    }
  }

  @Test
  void anEmptyFileIsAcceptedAsNew() throws Exception {
    Files.createFile(file());
    assertThatThrownBy(() -> SqliteStore.openReadOnly(file()))
        .isInstanceOf(NotAStoreException.class);
    assertThat(file()).isEmptyFile();
    SqliteStore.open(file()).close();
    SqliteStore.openReadOnly(file()).close();
  }

  @Test
  void whatACrashDuringCreationLeftHeals() throws Exception {
    // As far as SQLite gets before the first transaction of ours is through.
    execute(file(), "PRAGMA page_size = 8192", "PRAGMA journal_mode = WAL");
    assertThat(file()).isNotEmptyFile();
    SqliteStore store = SqliteStore.open(file());
    put(store, 1);
    assertThat(store.check()).isEmpty();
    store.close();
  }

  @Test
  void aNewerVersionsFileIsLeftAsItIs() throws Exception {
    SqliteStore.open(file()).close();
    execute(file(), "PRAGMA user_version = 99");
    byte[] before = Files.readAllBytes(file());
    assertThatThrownBy(() -> SqliteStore.open(file()))
        .isInstanceOf(SchemaTooNewException.class)
        .hasMessageContaining(file().toRealPath().toString())
        .hasMessageContaining("version 99");
    assertThatThrownBy(() -> SqliteStore.openReadOnly(file()))
        .isInstanceOf(SchemaTooNewException.class);
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
  }

  @Test
  void anotherProgramsDatabaseIsLeftAsItIsAndNothingIsPutBesideIt() throws Exception {
    execute(file(), "CREATE TABLE notes (id INTEGER PRIMARY KEY)");
    refusedUntouched();
    execute(file(), "DROP TABLE notes", "PRAGMA user_version = 7");
    refusedUntouched();
    execute(file(), "PRAGMA user_version = 1", "PRAGMA application_id = 42");
    refusedUntouched();
  }

  @Test
  void anyOtherFileIsLeftAsItIsAndNothingIsPutBesideIt() throws Exception {
    Files.writeString(file(), "Dear diary, ".repeat(1000));
    refusedUntouched();
    Files.writeString(file(), "x");
    refusedUntouched();
  }

  private void refusedUntouched() throws IOException {
    byte[] before = Files.readAllBytes(file());
    assertThatThrownBy(() -> SqliteStore.open(file())).isInstanceOf(NotAStoreException.class);
    assertThatThrownBy(() -> SqliteStore.openReadOnly(file()))
        .isInstanceOf(NotAStoreException.class);
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
    try (Stream<Path> there = Files.list(folder)) {
      assertThat(there).containsExactly(file());
    }
  }

  @Test
  void aFolderIsNoStore() {
    assertThatThrownBy(() -> SqliteStore.open(folder)).isInstanceOf(NotAStoreException.class);
  }

  @Test
  void aMissingFolderAndAMissingFileAreNamed() {
    Path nowhere = folder.resolve("none").resolve("store.db");
    assertThatThrownBy(() -> SqliteStore.open(nowhere))
        .isInstanceOf(StoreFailedException.class)
        .hasMessageContaining("its folder does not exist");
    assertThatThrownBy(() -> SqliteStore.openReadOnly(file()))
        .isInstanceOf(StoreFailedException.class)
        .hasMessageContaining("There is no store");
    assertThat(file()).doesNotExist();
  }

  @Test
  void aLinkThatLeadsToItselfIsRefusedAndSaysSo() throws Exception {
    Path itself = Files.createSymbolicLink(folder.resolve("itself.db"), Path.of("itself.db"));
    Path there = Files.createSymbolicLink(folder.resolve("there.db"), Path.of("back.db"));
    Path back = Files.createSymbolicLink(folder.resolve("back.db"), there);
    for (Path link : new Path[] {itself, there, back}) {
      assertThatThrownBy(() -> SqliteStore.open(link))
          .isInstanceOf(StoreFailedException.class)
          .hasMessageContaining(link.toString())
          .hasMessageContaining("leads back to itself")
          .hasMessageContaining("Remove the link");
      assertThatThrownBy(() -> SqliteStore.openReadOnly(link))
          .isInstanceOf(StoreFailedException.class);
    }
  }

  @Test
  void severalLinksOneBehindTheOtherAreFollowedToAFileThatIsNotThereYet() throws Exception {
    Path link = file();
    for (int i = 0; i < 40; i++) {
      link = Files.createSymbolicLink(folder.resolve("link" + i), link);
    }
    SqliteStore.open(link).close();
    assertThat(file()).isNotEmptyFile();
  }

  @Test
  void aDamagedFileIsReportedAndCheckSaysSo() throws Exception {
    SqliteStore store = SqliteStore.open(file());
    put(store, 5000);
    store.close();
    try (RandomAccessFile raw = new RandomAccessFile(file().toFile(), "rw")) {
      // From the middle on, so that the schema can be read and the messages cannot.
      raw.seek(raw.length() / 2 / 8192 * 8192);
      byte[] noise = new byte[8192];
      Arrays.fill(noise, (byte) 0x5a);
      while (raw.getFilePointer() < raw.length()) {
        raw.write(noise);
      }
    }
    try (SqliteStore damaged = SqliteStore.open(file())) {
      assertThatThrownBy(() -> damaged.read(StoreFileTest::readAll))
          .isInstanceOf(StoreCorruptException.class)
          .hasMessageContaining("Keep a copy")
          .hasMessageContaining(BEFORE_RESTORING);
      assertThat(damaged.check())
          .filteredOn(finding -> finding.check().equals("medium"))
          .isNotEmpty()
          .allMatch(finding -> finding.message().contains(BEFORE_RESTORING));
    }
  }

  @Test
  void aValueThatNoStoreWritesIsReportedAsDamage() throws Exception {
    SqliteStore store = SqliteStore.open(file());
    put(store, 1);
    store.close();
    execute(file(), "UPDATE messages SET origin = 'ELSEWHERE'", "UPDATE rooms SET type = '?'");
    try (SqliteStore odd = SqliteStore.open(file())) {
      assertThatThrownBy(() -> odd.read(r -> r.version(TestMessages.message("m0", 0).id())))
          .isInstanceOf(StoreCorruptException.class)
          .hasMessageContaining(BEFORE_RESTORING);
      assertThatThrownBy(() -> odd.read(StoreReader::rooms))
          .isInstanceOf(StoreCorruptException.class);
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsReadOnly() throws Exception {
    // Permissions do not bind an administrator; the kernel's own file system does.
    Path sealed = Files.createDirectory(folder.resolve("sealed"));
    sealed.toFile().setWritable(false);
    if (Files.isWritable(sealed)) {
      sealed = Path.of("/sys/kernel");
      Assumptions.assumeTrue(Files.isDirectory(sealed), "no folder that refuses an administrator");
    }
    Path file = sealed.resolve("store.db");
    assertThatThrownBy(() -> SqliteStore.open(file))
        .isInstanceOf(StoreReadOnlyException.class)
        .hasMessageContaining("Check the permissions");
    assertThat(file).doesNotExist();
  }

  @Test
  void anotherProgramsLockIsWaitedForAndThenNamed() throws Exception {
    try (SqliteStore store = SqliteStore.builder().busyTimeout(Duration.ofMillis(1)).open(file());
        Connection other = connect(file());
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      assertThatThrownBy(() -> put(store, 1))
          .isInstanceOf(StoreBusyException.class)
          .hasMessageContaining("busy timeout");
      statement.execute("ROLLBACK");
      put(store, 1);
    }
  }

  @Test
  void settingsOutOfRangeAreRefusedWithSettingValueAndRange() {
    assertThatThrownBy(() -> SqliteStore.builder().busyTimeout(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("busyTimeout");
    assertThatThrownBy(() -> SqliteStore.builder().cacheBytes(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cacheBytes");
    SqliteStore.builder().cacheBytes(65536).open(file()).close();
  }

  @Test
  void aReaderOrWriterThatOutlivesItsFunctionOrThreadIsRefused() {
    try (SqliteStore store = SqliteStore.open(file())) {
      StoreReader reader = store.read(r -> r);
      StoreWriter writer = store.write(w -> w);
      assertThatThrownBy(reader::rooms).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> writer.purge(TestMessages.ROOM))
          .isInstanceOf(IllegalStateException.class);
      AtomicReference<Throwable> elsewhere = new AtomicReference<>();
      store.read(
          r -> {
            Thread other = new Thread(r::rooms);
            other.setUncaughtExceptionHandler((thread, thrown) -> elsewhere.set(thrown));
            other.start();
            try {
              other.join();
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
            return 0;
          });
      assertThat(elsewhere.get()).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void aLimitBelowOneIsRefused() {
    try (SqliteStore store = SqliteStore.open(file())) {
      assertThatThrownBy(() -> store.read(r -> r.messages(Scope.room(TestMessages.ROOM), null, 0)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void r14_halfASurrogatePairIsRefusedAndSaidWhere() {
    try (SqliteStore store = SqliteStore.open(file())) {
      assertThatThrownBy(
              () ->
                  store.write(
                      w -> {
                        w.putMessage(TestMessages.message("m", 1, "ab\ud800cd"), Origin.ROOM);
                        return 0;
                      }))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("unpaired surrogate");
    }
  }

  private static int readAll(StoreReader reader) {
    int[] count = {0};
    reader.forEachMessage(Scope.room(TestMessages.ROOM), message -> count[0]++);
    return count[0];
  }

  private static void put(SqliteStore store, int count) {
    store.write(
        w -> {
          for (int i = 0; i < count; i++) {
            w.putMessage(TestMessages.message("m" + i, i), Origin.ROOM);
          }
          return 0;
        });
  }

  private static int pragma(Path file, String name) throws SQLException {
    try (Connection connection = connect(file);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA " + name)) {
      return result.getInt(1);
    }
  }

  private static void execute(Path file, String... statements) throws SQLException {
    try (Connection connection = connect(file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static Connection connect(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }
}
