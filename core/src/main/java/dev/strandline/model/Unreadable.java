package dev.strandline.model;

import org.jspecify.annotations.Nullable;

/**
 * A piece of an answer that could not be understood, kept verbatim with the reason (R14).
 *
 * @param id the message's id where it has one that can be read
 * @param json the piece exactly as the server sent it
 * @param reason what is wrong with it, for people
 * @param updatedAt its {@code _updatedAt}; where that cannot be read its {@code ts}, before which
 *     it cannot have been written; null where neither can
 * @param isDeletion whether it was among what is gone, and not among what is there
 */
public record Unreadable(
    @Nullable MessageId id,
    String json,
    String reason,
    @Nullable ServerTime updatedAt,
    boolean isDeletion) {

  /** A piece of what is there. */
  public Unreadable(
      @Nullable MessageId id, String json, String reason, @Nullable ServerTime updatedAt) {
    this(id, json, reason, updatedAt, false);
  }

  /** A piece of which nothing says when it was written. */
  public Unreadable(@Nullable MessageId id, String json, String reason) {
    this(id, json, reason, null);
  }

  /** The same piece, as one of what is gone. */
  public Unreadable ofDeletion() {
    return new Unreadable(id, json, reason, updatedAt, true);
  }

  /**
   * Whether it may be later than what happened at {@code time}: also where nothing says when it was
   * written, unless that is {@link ServerTime#MAX}, for what was shown. Always for a deletion: the
   * server tells it again, and then it says nothing new.
   */
  public boolean mayBeAfter(ServerTime time) {
    if (isDeletion) {
      return true;
    }
    return updatedAt == null ? !time.equals(ServerTime.MAX) : updatedAt.isAfter(time);
  }
}
