package dev.strandline.spi;

/** Which kind of answer a stored version came from. */
public enum Origin {
  /** A room's feed: prepared for the caller. */
  ROOM,
  /** A thread's feed: not prepared for the caller, so the room's version is preferred (R13). */
  THREAD
}
