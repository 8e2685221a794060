package dev.strandline.store.sqlite.internal;

import dev.strandline.error.StoreFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite itself, which has to be a file to be loaded. The driver unpacks it to where all programs
 * put their files, leaves it there when its process is killed, and says with a stack trace that it
 * could not: so it is unpacked here, into a folder of this process alone, which is gone again as
 * soon as the library is loaded.
 */
final class NativeLibrary {
  private static final String FOLDER = "strandline-native-";

  /** The driver's own settings; they are left as they are. */
  private static final String LIBRARY_FOLDER = "org.sqlite.lib.path";

  private static final String LIBRARY_NAME = "org.sqlite.lib.name";
  private static final String UNPACKED_TO = "org.sqlite.tmpdir";

  /** Loading takes a moment; what is as old as this was left behind. */
  private static final Duration STALE = Duration.ofHours(1);

  private static boolean loaded;

  private NativeLibrary() {}

  /**
   * Loads it, once for all.
   *
   * @throws StoreFailedException where it cannot be loaded
   */
  static synchronized void load() {
    if (loaded) {
      return;
    }
    InputStream packed = packed();
    if (System.getProperty(LIBRARY_FOLDER) != null || packed == null) {
      initialize();
    } else {
      String base = System.getProperty(UNPACKED_TO, System.getProperty("java.io.tmpdir", "/tmp"));
      unpackAndLoad(packed, base);
    }
    loaded = true;
  }

  /** The library for this system; null where the driver brings none. */
  private static @Nullable InputStream packed() {
    return SQLiteJDBCLoader.class.getResourceAsStream(
        LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName());
  }

  private static void unpackAndLoad(InputStream packed, String base) {
    Path folder = null;
    try (packed) {
      Path parent = Path.of(base);
      removeStale(parent);
      // Readable and writable by this account alone.
      folder = Files.createTempDirectory(parent, FOLDER);
      Path library = folder.resolve(LibraryLoaderUtil.getNativeLibName());
      Files.copy(packed, library);
      if (isWithoutPrograms(folder)) {
        throw failed(base, "no programs may be there (it is mounted noexec)", null);
      }
      loadFrom(folder);
    } catch (IOException | InvalidPathException e) {
      throw failed(base, why(e), e);
    } finally {
      if (folder != null) {
        remove(folder);
      }
    }
  }

  private static void loadFrom(Path folder) {
    Map<String, String> settings =
        Map.of(
            LIBRARY_FOLDER,
            folder.toString(),
            LIBRARY_NAME,
            LibraryLoaderUtil.getNativeLibName(),
            // Looked through by the driver for what it has left behind.
            UNPACKED_TO,
            folder.toString());
    Map<String, @Nullable String> before = new TreeMap<>();
    settings.forEach((name, value) -> before.put(name, System.setProperty(name, value)));
    try {
      initialize();
    } finally {
      before.forEach(
          (name, value) -> {
            if (value == null) {
              System.clearProperty(name);
            } else {
              System.setProperty(name, value);
            }
          });
    }
  }

  private static void initialize() {
    try {
      SQLiteJDBCLoader.initialize();
    } catch (Exception e) {
      throw new StoreFailedException(
          "SQLite's native library cannot be loaded on this system ("
              + System.getProperty("os.name")
              + ", "
              + System.getProperty("os.arch")
              + "). Install it and name its folder with -D"
              + LIBRARY_FOLDER
              + ".",
          e);
    }
  }

  private static StoreFailedException failed(String base, String why, @Nullable Exception cause) {
    return new StoreFailedException(
        "SQLite's native library cannot be unpacked to "
            + base
            + ": "
            + why
            + ". Name a folder that can be written and may hold programs with -D"
            + UNPACKED_TO
            + "=FOLDER among Java's options.",
        cause);
  }

  private static String why(Exception problem) {
    if (problem instanceof NoSuchFileException || problem instanceof NotDirectoryException) {
      return "there is no such folder";
    }
    if (problem instanceof AccessDeniedException) {
      return "this account may not write there";
    }
    String reason =
        problem instanceof FileSystemException system
            ? String.valueOf(system.getReason())
            : String.valueOf(problem.getMessage());
    String lower = reason.toLowerCase(Locale.ROOT);
    if (lower.contains("space") || lower.contains("quota")) {
      return "there is no room left";
    }
    return lower.contains("read-only") ? "nothing can be written there" : "it cannot be written";
  }

  /**
   * Whether the file system lets nothing in it be run, as far as Linux tells. Asked first, since
   * the driver reports a library that cannot be loaded with all its traces.
   */
  private static boolean isWithoutPrograms(Path folder) throws IOException {
    Path mounts = Path.of("/proc/self/mounts");
    if (!Files.isReadable(mounts)) {
      return false;
    }
    Path real = folder.toRealPath();
    int deepest = -1;
    boolean without = false;
    for (String line : Files.readAllLines(mounts, StandardCharsets.UTF_8)) {
      String[] words = line.split(" ", -1);
      if (words.length < 4) {
        continue;
      }
      Path mounted = Path.of(words[1].replace("\\040", " "));
      // Of two in one place the later lies on top.
      if (real.startsWith(mounted) && mounted.getNameCount() >= deepest) {
        deepest = mounted.getNameCount();
        without = ("," + words[3] + ",").contains(",noexec,");
      }
    }
    return without;
  }

  /** Removes what processes left behind that were killed while they loaded the library. */
  private static void removeStale(Path parent) {
    Instant limit = Instant.now().minus(STALE);
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, FOLDER + "*")) {
      for (Path each : folders) {
        if (Files.getLastModifiedTime(each).toInstant().isBefore(limit)) {
          remove(each);
        }
      }
    } catch (IOException e) {
      // Somebody else's, or in use: it does no harm but for the room that it takes.
    }
  }

  private static void remove(Path folder) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path each : files) {
        Files.deleteIfExists(each);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // Windows keeps what is loaded: the next process after an hour removes it.
    }
  }
}
