package dev.strandline.store.memory;

import dev.strandline.model.RoomId;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;
import dev.strandline.spi.Finding;
import dev.strandline.spi.Reach;
import dev.strandline.spi.RoomState;
import java.util.ArrayList;
import java.util.List;

/** The invariants of {@link dev.strandline.spi.Store#check()} that memory can break. */
final class MemoryCheck {
  private final Tables tables;
  private final List<Finding> findings = new ArrayList<>();

  MemoryCheck(Tables tables) {
    this.tables = tables;
  }

  List<Finding> findings() {
    tables.messages.map().values().forEach(this::checkNotBuried);
    tables.roomStates.map().values().forEach(this::checkClaim);
    tables.notedRooms().forEach(this::checkNotes);
    return findings;
  }

  private void checkNotBuried(Tables.Row row) {
    Tables.Grave grave = tables.graves.map().get(row.message().id());
    // The server's own word on a deletion stays where its message was shown alive after it.
    if (grave != null && grave.tombstone().reason() != Tombstone.Reason.DELETED) {
      findings.add(
          new Finding(
              "live-and-buried",
              row.message().id().value(),
              "is live, though a reading concluded that it was gone; reconcile room "
                  + row.message().room()));
    }
  }

  private void checkClaim(RoomState state) {
    RoomState.Claim claim = state.claim();
    if (claim == null) {
      return;
    }
    Reach claimed = claim.history();
    Reach read = state.history();
    if (!reaches(read, claimed)) {
      findings.add(
          new Finding(
              "claim-beyond-history",
              "room:" + state.room(),
              "claims more of its history than has been read; reconcile it"));
    }
  }

  private static boolean reaches(Reach read, Reach claimed) {
    ServerTime floor = claimed.floor();
    return read.toBeginning()
        || (!claimed.toBeginning()
            && (floor == null || (read.floor() != null && !read.floor().isAfter(floor))));
  }

  private void checkNotes(RoomId room) {
    RoomState state = tables.roomStates.map().get(room);
    if (state == null || state.reconciling() == null) {
      findings.add(
          new Finding(
              "notes-left",
              "room:" + room,
              "has notes of a whole reading that is not under way; reconcile it"));
    }
  }
}
