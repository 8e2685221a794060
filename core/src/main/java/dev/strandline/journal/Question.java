package dev.strandline.journal;

import dev.strandline.model.ServerTime;
import org.jspecify.annotations.Nullable;

/**
 * What a page's request asked for.
 *
 * @param what which of the questions that the server answers
 * @param route the server's name for where it was asked, such as {@code "chat.syncMessages"}
 * @param after only what is later than this, exclusive; null for no such bound
 * @param before only what is earlier than this, exclusive; null for no such bound
 * @param count how many entries at most; 0 where the answer is not cut
 */
public record Question(
    What what, String route, @Nullable ServerTime after, @Nullable ServerTime before, int count) {

  /** The questions that the server answers. */
  public enum What {
    /** A page of messages written, oldest change first. */
    UPDATED,
    /** A page of messages deleted. */
    DELETED,
    /** A page of live messages, newest change first. */
    HISTORY,
    /** Everything later than a moment, updates and deletions, uncut. */
    SINCE,
    /** Everything later than a moment below one root, uncut. */
    THREAD_SINCE,
    /** Some rows of a room's listing, and how many there are. */
    LISTING,
    /** One message. */
    MESSAGE,
    /** The workspace's public settings. */
    SETTINGS,
    /** The caller's subscriptions. */
    SUBSCRIPTIONS,
    /** The caller's rooms. */
    ROOMS
  }
}
