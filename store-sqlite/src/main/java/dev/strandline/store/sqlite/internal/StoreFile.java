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
  private StoreFile() {}

  /**
   * The one name of a file that may not exist yet, by whatever name or link it was given.
   *
   * @throws StoreFailedException where its folder does not exist
   */
  public static Path real(Path file) {
    Path absolute = file.toAbsolutePath();
    try {
      if (Files.exists(absolute)) {
        return regular(absolute.toRealPath());
      }
      if (Files.isSymbolicLink(absolute)) {
        // A link to nothing: follow it by hand, so that the file is made where it points to.
        return real(absolute.resolveSibling(Files.readSymbolicLink(absolute)));
      }
      Path folder = Objects.requireNonNull(absolute.getParent(), "only the root has no parent");
      return folder.toRealPath().resolve(file.getFileName());
    } catch (IOException e) {
      throw new StoreFailedException(
          "Could not open "
              + absolute
              + ": its folder does not exist or may not be entered. Create the folder, or check the"
              + " path. ("
              + e
              + ")",
          e);
    }
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

  private static Path regular(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new NotAStoreException(
          file + " is not a regular file. Choose a file for the store.", null);
    }
    return file;
  }
}
