package dev.strandline.internal.journal;

import dev.strandline.journal.Positions;
import dev.strandline.model.Coverage;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;
import dev.strandline.spi.RoomState;
import dev.strandline.spi.StoreReader;
import dev.strandline.spi.ThreadState;

/** Where a scope stands, in the journal's words. */
public final class Standing {
  private Standing() {}

  public static Positions of(StoreReader reader, Scope scope, RoomId room) {
    if (scope instanceof Scope.OfThread thread) {
      return reader.threadState(thread.root()).map(Standing::of).orElse(Positions.NONE);
    }
    return reader.roomState(room).map(Standing::of).orElse(Positions.NONE);
  }

  private static Positions of(ThreadState state) {
    return new Positions(state.position().settled(), null, null, false, state.asOf(), null);
  }

  private static Positions of(RoomState state) {
    RoomState.Claim claim = state.claim();
    Coverage.Stale stale = state.stale();
    String distrust =
        state.reconciling() != null
            ? Coverage.Cause.RECONCILING.name()
            : stale == null ? null : stale.cause().name();
    return new Positions(
        state.updated().settled(),
        state.deleted().settled(),
        state.history().floor(),
        state.history().toBeginning(),
        claim == null ? null : claim.asOf(),
        distrust);
  }
}
