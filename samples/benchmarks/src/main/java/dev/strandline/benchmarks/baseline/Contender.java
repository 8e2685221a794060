package dev.strandline.benchmarks.baseline;

import java.nio.file.Path;

/** Something that fills a file, and has copied everything into it when it returns. */
public interface Contender {
  String name();

  /**
   * Does the whole work, from opening the file to closing it.
   *
   * @param file where there is none yet, unless the contender is meant to meet one
   */
  void run(Path file) throws Exception;
}
