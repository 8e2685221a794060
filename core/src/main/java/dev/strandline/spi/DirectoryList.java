package dev.strandline.spi;

/** The lists that the directory is made of. */
public enum DirectoryList {
  /** The caller's subscriptions ({@link Transport#subscriptions}). */
  SUBSCRIPTIONS,
  /** The rooms' own documents ({@link Transport#rooms}). */
  ROOMS
}
