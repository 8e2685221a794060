package dev.strandline.internal.read;

import dev.strandline.OverallCoverage;
import dev.strandline.OverallCoverage.State;
import dev.strandline.RoomOverview;
import dev.strandline.model.Coverage;
import dev.strandline.model.Membership;
import dev.strandline.spi.DirectoryState;
import java.util.List;

/** What several rooms are worth together (R9). */
public final class Overall {
  private Overall() {}

  /**
   * All rooms that there are: unknown where it was never asked which these are.
   *
   * @param unreadable how many entries of the directory cannot be understood, of which each may be
   *     a room (R14)
   */
  public static OverallCoverage ofAll(
      List<RoomOverview> stored, DirectoryState directory, long unreadable) {
    List<RoomOverview> rooms = stored.stream().filter(room -> !isRemoved(room)).toList();
    State state =
        directory.read() == null ? State.UNKNOWN : rooms.isEmpty() ? State.COMPLETE : state(rooms);
    boolean someAreMissing = state == State.COMPLETE && unreadable > 0;
    return overall(someAreMissing ? State.INCOMPLETE : state, rooms, directory);
  }

  /** These rooms alone. */
  public static OverallCoverage of(List<RoomOverview> rooms, DirectoryState directory) {
    return overall(rooms.isEmpty() ? State.UNKNOWN : state(rooms), rooms, directory);
  }

  private static OverallCoverage overall(
      State state, List<RoomOverview> rooms, DirectoryState directory) {
    long notComplete = rooms.stream().filter(room -> !room.coverage().isComplete()).count();
    long inQuestion = rooms.stream().mapToLong(room -> room.counts().inQuestion()).sum();
    return new OverallCoverage(
        state,
        rooms.size(),
        (int) notComplete,
        (int) inQuestion,
        directory.read(),
        directory.newsAsOf());
  }

  /** A room that is not ours any more, and of which nothing was kept (R12). */
  private static boolean isRemoved(RoomOverview room) {
    return room.room().membership() == Membership.GONE
        && room.coverage() instanceof Coverage.Unknown;
  }

  private static State state(List<RoomOverview> rooms) {
    if (rooms.stream().allMatch(room -> room.coverage() instanceof Coverage.Unknown)) {
      return State.UNKNOWN;
    }
    boolean someLack =
        rooms.stream()
            .map(RoomOverview::coverage)
            .anyMatch(
                coverage ->
                    coverage instanceof Coverage.Unknown
                        || coverage instanceof Coverage.Incomplete);
    if (someLack) {
      return State.INCOMPLETE;
    }
    boolean someAreStale =
        rooms.stream().anyMatch(room -> room.coverage() instanceof Coverage.Stale);
    return someAreStale ? State.STALE : State.COMPLETE;
  }
}
