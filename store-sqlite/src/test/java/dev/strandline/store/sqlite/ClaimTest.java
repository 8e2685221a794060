package dev.strandline.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.strandline.error.StoreBusyException;
import dev.strandline.error.StoreFailedException;
import dev.strandline.error.StoreReadOnlyException;
import dev.strandline.spi.Origin;
import dev.strandline.spi.StoreReader;
import dev.strandline.store.sqlite.internal.Claim;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One engine at a time. */
final class ClaimTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("store.db");
  }

  @Test
  void aSecondOpenerIsToldWhoWritesAndThatReadingIsPossible() {
    try (SqliteStore first = SqliteStore.open(file())) {
      assertThatThrownBy(() -> SqliteStore.open(file()))
          .isInstanceOf(StoreBusyException.class)
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageContaining("since 2")
          .hasMessageContaining("Reading is still possible");
      // Being turned away has not ended the first one's claim.
      assertThatThrownBy(() -> SqliteStore.open(file())).isInstanceOf(StoreBusyException.class);
      put(first, "m");
      try (SqliteStore reader = SqliteStore.openReadOnly(file())) {
        assertThat(reader.read(StoreReader::rooms)).hasSize(1);
        assertThat(reader.check()).isEmpty();
        assertThatThrownBy(() -> reader.write(w -> 0)).isInstanceOf(StoreReadOnlyException.class);
      }
    }
    SqliteStore.open(file()).close();
  }

  @Test
  void everyNameOfAFileMeetsTheSameClaim() throws Exception {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    Path early = Files.createSymbolicLink(folder.resolve("early.db"), real.resolve("store.db"));
    Path relative = Path.of("").toAbsolutePath().relativize(real.resolve("store.db"));
    try (SqliteStore first = SqliteStore.open(early)) {
      Path late = Files.createSymbolicLink(folder.resolve("late.db"), real.resolve("store.db"));
      assertThat(real.resolve("store.db")).exists();
      assertThat(first.read(StoreReader::rooms)).isEmpty();
      for (Path name :
          new Path[] {
            link.resolve("store.db"), early, late, relative, real.resolve("../link/./store.db")
          }) {
        assertThatThrownBy(() -> SqliteStore.open(name)).isInstanceOf(StoreBusyException.class);
      }
    }
  }

  @Test
  void aFileWithAnotherEqualNameIsWarnedOf_andRefusedWhereThisProcessHasItByThat()
      throws Exception {
    Assumptions.assumeTrue(
        Files.getFileStore(folder).supportsFileAttributeView("unix"),
        "a system that counts the names of a file");
    SqliteStore.open(file()).close();
    Path other = Files.createLink(folder.resolve("other.db"), file());
    try (Warnings warnings = Warnings.of(Claim.class)) {
      try (SqliteStore first = SqliteStore.open(file())) {
        assertThat(warnings.messages())
            .singleElement(STRING)
            .contains(file().toRealPath() + " has another name, by a hard link");
        assertThatThrownBy(() -> SqliteStore.open(other))
            .isInstanceOf(StoreBusyException.class)
            .hasMessageContaining("which is this process and knows it as " + file().toRealPath());
        put(first, "m");
      }
      SqliteStore.open(other).close();
      Files.delete(other);
      warnings.messages().clear();
      SqliteStore.open(file()).close();
      assertThat(warnings.messages()).isEmpty();
    }
  }

  @Test
  void theClaimOfAnotherProcessHoldsUntilThatDies() throws Exception {
    try (ChildJvm child = ChildJvm.holding(file())) {
      assertThat(child.says()).isEqualTo("open");
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> SqliteStore.open(file()))
            .isInstanceOf(StoreBusyException.class)
            .hasMessageContaining("process " + child.pid())
            .hasMessageContaining("since 2");
      }
      SqliteStore.openReadOnly(file()).close();
      child.kill();
    }
    SqliteStore.open(file()).close();
  }

  @Test
  void aClaimOfThisProcessHoldsAgainstAnother() throws Exception {
    SqliteStore first = SqliteStore.open(file());
    assertThatThrownBy(() -> SqliteStore.open(file())).isInstanceOf(StoreBusyException.class);
    try (ChildJvm child = ChildJvm.holding(file())) {
      assertThat(child.says()).isNull();
      assertThat(child.exit()).isNotZero();
    } finally {
      first.close();
    }
  }

  @Test
  void aClaimThatCannotBeNotedForLackOfRoomIsHeldByNobody() throws Exception {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full), "a device that is always full");
    Path lock = Files.createSymbolicLink(folder.resolve("store.db.lock"), full);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> SqliteStore.open(file()))
          .isInstanceOf(StoreFailedException.class)
          .hasMessageContaining("that there is room on the device");
    }
    Files.delete(lock);
    SqliteStore.open(file()).close();
  }

  @Test
  void beingTurnedAwayByAnotherClassLoaderTakesNoDescriptorEachTime() throws Exception {
    Path open = Path.of("/proc/self/fd");
    Assumptions.assumeTrue(Files.isDirectory(open), "a system that lists what is open");
    SqliteStore.open(file()).close();
    Path lock = folder.resolve("store.db.lock").toRealPath();
    // As the Strandline of another class loader does.
    try (FileChannel theirs = FileChannel.open(lock, StandardOpenOption.WRITE)) {
      assertThat(theirs.tryLock(Long.MAX_VALUE - 1, 1, false)).isNotNull();
      for (int i = 0; i < 20; i++) {
        assertThatThrownBy(() -> SqliteStore.open(file()))
            .isInstanceOf(StoreBusyException.class)
            .hasMessageContaining("another class loader of this process");
      }
      assertThat(namesIn(open)).filteredOn(lock::equals).hasSizeLessThanOrEqualTo(2);
      try (ChildJvm child = ChildJvm.holding(file())) {
        // Nor has being turned away ended the other's claim.
        assertThat(child.says()).isNull();
      }
    }
    SqliteStore.open(file()).close();
    assertThat(namesIn(open)).doesNotContain(lock);
  }

  @Test
  void whoWasTurnedAwayClaimsTheLockFileThatThereIsNow() throws Exception {
    SqliteStore.open(file()).close();
    Path lock = folder.resolve("store.db.lock");
    try (FileChannel theirs = FileChannel.open(lock, StandardOpenOption.WRITE)) {
      assertThat(theirs.tryLock(Long.MAX_VALUE - 1, 1, false)).isNotNull();
      assertThatThrownBy(() -> SqliteStore.open(file())).isInstanceOf(StoreBusyException.class);
    }
    Files.delete(lock); // while nobody has the store open
    try (SqliteStore store = SqliteStore.open(file())) {
      put(store, "m");
    }
  }

  private static List<Path> namesIn(Path descriptors) throws IOException {
    List<Path> names = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(descriptors)) {
      for (Path descriptor : all) {
        try {
          names.add(Files.readSymbolicLink(descriptor));
        } catch (NoSuchFileException e) {
          // Another thread's, which has closed it meanwhile.
        }
      }
    }
    return names;
  }

  @Test
  void whoseLockFileIsRemovedWritesNoMoreWhileAnotherDoes() throws Exception {
    Assumptions.assumeTrue(
        Files.readAttributes(folder, BasicFileAttributes.class).fileKey() != null,
        "a file system that tells files apart");
    Path lock = folder.toRealPath().resolve("store.db.lock");
    try (SqliteStore first = SqliteStore.open(file())) {
      put(first, "before");
      Files.delete(lock);
      try (ChildJvm child = ChildJvm.holding(file())) {
        assertThat(child.says()).isEqualTo("open");
        assertThatThrownBy(() -> put(first, "after"))
            .isInstanceOf(StoreFailedException.class)
            .hasMessageContaining(lock + " was moved, replaced or removed while it was open")
            .hasMessageContaining("close this program and start again");
        assertThat(first.read(StoreReader::rooms)).hasSize(1);
      }
    }
    try (SqliteStore again = SqliteStore.open(file())) {
      put(again, "again");
      assertThat(again.read(r -> r.counts(TestMessages.ROOM)).messages()).isEqualTo(2);
    }
  }

  @Test
  void aTransactionInWhichTheLockFileIsRemovedIsNotKept() throws Exception {
    Assumptions.assumeTrue(
        Files.readAttributes(folder, BasicFileAttributes.class).fileKey() != null,
        "a file system that tells files apart");
    try (SqliteStore store = SqliteStore.open(file())) {
      assertThatThrownBy(
              () ->
                  store.write(
                      writer -> {
                        writer.putMessage(TestMessages.message("m", 1), Origin.ROOM);
                        return folder.resolve("store.db.lock").toFile().delete();
                      }))
          .isInstanceOf(StoreFailedException.class);
      assertThat(store.read(StoreReader::rooms)).isEmpty();
    }
  }

  private static void put(SqliteStore store, String id) {
    store.write(
        writer -> {
          writer.putMessage(TestMessages.message(id, 1), Origin.ROOM);
          return 0;
        });
  }

  @Test
  void aThreadThatWasInterruptedCanClaimAndStaysInterrupted() {
    Thread.currentThread().interrupt();
    SqliteStore.open(file()).close();
    assertThat(Thread.interrupted()).isTrue();
  }
}
