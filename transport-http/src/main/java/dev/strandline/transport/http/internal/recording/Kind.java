package dev.strandline.transport.http.internal.recording;

/** What a text in an answer is, for the purpose of leaving it out. */
enum Kind {
  /** What a client needs to understand the answer: ids, stamps, types, error codes. */
  STRUCTURE,
  /** A user's id. */
  USER_ID,
  /** The workspace's own settings, its id among them. */
  SETTING,
  /** What somebody or some room is called. */
  NAME,
  /** What somebody wrote. */
  TEXT,
  /** Custom fields, and whatever is not known. */
  OTHER,
  /** Key material and tokens of other services. */
  SECRET
}
