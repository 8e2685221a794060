package dev.strandline.model;

/** What is known of the caller's place in a room (R12). */
public enum Membership {
  /** Not asked yet: the room was named by the application and never looked up. */
  UNKNOWN,
  /** The caller has a subscription to the room. */
  MEMBER,
  /** The room can be read without a subscription, as public channels often can. */
  READER,
  /** The caller left, was removed, or the room was deleted: the server no longer tells which. */
  GONE
}
