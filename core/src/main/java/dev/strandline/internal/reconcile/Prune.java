package dev.strandline.internal.reconcile;

import dev.strandline.internal.commit.Merge;
import dev.strandline.internal.feed.Session;
import dev.strandline.model.MessageId;
import dev.strandline.model.ServerTime;
import dev.strandline.model.Tombstone;

/**
 * A prune writes all its tombstones before it removes the first message (facts 4): for a while the
 * server shows what its feeds have buried.
 */
final class Prune {
  private Prune() {}

  /**
   * Whether {@code id} is buried here by a deletion that may still be under way. An older one that
   * the server belies has been undone (R11).
   */
  static boolean isRemoving(MessageId id, Session session) {
    Tombstone grave = session.store().read(reader -> reader.tombstone(id)).orElse(null);
    ServerTime now = session.calls().serverNow();
    return grave != null
        && grave.reason() == Tombstone.Reason.DELETED
        && now != null
        && grave.at().isAfter(session.behind(now.minus(Merge.PRUNE_ALLOWANCE)));
  }
}
