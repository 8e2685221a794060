package dev.strandline.store.sqlite.internal;

import dev.strandline.error.StoreBusyException;
import dev.strandline.error.StoreFailedException;
import dev.strandline.error.StoreReadOnlyException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The right to write to one file, held by at most one store of all processes on this machine.
 *
 * <p>It is a lock of the operating system on {@code <file>.lock}, so it ends with its holder
 * however that dies. The lock file says who holds it, and stays when the claim ends: were it
 * deleted, one process could lock the deleted file while another creates and locks a new one, and
 * both would believe to be alone. Who finds that somebody else has deleted it writes no more.
 */
public final class Claim implements AutoCloseable {
  /**
   * The claims of this process. POSIX locks belong to the process, and closing any handle of the
   * lock file drops them: a second opener of this process must be turned away before it opens that
   * file.
   */
  private static final Map<Path, String> HELD_HERE = new ConcurrentHashMap<>();

  /**
   * Those that must not be closed, not even by the garbage collector; see {@link #tryLock}. The
   * next try is made with the one that is here, so that trying again and again takes no further
   * descriptors.
   */
  private static final Map<Path, LockFile> PARKED = new ConcurrentHashMap<>();

  private final Path file;
  private final LockFile lockFile;

  private Claim(Path file, LockFile lockFile) {
    this.file = file;
    this.lockFile = lockFile;
  }

  /**
   * Takes the claim.
   *
   * @param file the store's real path, so that all names of a file meet the same claim
   * @throws StoreBusyException where somebody else holds it
   */
  public static Claim on(Path file) {
    String me = me();
    String holderHere = HELD_HERE.putIfAbsent(file, me);
    if (holderHere != null) {
      throw busy(file, holderHere + ", which is this process", null);
    }
    boolean taken = false;
    try {
      if (StoreFile.hasOtherNames(file)) {
        refuseByAnotherName(file);
      }
      Claim claim = new Claim(file, lock(file, me));
      taken = true;
      return claim;
    } finally {
      if (!taken) {
        HELD_HERE.remove(file);
      }
    }
  }

  /** Of this process only: what others hold is known by the name that they hold it by. */
  private static void refuseByAnotherName(Path file) {
    HELD_HERE.forEach(
        (other, holder) -> {
          if (!other.equals(file) && isSame(other, file)) {
            throw busy(file, holder + ", which is this process and knows it as " + other, null);
          }
        });
    System.getLogger(Claim.class.getName())
        .log(
            System.Logger.Level.WARNING,
            "{0} has another name, by a hard link. Whoever opens it by that while it is open by this"
                + " one damages it, since each name has a log of its own: remove one of them.",
            file);
  }

  private static boolean isSame(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException e) {
      return false; // one that is being made, or was removed
    }
  }

  /**
   * Locks. An interrupt would close the channel: who is told to stop finds that out elsewhere, and
   * a lock that failed for it would look like a broken file system.
   */
  private static LockFile lock(Path file, String me) {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return tryLock(file, me);
        } catch (ClosedByInterruptException e) {
          interrupted = true;
          Thread.interrupted();
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static LockFile tryLock(Path file, String me) throws ClosedByInterruptException {
    Path name = file.resolveSibling(file.getFileName() + ".lock");
    LockFile lockFile = null;
    boolean staysOpen = false;
    try {
      LockFile parked = PARKED.remove(name);
      lockFile = parked != null ? parked : LockFile.open(name);
      if (!lockFile.tryLock()) {
        throw busy(file, holder(lockFile), null);
      }
      if (parked != null && !lockFile.isUnchanged()) {
        // The one that has the name now was made since; of this one nobody else has the lock.
        return tryLock(file, me);
      }
      lockFile.requireUnchanged();
      lockFile.write(me + "\n");
      staysOpen = true;
      return lockFile;
    } catch (OverlappingFileLockException e) {
      // Strandline was loaded twice into this process, and the other one holds the claim. Closing
      // the file would end that claim, so it stays open for as long as the process lives.
      PARKED.put(name, Objects.requireNonNull(lockFile, "it was there to be locked"));
      staysOpen = true;
      throw busy(file, "another class loader of this process", e);
    } catch (ClosedByInterruptException e) {
      throw e;
    } catch (IOException e) {
      throw unlockable(file, name, e);
    } finally {
      if (lockFile != null && !staysOpen) {
        lockFile.close();
      }
    }
  }

  private static StoreBusyException busy(Path file, String holder, @Nullable Throwable cause) {
    return new StoreBusyException(
        file
            + " is being written by another engine: "
            + holder
            + ". Reading is still possible; close that engine to write from here.",
        cause);
  }

  private static RuntimeException unlockable(Path file, Path name, IOException cause) {
    boolean refused =
        cause instanceof AccessDeniedException
            || (cause instanceof FileSystemException e
                && e.getReason() != null
                && e.getReason().contains("Read-only"));
    String start = "Could not claim " + file + " for writing: " + name;
    if (refused) {
      return new StoreReadOnlyException(
          start
              + " cannot be written. Check the permissions of the folder, or open the store for"
              + " reading only. ("
              + Failures.reason(cause)
              + ")",
          cause);
    }
    return new StoreFailedException(
        start
            + " cannot be locked, or not be written. Check that the folder exists, that there is room"
            + " on the device and that its file system supports locks. ("
            + Failures.reason(cause)
            + ")",
        cause);
  }

  private static String me() {
    return "process "
        + ProcessHandle.current().pid()
        + " on "
        + Host.NAME
        + " since "
        + Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }

  /** Asked for once: a store can be opened often, and some hosts are slow to know themselves. */
  private static final class Host {
    static final String NAME = name();

    private static String name() {
      try {
        return InetAddress.getLocalHost().getHostName();
      } catch (UnknownHostException e) {
        return "a host without a name";
      }
    }
  }

  private static String holder(LockFile lockFile) throws IOException {
    String text = lockFile.text();
    // Empty for the moment between its lock and its note.
    return text.isEmpty() ? "a process that has only just started" : text;
  }

  /**
   * Checks that the claim still keeps others out.
   *
   * @throws StoreFailedException where its lock file was moved, replaced or removed
   */
  public void requireHeld() {
    lockFile.requireUnchanged();
  }

  @Override
  public void close() {
    lockFile.close();
    HELD_HERE.remove(file);
  }
}
