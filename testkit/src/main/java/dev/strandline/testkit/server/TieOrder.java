package dev.strandline.testkit.server;

/** In which order rows that share a stamp are answered. The real server defines none. */
public enum TieOrder {
  /**
   * As they were inserted: repeatable, and what the measured losses of the server's paging were
   * counted with.
   */
  INSERTION,
  /**
   * Shuffled anew for every answer from the workspace's seed: what a client may never rely on being
   * otherwise.
   */
  SHUFFLED_EACH_CALL
}
