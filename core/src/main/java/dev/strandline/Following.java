package dev.strandline;

import dev.strandline.model.RoomId;

/**
 * Keeps the account's rooms up to date until it is stopped: runs for {@link SyncRequest#changes()},
 * one after another, sooner where something happens and less often where nothing does (R15).
 *
 * <p>It works on the thread that calls {@link #run}, which returns when following has ended; give
 * it one. A failure does not end it: it is reported, and tried again after a pause that grows. What
 * no later try can mend does: credentials that are refused, a store that is another account's, or
 * that cannot be used.
 *
 * <p>Time that the device has slept counts, so that following goes on when it wakes. That the
 * network is there again is noticed by the next try; {@link #hint()} makes it now. Other runs of
 * the same {@link Strandline} can be started meanwhile; they and following wait for each other.
 * Safe for several threads.
 */
public interface Following extends Runnable, AutoCloseable {

  /**
   * Follows until it is stopped or cannot go on.
   *
   * @throws IllegalStateException where it was started before
   */
  @Override
  void run();

  /** Something may have happened: asks now, or after the run that is under way. */
  void hint();

  /** The same of one room, which is asked about first, whatever the directory tells. */
  void hint(RoomId room);

  /** Ends following, at once, also in the middle of a wait or an answer. Does not wait for it. */
  void stop();

  /** Ends following, and waits until it has ended. */
  @Override
  void close();

  /** Where it stands. */
  FollowState state();
}
