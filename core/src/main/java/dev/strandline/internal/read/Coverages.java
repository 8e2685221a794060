package dev.strandline.internal.read;

import dev.strandline.model.Coverage;
import dev.strandline.model.Coverage.Cause;
import dev.strandline.model.Coverage.Complete;
import dev.strandline.model.Coverage.Incomplete;
import dev.strandline.model.Coverage.Stale;
import dev.strandline.model.Message;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.ThreadState;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stored rows are worth, from the states stored beside them (R9). */
public final class Coverages {
  private static final Coverage NOTHING = new Incomplete(null, null);

  /** A sender's own stamp is taken where it is at most this far from the server's (facts 9). */
  private static final Duration CLOCKS_DISAGREE = Duration.ofMinutes(1);

  private Coverages() {}

  /** The worth of a room's rows as a whole. */
  public static Coverage ofRoom(@Nullable RoomState state) {
    return state == null ? NOTHING : state.coverage();
  }

  /**
   * The worth of one page of a scope.
   *
   * @param whole the worth of the scope
   * @param page the page, newest first
   * @param more whether older messages are stored
   */
  public static Coverage ofPage(Coverage whole, List<Message> page, boolean more) {
    if (whole instanceof Incomplete incomplete
        && incomplete.from() != null
        && incomplete.asOf() != null
        && more
        && !page.isEmpty()) {
      ServerTime oldest = page.get(page.size() - 1).sentAt();
      // A message is not written before it is sent, by the clocks of the server's processes: what
      // was sent since is within the claim.
      boolean within = !oldest.minus(CLOCKS_DISAGREE).isBefore(incomplete.from());
      return within ? new Complete(incomplete.asOf()) : whole;
    }
    return whole;
  }

  /**
   * The worth of a thread's replies: what its room's feeds show, or its own, whichever is better.
   */
  public static Coverage ofThread(@Nullable ThreadState thread, @Nullable RoomState room) {
    Coverage whole = ofRoom(room);
    if (whole.isComplete() || thread == null) {
      return whole.isComplete() || whole instanceof Stale ? whole : NOTHING;
    }
    if (thread.condition() == ThreadState.Condition.ROOT_GONE) {
      return new Stale(thread.asOf(), Cause.GONE);
    }
    ServerTime asOf = thread.asOf();
    if (asOf == null) {
      return NOTHING;
    }
    RoomState.Claim claim = room == null ? null : room.claim();
    // Read once after its room was anchored, a thread is kept whole by the room's feeds.
    boolean followed =
        room != null
            && claim != null
            && room.stale() == null
            && room.reconciling() == null
            && !asOf.isBefore(room.anchor());
    return new Complete(followed && claim != null ? ServerTime.max(asOf, claim.asOf()) : asOf);
  }
}
