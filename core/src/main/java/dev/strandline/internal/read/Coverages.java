package dev.strandline.internal.read;

import dev.strandline.model.Coverage;
import dev.strandline.model.Coverage.Cause;
import dev.strandline.model.Coverage.Complete;
import dev.strandline.model.Coverage.Incomplete;
import dev.strandline.model.Coverage.Stale;
import dev.strandline.model.Coverage.Unknown;
import dev.strandline.model.Message;
import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.ThreadState;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** What stored rows are worth, from the states stored beside them (R9). */
public final class Coverages {

  private Coverages() {}

  /** The worth of a room's rows as a whole. */
  public static Coverage ofRoom(StoreReader reader, RoomId room) {
    return ofRoom(reader.roomState(room).orElse(null), reader.inQuestion(room).size());
  }

  /**
   * The same of a room whose state is at hand.
   *
   * @param state null where the room was never read
   * @param inQuestion how many of its messages are in question
   */
  public static Coverage ofRoom(@Nullable RoomState state, int inQuestion) {
    return state == null ? new Unknown() : state.coverage(inQuestion);
  }

  /**
   * The worth of one page of a scope.
   *
   * @param whole the worth of the scope
   * @param page the page, newest first
   * @param more whether older messages are stored
   * @param agreesOnTime whether nothing that is known of the scope speaks against {@link
   *     StoreReader#SENT_AHEAD}; asked only where it matters
   */
  public static Coverage ofPage(
      Coverage whole, List<Message> page, boolean more, BooleanSupplier agreesOnTime) {
    if (whole instanceof Incomplete incomplete
        && incomplete.from() != null
        && incomplete.asOf() != null
        && more
        && !page.isEmpty()) {
      ServerTime oldest = page.get(page.size() - 1).sentAt();
      // The claim is of what was written since. A message is not written before it is sent, give or
      // take the bound, so what was sent since the oldest of the page is within the claim: unless
      // bridges, federation or imports bring messages with other clocks' times into the room.
      boolean within =
          !oldest.minus(StoreReader.SENT_AHEAD).isBefore(incomplete.from())
              && agreesOnTime.getAsBoolean();
      return within ? new Complete(incomplete.asOf(), incomplete.inQuestion()) : whole;
    }
    return whole;
  }

  /**
   * The worth of a thread's replies: what its room's feeds show, or its own, whichever is better.
   *
   * @param thread null where the thread was never read by itself
   * @param room null where the room was never read
   * @param inQuestion how many of the thread's messages are in question
   */
  public static Coverage ofThread(
      @Nullable ThreadState thread, @Nullable RoomState room, int inQuestion) {
    Coverage whole = ofRoom(room, inQuestion);
    if (whole instanceof Complete) {
      return whole;
    }
    if (thread == null) {
      return whole instanceof Incomplete ? new Incomplete(null, null, inQuestion) : whole;
    }
    if (thread.condition() == ThreadState.Condition.ROOT_GONE) {
      return new Stale(thread.asOf(), Cause.GONE);
    }
    ServerTime asOf = thread.asOf();
    if (asOf == null) {
      return new Incomplete(null, null, inQuestion);
    }
    RoomState.Claim claim = room == null ? null : room.claim();
    // Read once after its room was anchored, a thread is kept whole by the room's feeds.
    boolean followed =
        room != null
            && claim != null
            && room.stale() == null
            && room.reconciling() == null
            && !asOf.isBefore(room.anchor());
    return new Complete(
        followed && claim != null ? ServerTime.max(asOf, claim.asOf()) : asOf, inQuestion);
  }
}
