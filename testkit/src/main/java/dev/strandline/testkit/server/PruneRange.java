package dev.strandline.testkit.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * Which messages a prune deletes.
 *
 * @param from the earliest {@code ts}, included
 * @param to the latest {@code ts}, excluded
 * @param pinned whether pinned messages go too; the server's default is no
 * @param threads whether replies and roots of threads go too; the server's default is no
 */
public record PruneRange(Instant from, Instant to, boolean pinned, boolean threads) {
  /**
   * Everything sent before an instant, with the server's defaults: pinned messages and threads
   * stay.
   */
  public static PruneRange before(Instant to) {
    return new PruneRange(Instant.EPOCH, to, false, false);
  }

  /** Everything, pinned messages and threads included. */
  public static PruneRange all() {
    return new PruneRange(Instant.EPOCH, Instant.ofEpochMilli(Long.MAX_VALUE), true, true);
  }

  boolean covers(MessageRow row) {
    if (row.ts() < from.toEpochMilli() || row.ts() >= to.toEpochMilli()) {
      return false;
    }
    if (pinned && threads) {
      return true;
    }
    ObjectNode document = row.document();
    boolean inThread = document.has("tmid") || document.has("tcount");
    return (pinned || !document.path("pinned").asBoolean(false)) && (threads || !inThread);
  }
}
