package dev.strandline.store.sqlite.internal;

import dev.strandline.error.StoreFailedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file whose lock is a claim, open, and what it says. */
final class LockFile implements AutoCloseable {
  /** Far behind the text, since Windows lets nobody read what is locked. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private final FileChannel channel;
  private final FileIdentity identity;

  private LockFile(FileChannel channel, FileIdentity identity) {
    this.channel = channel;
    this.identity = identity;
  }

  /** Opens the file, or creates it. */
  static LockFile open(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean known = false;
    try {
      FileIdentity identity =
          FileIdentity.of(
              file,
              "Without it another engine can write at the same time: close this program and start"
                  + " again. The file is to stay where it is.");
      known = true;
      return new LockFile(channel, identity);
    } finally {
      if (!known) {
        close(channel);
      }
    }
  }

  /**
   * Locks it unless another process has.
   *
   * @throws OverlappingFileLockException where this process has
   */
  boolean tryLock() throws IOException {
    return channel.tryLock(LOCKED_BYTE, 1, false) != null;
  }

  /**
   * Checks that it is still this file that others have to lock.
   *
   * @throws StoreFailedException where it was moved, replaced or removed
   */
  void requireUnchanged() {
    identity.requireUnchanged();
  }

  /** Whether it is still the file that has the name. */
  boolean isUnchanged() {
    try {
      requireUnchanged();
      return true;
    } catch (StoreFailedException e) {
      return false;
    }
  }

  void write(String text) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
  }

  String text() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(512);
    channel.read(bytes, 0);
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
  }

  /** Ends every lock that this process has on the file, whoever holds it. */
  @Override
  public void close() {
    close(channel);
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // Closing is how the lock ends; the operating system ends it with the process otherwise.
      System.getLogger(LockFile.class.getName())
          .log(System.Logger.Level.WARNING, "A lock file could not be closed", e);
    }
  }
}
