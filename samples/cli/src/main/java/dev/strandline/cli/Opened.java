package dev.strandline.cli;

import dev.strandline.Strandline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An engine over a database. A database that was made for it is removed again where no server has
 * accepted the account: a mistyped URL or token leaves nothing behind.
 */
final class Opened implements AutoCloseable {
  private final Strandline strandline;
  private final @Nullable Path made;

  /**
   * @param made the database where it was made for this engine; else null
   */
  Opened(Strandline strandline, @Nullable Path made) {
    this.strandline = strandline;
    this.made = made;
  }

  Strandline strandline() {
    return strandline;
  }

  @Override
  public void close() {
    boolean isNobodys = false;
    try {
      isNobodys = made != null && strandline.local().owner().isEmpty();
    } finally {
      strandline.close();
    }
    if (isNobodys) {
      remove(made);
    }
  }

  /** Removes a database that holds nothing, and what lies beside it. */
  static void remove(@Nullable Path database) {
    if (database == null) {
      return;
    }
    try {
      for (String suffix : new String[] {"", "-wal", "-shm", ".lock"}) {
        Files.deleteIfExists(database.resolveSibling(database.getFileName() + suffix));
      }
    } catch (IOException e) {
      // An empty database is no harm; what the run has to say is more important.
      System.getLogger(Opened.class.getName())
          .log(System.Logger.Level.DEBUG, "The empty database could not be removed", e);
    }
  }
}
