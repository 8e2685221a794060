package dev.strandline.store.sqlite.internal;

import dev.strandline.error.StoreFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which file was found by a name. Who has a file open goes on writing to it when it has lost its
 * name, and whoever opens that name then finds another file or none.
 *
 * <p>Where the file system does not tell files apart every file is taken for the same: Windows is
 * such a one, and does not let go of a file that is open. Safe for several threads.
 */
final class FileIdentity {
  private final Path file;
  private final @Nullable Object key;

  private FileIdentity(Path file, @Nullable Object key) {
    this.file = file;
    this.key = key;
  }

  /**
   * That of the file that is there now.
   *
   * @param file the store's real path
   * @throws StoreFailedException where there is none, or its folder cannot be looked into
   */
  static FileIdentity of(Path file) {
    return new FileIdentity(file, key(file));
  }

  /**
   * Checks that the name still leads to the file. Costs one look at the folder.
   *
   * @throws StoreFailedException where it leads to another one or nowhere, or cannot be followed
   */
  void requireUnchanged() {
    if (!Objects.equals(key(file), key)) {
      throw lost(file, null);
    }
  }

  private static @Nullable Object key(Path file) {
    try {
      // A link in its place is not the file, wherever it leads: SQLite looks for the log of a file
      // beside what a link leads to.
      return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .fileKey();
    } catch (NoSuchFileException e) {
      throw lost(file, e);
    } catch (IOException e) {
      throw new StoreFailedException(
          "Could not see whether "
              + file
              + " is still the file that was opened. Check that its folder is there and can be"
              + " entered, then run again. ("
              + e
              + ")",
          e);
    }
  }

  private static StoreFailedException lost(Path file, @Nullable IOException cause) {
    return new StoreFailedException(
        file
            + " was moved, replaced or removed while it was open. What was committed before is in"
            + " the file that had this name: close this program, put the file back and start again."
            + " To go on with another one in its place, remove "
            + file
            + "-wal and "
            + file
            + "-shm before you start.",
        cause);
  }
}
