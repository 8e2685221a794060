package dev.strandline.store.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Files as earlier versions of Strandline left them, made by their own command: two rooms of thirty
 * messages with threads, edits and deletions, synchronised three times, one of them left; a room of
 * which only a part was read and one that never was; two entries in quarantine, and a search index.
 */
public enum OldFile {
  V1_PLAIN("v1-plain.db.gz"),
  V1_COMPACT("v1-compact.db.gz");

  private final String resource;

  OldFile(String resource) {
    this.resource = resource;
  }

  /** Puts a copy of it into {@code folder}. */
  public Path in(Path folder) {
    Path file = folder.resolve("store.db");
    try (InputStream packed = OldFile.class.getResourceAsStream(resource);
        InputStream content = new GZIPInputStream(packed)) {
      Files.copy(content, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }
}
