package dev.strandline.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder for the files of one benchmark. */
final class Scratch implements AutoCloseable {
  private final Path folder;

  Scratch(Path folder) {
    this.folder = folder;
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** The name of a store that is not there yet, whatever was there before. */
  Path empty(String name) throws IOException {
    clear();
    return file(name);
  }

  /** Removes every file. */
  void clear() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.delete(file);
      }
    }
  }

  /** Copies a closed store. */
  void copy(Path from, Path to) throws IOException {
    for (String suffix : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(to.resolveSibling(to.getFileName() + suffix));
    }
    Files.copy(from, to);
  }

  @Override
  public void close() throws IOException {
    clear();
    Files.delete(folder);
  }
}
