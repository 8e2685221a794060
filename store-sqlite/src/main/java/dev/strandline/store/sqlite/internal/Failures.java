package dev.strandline.store.sqlite.internal;

import dev.strandline.error.NotAStoreException;
import dev.strandline.error.SchemaTooNewException;
import dev.strandline.error.StoreBusyException;
import dev.strandline.error.StoreCorruptException;
import dev.strandline.error.StoreException;
import dev.strandline.error.StoreFailedException;
import dev.strandline.error.StoreFullException;
import dev.strandline.error.StoreReadOnlyException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Turns what SQLite reports about one file into the exceptions of the store. */
public final class Failures {
  /** Goes with every advice to restore: SQLite replays a log over any file that it is beside. */
  static final String BEFORE_RESTORING =
      " Before restoring, stop every program that uses the file and remove its companions (-wal,"
          + " -shm): what they hold would be replayed over the backup and damage it.";

  private static final int BUSY = 5;
  private static final int LOCKED = 6;
  private static final int READONLY = 8;
  private static final int IOERR = 10;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANTOPEN = 14;
  private static final int NOTADB = 26;

  private final Path file;

  public Failures(Path file) {
    this.file = file;
  }

  /**
   * The exception that says what {@code cause} means.
   *
   * @param cause an {@link SQLException}, or something caused by one
   * @param tried what was tried, as in "could not …"
   */
  public StoreException of(Throwable cause, String tried) {
    String start = "Could not " + tried + " " + file + ": ";
    String end = codeOf(cause);
    if (isOfSearchIndex(cause)) {
      return new StoreCorruptException(
          start
              + "its search index is damaged; the messages are not. Nothing of this transaction was"
              + " kept. Open the file for writing again, which makes the index anew."
              + end,
          cause);
    }
    return switch (code(cause)) {
      case BUSY, LOCKED ->
          new StoreBusyException(
              start
                  + "another program kept it locked for longer than the busy timeout. Let that"
                  + " program finish, or set a longer timeout; reading is still possible."
                  + end,
              cause);
      case READONLY ->
          new StoreReadOnlyException(
              start
                  + "the file, its folder or its file system cannot be written. Check the"
                  + " permissions, or open the store for reading only."
                  + end,
              cause);
      case IOERR ->
          new StoreFailedException(
              start
                  + "the system refused to read or write it or one of its companions (-wal, -shm)."
                  + " What was committed before is intact. Check that there is room on the device,"
                  + " that no limit on the size of files is reached, that no folder has one of those"
                  + " names, and the system's log; then run again."
                  + end,
              cause);
      case CORRUPT ->
          new StoreCorruptException(
              start
                  + "the file is damaged. Keep a copy, then move it away and synchronise anew, or"
                  + " restore it from a backup."
                  + BEFORE_RESTORING
                  + end,
              cause);
      case FULL ->
          new StoreFullException(
              start
                  + "the disk or a quota on it is full. Nothing of this transaction was kept; free"
                  + " some room and run again."
                  + end,
              cause);
      case CANTOPEN -> new StoreFailedException(start + whyNotOpened() + end, cause);
      case NOTADB ->
          new NotAStoreException(
              start
                  + "it is not an SQLite database. It was not touched; choose another file for the"
                  + " store."
                  + end,
              cause);
      default ->
          new StoreFailedException(
              start
                  + "what was committed before is intact. Check the device and the system's log,"
                  + " then run again."
                  // Mostly SQL of a caller's own: what is wrong with it only SQLite can say.
                  + (" (" + cause.getMessage() + ")"),
              cause);
    };
  }

  private String whyNotOpened() {
    if (Files.exists(file) && !Files.isReadable(file)) {
      return "this account may not read it. Check its permissions.";
    }
    if (Files.exists(file) && Medium.isReadOnly(file) && Medium.hasLog(file)) {
      return "it is on a read-only file system, and its newest commits are in its log (-wal), which"
          + " cannot be read there. Copy the file and its -wal to a folder that can be written, and"
          + " read it there.";
    }
    if (!Medium.isWritable(file)) {
      return "this account may not write into its folder, where SQLite needs a file beside it. Use"
          + " the account that it belongs to, or copy the file, and its -wal if there is one, to a"
          + " folder that can be written.";
    }
    return "it or one of its companions (-wal, -shm) cannot be opened. Check that the folder exists,"
        + " that this account may use it and that no folder has that name.";
  }

  /** What SQLite calls it, for who looks it up; its sentences are for programmers. */
  private static String codeOf(Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof SQLiteException sql) {
        return " (" + sql.getResultCode().name() + ")";
      }
    }
    return "";
  }

  /** Why the system refused something, in its own words where it has any; for parentheses. */
  static String reason(IOException problem) {
    if (problem instanceof NoSuchFileException) {
      return "there is no such file or folder";
    }
    if (problem instanceof AccessDeniedException) {
      return "permission denied";
    }
    String reason =
        problem instanceof FileSystemException system ? system.getReason() : problem.getMessage();
    return reason == null || reason.isBlank() ? "the system does not say why" : reason;
  }

  /** Whether what is damaged is the search index and not what it was made of. */
  public static boolean isOfSearchIndex(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLiteException sql
          && sql.getResultCode() == SQLiteErrorCode.SQLITE_CORRUPT_VTAB) {
        return true;
      }
    }
    return false;
  }

  /** The exception for documents that are compressed in a way that is not known here. */
  SchemaTooNewException unknownCompression(int format) {
    return new SchemaTooNewException(
        file
            + " keeps its documents in format "
            + format
            + ", and this version of Strandline knows "
            + Conversion.FORMAT
            + ". It was not touched; use the version that made it, or a later one.",
        null);
  }

  /** The exception for a row that holds what no store would write. */
  public StoreCorruptException unreadableRow(RuntimeException cause) {
    return new StoreCorruptException(
        "A row of "
            + file
            + " holds a value that Strandline never writes. Restore the file from a backup, or move"
            + " it away and synchronise anew."
            + BEFORE_RESTORING
            + " ("
            + cause.getMessage()
            + ")",
        cause);
  }

  private static int code(Throwable thrown) {
    for (Throwable at = thrown; at != null; at = at.getCause()) {
      if (at instanceof SQLException sql) {
        return sql.getErrorCode() & 0xff; // the rest says which kind of I/O error and so on
      }
    }
    return 0;
  }
}
