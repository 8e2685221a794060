package dev.strandline;

/** What to do with the rows of a room that is no longer the caller's (R12). */
public enum GoneRooms {
  /** Keep them as they are, readable, and say so: the default. */
  FREEZE,
  /** Remove them. */
  PURGE
}
