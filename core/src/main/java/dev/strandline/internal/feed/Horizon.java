package dev.strandline.internal.feed;

import dev.strandline.model.ServerTime;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.Told;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * R10: the server forgets deletions after 30 days. A feed whose deletions were not told for nearly
 * as long may have lost some, and can no longer be trusted.
 */
public final class Horizon {

  /** Three days short of the server's 30, for slow passes and clocks. */
  static final Duration TRUSTED = Duration.ofDays(27);

  private Horizon() {}

  /**
   * Whether deletions told after {@code then} may have been forgotten {@code now}: by the dates or
   * by the stamps of both, whichever are further apart, since either can be wrong.
   */
  public static boolean passed(Told then, Told now) {
    return now.since(then).compareTo(TRUSTED) > 0;
  }

  /** Whether the room's deletions were last told too long before {@code now}. */
  public static boolean passed(RoomState state, Told now) {
    RoomState.Claim claim = state.claim();
    if (claim != null) {
      return passed(claim.told(), now);
    }
    // Without a date, what the room itself has shown since tells.
    return passed(state.anchor(), now.date() != null ? now.date() : state.seen());
  }

  /** The same of a single moment; false where it is not known what time it is. */
  public static boolean passed(ServerTime then, @Nullable ServerTime now) {
    return now != null && now.since(then).compareTo(TRUSTED) > 0;
  }
}
