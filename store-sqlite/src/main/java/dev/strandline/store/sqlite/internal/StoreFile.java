package dev.strandline.store.sqlite.internal;

import dev.strandline.error.NotAStoreException;
import dev.strandline.error.SchemaTooNewException;
import dev.strandline.error.StoreException;
import dev.strandline.error.StoreFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** The path of a store, and what can be said of it before anything is opened for writing. */
public final class StoreFile {
  /** So many links one behind the other are followed to a file that is not there, as by Linux. */
  private static final int MOST_LINKS = 40;

  private StoreFile() {}

  /**
   * The one name of a file that may not exist yet, by whatever name or link it was given.
   *
   * @throws StoreFailedException where its folder does not exist, or a link leads back to itself
   */
  public static Path real(Path file) {
    Path absolute = file.toAbsolutePath();
    try {
      Path target = withoutLinksToNothing(absolute);
      if (Files.exists(target)) {
        return regular(target.toRealPath());
      }
      Path folder = Objects.requireNonNull(target.getParent(), "only the root has no parent");
      return folder.toRealPath().resolve(target.getFileName());
    } catch (IOException e) {
      throw new StoreFailedException(
          "Could not open "
              + absolute
              + ": its folder does not exist or may not be entered. Create the folder, or check the"
              + " path. ("
              + Failures.reason(e)
              + ")",
          e);
    }
  }

  /** Follows links to nothing by hand, so that the file is made where they point to. */
  private static Path withoutLinksToNothing(Path file) throws IOException {
    Path at = file;
    // A link that leads back to itself leads to nothing, too, as far as the system is concerned.
    for (int followed = 0; !Files.exists(at) && Files.isSymbolicLink(at); followed++) {
      if (followed == MOST_LINKS) {
        throw new StoreFailedException(
            "Could not open "
                + file
                + ": it is a symbolic link that leads back to itself, or to more than "
                + MOST_LINKS
                + " others. Remove the link, or make it point to the file.",
            null);
      }
      at = at.resolveSibling(Files.readSymbolicLink(at));
    }
    return at;
  }

  /**
   * The one name of a file that exists.
   *
   * @throws StoreFailedException where it does not
   */
  public static Path existing(Path file) {
    Path absolute = file.toAbsolutePath();
    if (!Files.exists(absolute)) {
      throw new StoreFailedException(
          "There is no store at " + absolute + ". Check the path, or run a sync first.", null);
    }
    return real(absolute);
  }

  /**
   * Turns away files that are something else before anything is put beside them.
   *
   * @throws NotAStoreException where {@code file} is no store
   * @throws SchemaTooNewException where it is a later version's
   */
  public static void refuseForeign(Path file, Sessions sessions) {
    if (!Files.exists(file) || file.toFile().length() == 0) {
      return;
    }
    if (file.toFile().length() == 1) {
      // SQLite takes it for an empty file, and would write over it.
      throw new NotAStoreException(
          file + " is not an SQLite database. It was not touched; choose another file.", null);
    }
    try (Session session = sessions.reader()) {
      new Schema(file, session).version();
    } catch (NotAStoreException | SchemaTooNewException e) {
      throw e;
    } catch (StoreException e) {
      // Whatever it is, opening it for writing tells more: a crash may have left work to roll back,
      // which needs a writer.
      System.getLogger(StoreFile.class.getName())
          .log(System.Logger.Level.DEBUG, "Could not look into {0}: {1}", file, e.getMessage());
    }
  }

  /**
   * Whether the file has further names that are no links to this one but equal to it. By each it
   * would have another log and another lock file.
   */
  static boolean hasOtherNames(Path file) {
    try {
      return Files.exists(file) && (int) Files.getAttribute(file, "unix:nlink") > 1;
    } catch (UnsupportedOperationException | IOException e) {
      return false; // a system that does not say
    }
  }

  private static Path regular(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new NotAStoreException(
          file + " is not a regular file. Choose a file for the store.", null);
    }
    return file;
  }
}
