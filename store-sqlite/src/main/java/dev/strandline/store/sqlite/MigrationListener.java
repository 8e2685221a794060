package dev.strandline.store.sqlite;

import java.nio.file.Path;

/**
 * Is told when a file that an earlier version of Strandline made is brought to the newest schema
 * version. A new file tells nothing.
 */
@FunctionalInterface
public interface MigrationListener {

  /** Tells nobody. */
  MigrationListener SILENT = (file, version, newest) -> {};

  /**
   * The file is about to be brought to {@code version}, in one transaction: what interrupts it
   * leaves the file at the version before. Called on the thread that opens the file, while it is
   * claimed. What this throws ends the opening, and the file stays at the version before.
   *
   * @param file the file
   * @param version the version that comes next, 2 or more
   * @param newest the version at which the file will be usable, at least {@code version}
   */
  void migrating(Path file, int version, int newest);
}
