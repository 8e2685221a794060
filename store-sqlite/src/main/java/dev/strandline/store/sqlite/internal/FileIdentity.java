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
  private final String onLoss;
  private final @Nullable Object key;

  private FileIdentity(Path file, String onLoss) {
    this.file = file;
    this.onLoss = onLoss;
    key = key();
  }

  /**
   * That of the file that is there now.
   *
   * @param file the real path of the store, or of a file beside it
   * @param onLoss what is to be said and done where it is not there any more
   * @throws StoreFailedException where there is none, or its folder cannot be looked into
   */
  static FileIdentity of(Path file, String onLoss) {
    return new FileIdentity(file, onLoss);
  }

  /**
   * Checks that the name still leads to the file. Costs one look at the folder.
   *
   * @throws StoreFailedException where it leads to another one or nowhere, or cannot be followed
   */
  void requireUnchanged() {
    if (!Objects.equals(key(), key)) {
      throw lost(null);
    }
  }

  private @Nullable Object key() {
    try {
      // A link in its place is not the file, wherever it leads: SQLite looks for the log of a file
      // beside what a link leads to.
      return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .fileKey();
    } catch (NoSuchFileException e) {
      throw lost(e);
    } catch (IOException e) {
      throw new StoreFailedException(
          "Could not see whether "
              + file
              + " is still the file that was opened. Check that its folder is there and can be"
              + " entered, then run again. ("
              + Failures.reason(e)
              + ")",
          e);
    }
  }

  private StoreFailedException lost(@Nullable IOException cause) {
    return new StoreFailedException(
        file + " was moved, replaced or removed while it was open. " + onLoss, cause);
  }
}
