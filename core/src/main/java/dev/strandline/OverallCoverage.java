package dev.strandline;

import dev.strandline.model.ServerTime;
import dev.strandline.spi.Told;
import org.jspecify.annotations.Nullable;

/**
 * What several rooms are worth together (R9): what a search over them, or an export of them, rests
 * on.
 *
 * @param state in one word
 * @param rooms how many rooms it is about
 * @param notComplete how many of them are not complete, or only but for messages in question
 * @param inQuestion of how many of their messages it is not known whether the server still has them
 * @param directoryRead when the directory, which says what rooms there are, was last read; null
 *     where it never was
 * @param newsAsOf up to when the directory has told of every message and deletion; null where that
 *     is not known
 */
public record OverallCoverage(
    State state,
    int rooms,
    int notComplete,
    int inQuestion,
    @Nullable Told directoryRead,
    @Nullable ServerTime newsAsOf) {

  /** What the rooms are worth. */
  public enum State {
    /** Each room is complete. With {@link #inQuestion} above 0: but for so many messages. */
    COMPLETE,
    /** Of at least one room messages may be missing. */
    INCOMPLETE,
    /** At least one room is no longer to be trusted, and no other lacks anything. */
    STALE,
    /** None of the rooms was ever read, or it was never asked what rooms there are. */
    UNKNOWN
  }

  /** Whether nothing is missing and no message is in question. */
  public boolean isComplete() {
    return state == State.COMPLETE && inQuestion == 0;
  }

  /** When the directory was last read, as exactly as is known; null where it never was. */
  public @Nullable ServerTime directoryReadAt() {
    Told read = directoryRead;
    if (read == null) {
      return null;
    }
    return read.date() != null ? read.date() : read.stamp();
  }
}
