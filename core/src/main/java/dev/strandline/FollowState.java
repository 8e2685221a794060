package dev.strandline;

import org.jspecify.annotations.Nullable;

/**
 * Where a {@link Following} stands. How far behind each room can be is a matter of what is stored:
 * {@link ScopeStatus#newsAsOf()}.
 *
 * @param phase what it does
 * @param runs how many runs have ended
 * @param requests how many requests they have sent
 * @param failuresInARow how many of the latest runs were stopped by a failure
 * @param last the latest run; null before the first has ended
 * @param endedBy what ended it, besides {@link Following#stop}; null where nothing did
 */
public record FollowState(
    Phase phase,
    long runs,
    long requests,
    int failuresInARow,
    @Nullable SyncReport last,
    @Nullable Failure endedBy) {

  /** What a {@link Following} does. */
  public enum Phase {
    /** It was not started yet. */
    NEW,
    /** A run is under way. */
    RUNNING,
    /** It waits for the next run. */
    WAITING,
    /** It has ended. */
    ENDED
  }
}
