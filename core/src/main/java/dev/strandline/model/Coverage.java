package dev.strandline.model;

import org.jspecify.annotations.Nullable;

/**
 * What the local rows of a scope, or of one answer, are known to be worth (R9).
 *
 * <p>A coverage is computed from what is stored beside the rows, in the same snapshot, and never
 * from the device's clock. It claims only what no crash, gap or lost page can falsify: a claim is
 * about a moment of server time, and stays true of that moment. Messages that could not be
 * understood are in quarantine and counted there ({@code RoomCounts.quarantined}); a coverage says
 * nothing of them.
 */
public sealed interface Coverage {

  /** Nothing was ever read, so nothing is known: neither what is here nor what is missing. */
  record Unknown() implements Coverage {}

  /**
   * Nothing is missing: every message that the server showed at {@code asOf} in the range asked for
   * is here, in that version or a later one, unless it was deleted since; and nothing is here that
   * the server had listed as deleted by then. The messages in question are excepted.
   *
   * @param asOf when the server was last read to the end of both feeds
   * @param inQuestion of how many messages it is not known whether the server still has them, at
   *     least 0
   */
  record Complete(ServerTime asOf, int inQuestion) implements Coverage {

    /** Complete without an exception. */
    public Complete(ServerTime asOf) {
      this(asOf, 0);
    }
  }

  /**
   * Only what was written at {@code from} or later is complete; of anything older some messages may
   * be missing. What was sent since then is complete too as far as no message says that it was sent
   * more than a minute after it was written: messages of bridges, of federated and of imported
   * rooms can say so.
   *
   * @param from where completeness begins; null while nothing is known to be complete
   * @param asOf when the server was last read to the end of both feeds; null while it never was
   * @param inQuestion as of {@link Complete}
   */
  record Incomplete(@Nullable ServerTime from, @Nullable ServerTime asOf, int inQuestion)
      implements Coverage {

    /** Incomplete with no message in question. */
    public Incomplete(@Nullable ServerTime from, @Nullable ServerTime asOf) {
      this(from, asOf, 0);
    }
  }

  /**
   * True at {@code since}, and no longer to be trusted in the way that {@code cause} says, until
   * the room has been reconciled.
   *
   * @param since the last moment for which the rows were known to equal the server's; null where
   *     there was none
   */
  record Stale(@Nullable ServerTime since, Cause cause) implements Coverage {}

  /** Why rows are no longer to be trusted. */
  enum Cause {
    /** The room was not settled for so long that the server has forgotten deletions (R10). */
    TOMBSTONES_EXPIRED,
    /** The workspace's settings hide deleted messages without telling anyone (R11). */
    SILENT_DELETIONS,
    /** The caller lost the room and has it again; what happened meanwhile was not seen. */
    REGAINED,
    /**
     * The room, or the thread's root, is gone or forbidden; the rows are as they were (R12, R13).
     */
    GONE,
    /** A comparison with the whole room is under way. */
    RECONCILING,
    /** A deletion could not be understood, and nothing says which message it was of (R14). */
    UNREADABLE_DELETION,
    /** The application asked for a comparison with the whole room. */
    REQUESTED
  }

  /** Whether nothing is missing and no message is in question. */
  default boolean isComplete() {
    return this instanceof Complete complete && complete.inQuestion() == 0;
  }
}
