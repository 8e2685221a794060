package dev.strandline.internal.engine;

import dev.strandline.model.ServerTime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * R10: the server forgets deletions after 30 days. A feed that was not settled for nearly as long
 * may have lost some, and can no longer be trusted.
 */
final class Horizon {

  /** Three days short of the server's 30, for slow passes and clocks. */
  static final Duration TRUSTED = Duration.ofDays(27);

  private Horizon() {}

  /** Whether at {@code now} deletions later than {@code settled} may have been forgotten. */
  static boolean passed(ServerTime settled, @Nullable ServerTime now) {
    return now != null && now.since(settled).compareTo(TRUSTED) > 0;
  }
}
