package dev.strandline.testkit.simulation;

import java.util.HashSet;
import java.util.Set;

/**
 * Deletions that the workspace's settings hide, and what the client knows of the settings. From a
 * change of them until the client is told of it, which can take an hour where it only asks for
 * changes, no client can know what is gone (R11).
 */
final class SilentDeletions {
  private final Set<String> hidden = new HashSet<>();
  private final Set<String> unannounced = new HashSet<>();
  private boolean keepsHistory;
  private boolean showsDeleted;
  private boolean everHid;
  private boolean isTold;
  private boolean isKnown;

  /**
   * The settings change.
   *
   * @return messages of which the client will never be able to know that they are gone
   */
  Set<String> settings(boolean history, boolean placeholders) {
    keepsHistory = history;
    showsDeleted = placeholders;
    everHid |= hides();
    if (hides()) {
      return Set.of();
    }
    Set<String> lost = Set.copyOf(unannounced);
    unannounced.clear();
    return lost;
  }

  boolean keepsHistory() {
    return keepsHistory;
  }

  boolean showsDeleted() {
    return showsDeleted;
  }

  /** Whether deletions leave no trace now. */
  boolean hides() {
    return keepsHistory && !showsDeleted;
  }

  /** Whether deletions ever left no trace. */
  boolean everHid() {
    return everHid;
  }

  /** A message is deleted without a trace. */
  void deleted(String id) {
    hidden.add(id);
    if (!isKnown) {
      unannounced.add(id);
    }
  }

  /** Whether a message was ever deleted without a trace. */
  boolean isHidden(String id) {
    return hidden.contains(id);
  }

  /** Whether a message is gone without a trace, and the client not told yet that this can be. */
  boolean isUnannounced(String id) {
    return unannounced.contains(id);
  }

  /** The client has been told the settings, and has written nothing of that yet. */
  void told(boolean hides) {
    isTold = hides;
    isKnown &= hides;
  }

  /** The client has written what it was told. */
  void committed() {
    if (isTold) {
      isTold = false;
      isKnown = true;
      unannounced.clear();
    }
  }

  /** The client has died, or was done: what it has not written is forgotten. */
  void forget() {
    isTold = false;
  }
}
