package dev.strandline.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A file that is there as a whole or not at all: written under another name beside its place, and
 * moved there in one step once it is on the disk. Only its owner may read it, as messages are
 * nobody else's. Closed without {@link #finish}, nothing is left. Not safe for several threads.
 */
final class NewFile implements AutoCloseable {
  private final Path file;
  private final boolean isReplacing;
  private final Path unfinished;
  private final FileChannel channel;
  private final Outgoing outgoing;
  private final PrintWriter writer;

  private NewFile(Path file, boolean isReplacing, Path unfinished) throws IOException {
    this.file = file;
    this.isReplacing = isReplacing;
    this.unfinished = unfinished;
    channel = FileChannel.open(unfinished, StandardOpenOption.WRITE);
    outgoing = new Outgoing(Channels.newOutputStream(channel));
    writer = outgoing.writer(false);
  }

  /**
   * Begins a file.
   *
   * @param isReplacing whether a file in its place may be replaced, once this one is whole
   * @param database the database that is read, which never is
   * @throws Problem where the file cannot be begun, or is in the way of another
   */
  static NewFile begin(Path given, boolean isReplacing, Path database) {
    Path file = given.toAbsolutePath();
    Path folder = file.getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw Problem.usage(
          "there is no folder " + folder + " to write " + given + " into.",
          "Create it, or give --out another place.");
    }
    refuseOfDatabase(given, folder, database);
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      refuseToReplace(given, isReplacing);
    }
    try {
      Path unfinished = Files.createTempFile(folder, ".strandline-", ".part");
      // Where Ctrl-C ends the process.
      unfinished.toFile().deleteOnExit();
      return new NewFile(file, isReplacing, unfinished);
    } catch (IOException e) {
      throw cannotWrite(given, e);
    }
  }

  /** The database, and what SQLite and we keep beside it, whether it is there yet or not. */
  private static void refuseOfDatabase(Path given, Path folder, Path database) {
    try {
      Path real = database.toRealPath();
      Path wanted =
          Files.exists(given)
              ? given.toRealPath()
              : folder.toRealPath().resolve(given.getFileName());
      for (String part : List.of("", "-wal", "-shm", "-journal", ".lock")) {
        if (wanted.equals(Path.of(real + part))) {
          throw Problem.usage(
              given + " belongs to the database, and is not replaced.", "Give --out another name.");
        }
      }
    } catch (IOException e) {
      throw cannotWrite(given, e);
    }
  }

  private static void refuseToReplace(Path given, boolean isReplacing) {
    if (!isReplacing) {
      throw exists(given);
    }
    // A link would be replaced, and not what it leads to; and a device is no place for a file.
    if (!Files.isRegularFile(given, LinkOption.NOFOLLOW_LINKS)) {
      throw Problem.usage(
          given + " is no ordinary file, and is not replaced.", "Give --out another name.");
    }
  }

  private static Problem exists(Path file) {
    return Problem.usage(
        file + " exists already, and was left as it is.",
        "Give --out another name, or --force to replace it.");
  }

  private static Problem cannotWrite(Path file, Exception cause) {
    return Problem.database(
        "cannot write " + file + ": " + reason(cause) + ".",
        "Make room, or give --out another place. Nothing half-written was left.");
  }

  private static String reason(Exception cause) {
    String said = cause.getMessage();
    return cause.getClass() == IOException.class && said != null ? said : cause.toString();
  }

  /** Where to write. What cannot be written is told by {@link #check} and {@link #finish}. */
  PrintWriter writer() {
    return writer;
  }

  /**
   * Ends early where the file cannot be written.
   *
   * @throws Problem where something was not written
   */
  void check() {
    if (writer.checkError()) {
      IOException failure = outgoing.failure();
      throw cannotWrite(file, failure == null ? new IOException("nobody says why") : failure);
    }
  }

  /**
   * Puts the file into its place.
   *
   * @throws Problem where that fails; what was there before stays
   */
  void finish() {
    check();
    CopyOption[] options =
        isReplacing ? new CopyOption[] {StandardCopyOption.ATOMIC_MOVE} : new CopyOption[0];
    try {
      channel.force(true);
      channel.close();
      Files.move(unfinished, file, options);
    } catch (FileAlreadyExistsException e) {
      throw exists(file);
    } catch (IOException e) {
      throw cannotWrite(file, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
      Files.deleteIfExists(unfinished);
    } catch (IOException e) {
      // What keeps us from removing it kept us from writing it, too, and that is being told.
    }
  }
}
