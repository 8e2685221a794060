package dev.strandline.journal;

/** Why something was asked, or written. */
public enum Purpose {
  /** To meet the server: its settings, its identity, its time. */
  HANDSHAKE,
  /** To find the caller's rooms. */
  DIRECTORY,
  /** To fix where the feeds of a new room begin (R8). */
  ANCHOR,
  /** To follow the feeds from their watermarks to the present. */
  CATCH_UP,
  /** To read history, newest first. */
  HISTORY,
  /** To read a room whole, and to follow its feeds from where that began (R10, R11). */
  RECONCILE,
  /** To count a room's messages and find which are gone (R10, R11). */
  COUNT,
  /** To conclude a whole reading, or a count: what is gone is removed. Asks nothing. */
  CONCLUDE,
  /** To follow a thread's own feed (R13). */
  THREAD,
  /** To see whether the server still has a message that is in question (R7). */
  SETTLE,
  /** To find the room of a thread whose root is not stored. */
  FIND_ROOT,
  /** To see whether a room that refuses is still the caller's (R12). */
  CONFIRM,
  /** To compare a room with the server; nothing of it is applied. */
  COMPARE
}
