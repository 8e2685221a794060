package dev.strandline;

import dev.strandline.model.MessageId;
import dev.strandline.model.RoomId;
import dev.strandline.model.Scope;

/**
 * What to compare with the server, how thoroughly, and whether to repair it (R10, R11). Immutable.
 *
 * @param scope the room or thread
 * @param quick whether counting will do where it can; see {@link #quickly()}
 * @param dryRun whether only to look
 */
public record ReconcileRequest(Scope scope, boolean quick, boolean dryRun) {

  /** All that is stored of one room is compared, and repaired. */
  public static ReconcileRequest room(RoomId room) {
    return new ReconcileRequest(Scope.room(room), false, false);
  }

  /** All replies of one thread are compared, and repaired: one request. */
  public static ReconcileRequest thread(MessageId root) {
    return new ReconcileRequest(Scope.thread(root), false, false);
  }

  /**
   * The same, by counting where that can tell as much of removals. A big room costs a few requests
   * then; what counting cannot see is in the report. Makes no difference to a thread.
   */
  public ReconcileRequest quickly() {
    return new ReconcileRequest(scope, true, dryRun);
  }

  /**
   * The same, only looking: no message is written and no position. What every run notes is: what it
   * did, and what the server said of itself, which can put rooms in doubt (R11).
   */
  public ReconcileRequest withoutRepair() {
    return new ReconcileRequest(scope, quick, true);
  }
}
