package dev.strandline.internal.feed;

import dev.strandline.model.ServerTime;
import dev.strandline.spi.RoomState;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * R10: the server forgets deletions after 30 days. A feed that was not settled for nearly as long
 * may have lost some, and can no longer be trusted.
 */
public final class Horizon {

  /** Three days short of the server's 30, for slow passes and clocks. */
  static final Duration TRUSTED = Duration.ofDays(27);

  private Horizon() {}

  /** How far a position may be ahead of what an unconfirmed date says before it is called wrong. */
  public static final Duration BEYOND_DOUBT = Duration.ofDays(1);

  /** Whether at {@code now} deletions later than {@code settled} may have been forgotten. */
  public static boolean passed(ServerTime settled, @Nullable ServerTime now) {
    return now != null && now.since(settled).compareTo(TRUSTED) > 0;
  }

  /** Whether the room's deletions were last read to their end too long before {@code now}. */
  public static boolean passed(RoomState state, @Nullable ServerTime now) {
    RoomState.Claim claim = state.claim();
    return passed(claim == null ? state.anchor() : claim.asOf(), now);
  }

  /**
   * Whether {@code position} lies in the server's future, so that what it passes over is lost.
   *
   * @param doubt how far apart the two may be by themselves
   */
  public static boolean isAhead(ServerTime position, @Nullable ServerTime now, Duration doubt) {
    return now != null && position.since(now).compareTo(doubt) > 0;
  }

  /**
   * Whether the server's clock has gone back since the room was last read to the end of its feeds:
   * then it stamps again what lies behind the watermarks.
   *
   * @param doubt how far apart two readings of the clock may be by themselves
   */
  public static boolean clockWentBack(RoomState state, @Nullable ServerTime now, Duration doubt) {
    RoomState.Claim claim = state.claim();
    return now != null && claim != null && claim.asOf().since(now).compareTo(doubt) > 0;
  }
}
