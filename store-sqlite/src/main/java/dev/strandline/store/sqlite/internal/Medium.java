package dev.strandline.store.sqlite.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a file lies on, for those who read it. SQLite keeps an index of the log in a file beside the
 * database, and makes it where there is none: on a medium that cannot be written it opens nothing.
 */
final class Medium {
  /** A log begins with this much, and then come the pages that were committed. */
  private static final long LOG_HEADER = 32;

  private Medium() {}

  /**
   * Whether a file can be read as one that nobody changes: nobody can write where it is, and all
   * that was committed is in it.
   */
  static boolean isUnchanging(Path file) {
    return isReadOnly(file) && !hasLog(file);
  }

  /** Whether there is a log with commits that the file itself does not have. */
  static boolean hasLog(Path file) {
    return log(file).toFile().length() > LOG_HEADER;
  }

  static Path log(Path file) {
    return file.resolveSibling(file.getFileName() + "-wal");
  }

  /** Whether nothing can be written beside a file, whoever tries. */
  static boolean isReadOnly(Path file) {
    if (isWritable(file)) {
      return false;
    }
    try {
      return Files.getFileStore(file).isReadOnly();
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether this account may write into a file's folder. */
  static boolean isWritable(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null || Files.isWritable(folder);
  }
}
