package dev.strandline.model;

/** What is known of the caller's place in a room (R12). */
public enum Membership {
  /** Not asked yet: the room was named by the application and never looked up. */
  UNKNOWN,
  /** The caller has a subscription to the room. */
  MEMBER,
  /** The room can be read without a subscription, as public channels often can. */
  READER,
  /** The caller was invited and has not joined: the room is known, and is not synchronised. */
  INVITED,
  /**
   * The caller is banned from the room, though the server still lists the subscription. What is
   * stored is treated as that of a room that is {@link #GONE}, until the ban ends.
   */
  BANNED,
  /** The caller left, was removed, or the room was deleted: the server no longer tells which. */
  GONE
}
